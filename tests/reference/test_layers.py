"""Normalisation, embedding, dropout and cross entropy follow their formulas, and refuse what does not fit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_views import drawn_few
from hypothesis import given
from hypothesis import strategies as st

import minigrad
from minigrad import (
    Generator,
    MinigradError,
    cross_entropy,
    dropout,
    embedding,
    from_numpy,
    layer_norm,
    ones,
    tensor,
    zeros,
)


@given(st.lists(st.integers(-9, 9), min_size=12, max_size=12), st.sampled_from([(3,), (2, 3), (2, 2, 3)]))
@drawn_few
def test_layer_norm_has_mean_0_and_variance_1(numbers, over):
    array = np.array(numbers, float).reshape(2, 2, 3)
    axes = tuple(range(-len(over), 0))
    expected = (array - array.mean(axes, keepdims=True)) / np.sqrt(array.var(axes, keepdims=True) + 1e-5)
    weight, bias = np.arange(math.prod(over)).reshape(over) + 1.0, np.full(over, 0.5)
    x = from_numpy(array)
    assert np.allclose(layer_norm(x, over).numpy(), expected)
    found = layer_norm(x, over, from_numpy(weight), from_numpy(bias))
    assert np.allclose(found.numpy(), expected * weight + bias)
    if len(over) == 1:
        assert np.allclose(layer_norm(x, over[0]).numpy(), expected)


def test_embedding_takes_rows():
    weight = tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]], requires_grad=True)
    out = embedding(tensor([[2, 0], [2, 2]]), weight)
    assert out.tolist() == [[[4, 5], [0, 1]], [[4, 5], [4, 5]]]
    out.sum().backward()
    assert weight.grad.tolist() == [[1, 1], [0, 0], [3, 3]]
    assert embedding(tensor(1), weight).tolist() == [2, 3]
    assert embedding(zeros(0, dtype=minigrad.int64), weight).shape == (0, 2)


def test_dropout_drops_a_share_and_scales_the_rest():
    x = ones(10_000)
    out = dropout(x, 0.25, generator=Generator().manual_seed(1))
    kept = (out != 0).to(minigrad.float32).mean().item()
    assert 0.73 < kept < 0.77
    assert set(np.unique(out.numpy())) == {0, np.float32(1 / 0.75)}
    again = dropout(x, 0.25, generator=Generator().manual_seed(1))
    assert again.tolist() == out.tolist()
    assert dropout(x, 0.25, training=False) is x
    assert dropout(x, 0.0) is x
    assert dropout(x, 1.0).sum().item() == 0


def test_the_gradient_of_dropout_is_dropped_alike():
    x = ones(100, requires_grad=True)
    out = dropout(x, 0.5)
    out.sum().backward()
    assert x.grad.tolist() == out.tolist()


LOGITS = np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]])
LOG_P = LOGITS - np.log(np.exp(LOGITS).sum(1, keepdims=True))


@pytest.mark.parametrize(
    ("reduction", "expected"),
    [
        ("none", [-LOG_P[0, 1], -LOG_P[1, 0]]),
        ("sum", -LOG_P[0, 1] - LOG_P[1, 0]),
        ("mean", -(LOG_P[0, 1] + LOG_P[1, 0]) / 2),
    ],
)
def test_cross_entropy_is_the_surprise_at_the_target(reduction, expected):
    x = from_numpy(LOGITS)
    assert np.allclose(cross_entropy(x, tensor([1, 0]), reduction=reduction).numpy(), expected)
    probabilities = tensor([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], dtype=minigrad.float64)
    assert np.allclose(cross_entropy(x, probabilities, reduction=reduction).numpy(), expected)
    images = x.unsqueeze(2).expand(2, 3, 4)
    per_pixel = cross_entropy(images, tensor([[1] * 4, [0] * 4]), reduction="none")
    assert np.allclose(per_pixel.numpy(), [[-LOG_P[0, 1]] * 4, [-LOG_P[1, 0]] * 4])
    assert cross_entropy(x[0], tensor(1)).item() == pytest.approx(-LOG_P[0, 1])


def test_ignored_targets_do_not_count():
    x = from_numpy(LOGITS).clone().requires_grad_()
    loss = cross_entropy(x, tensor([1, -100]))
    assert loss.item() == pytest.approx(-LOG_P[0, 1])
    loss.backward()
    assert x.grad[1].tolist() == [0, 0, 0]
    assert cross_entropy(x, tensor([1, 2]), ignore_index=2).item() == pytest.approx(-LOG_P[0, 1])
    assert math.isnan(cross_entropy(x, tensor([-100, -100])).item())


def test_smoothing_spreads_a_part_of_the_target():
    expected = -(0.7 * LOG_P[0, 1] + 0.3 * LOG_P[0].mean())
    found = cross_entropy(from_numpy(LOGITS[:1]), tensor([1]), label_smoothing=0.3)
    assert found.item() == pytest.approx(expected)


def test_a_class_that_is_ruled_out_costs_nothing_unless_it_is_the_target():
    x = tensor([[0.0, -math.inf]])
    assert cross_entropy(x, tensor([0])).item() == 0
    assert cross_entropy(x, tensor([1])).item() == math.inf


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: layer_norm(zeros(2, 3), 2), "layer_norm over (2,) does not fit the last dimensions of shape (2, 3)"),
        (lambda: layer_norm(zeros(2, 3), ()), "layer_norm over ()"),
        (lambda: layer_norm(zeros(2, 3), 3, zeros(2)), "the weight has shape (2,), not that"),
        (lambda: layer_norm(zeros(2, 3), 3, None, zeros(2)), "the bias has shape (2,)"),
        (lambda: embedding(tensor([3]), zeros(3, 2)), "indices from 3 to 3: the weight has rows 0 to 2"),
        (lambda: embedding(tensor([-1]), zeros(3, 2)), "indices from -1 to -1"),
        (lambda: embedding(zeros(2), zeros(3, 2)), "not float32 and shape (3, 2)"),
        (lambda: embedding(tensor([0]), zeros(3)), "shape (3,)"),
        (lambda: dropout(zeros(2), 1.5), "a probability from 0 to 1, not 1.5"),
        (lambda: cross_entropy(zeros(2, 3), tensor([0, 3])), "a target is 3, and classes are 0 to 2"),
        (lambda: cross_entropy(zeros(2, 3), tensor([0, -1])), "a target is -1"),
        (
            lambda: cross_entropy(zeros(2, 3), tensor([0])),
            "integers of shape (2,), or probabilities, floats of shape (2, 3)",
        ),
        (lambda: cross_entropy(zeros(2, 3), zeros(2)), "not float32 of shape (2,)"),
        (lambda: cross_entropy(zeros(2, 3), tensor([0, 1]), reduction="max"), "mean, sum or none, not 'max'"),
    ],
)
def test_mistakes_are_explained_with_the_shapes(call, said):
    with pytest.raises(MinigradError) as caught:
        call()
    assert said in str(caught.value)
