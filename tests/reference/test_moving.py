"""What moves elements does it as NumPy does: joining, padding, turning round, sorting, indexing with arrays."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_views import DTYPES, arrays, drawn, drawn_few, same, views
from hypothesis import given
from hypothesis import strategies as st

import minigrad
from minigrad import MinigradError, arange, cat, from_numpy, pad, stack, tensor, zeros


@given(st.data())
@drawn
def test_tensors_are_joined_along_a_dimension(data):
    dtype = data.draw(st.sampled_from(DTYPES))
    shape = data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))
    dim = data.draw(st.integers(-len(shape), len(shape) - 1))
    parts = []
    for size in data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=3)):
        shape[dim] = size
        parts.append(data.draw(arrays(shape=st.just(tuple(shape)), dtypes=(dtype,))))
    assert same(cat([from_numpy(part) for part in parts], dim), np.concatenate(parts, dim))
    again = [parts[0]] * len(parts)
    assert same(stack([from_numpy(part) for part in again], dim), np.stack(again, dim))


def test_joined_tensors_meet_in_one_dtype():
    assert cat([tensor([1]), tensor([2.5])]).dtype == minigrad.float32
    assert stack([tensor(True), tensor(2)]).tolist() == [1, 2]


@given(st.data())
@drawn_few
def test_padding_surrounds_with_a_value(data):
    array, view = data.draw(views())
    count = data.draw(st.integers(0, array.ndim))
    sizes = [data.draw(st.integers(0, 2)) for _ in range(2 * count)]
    around = [(0, 0)] * (array.ndim - count) + [tuple(sizes[2 * i : 2 * i + 2]) for i in reversed(range(count))]
    assert same(pad(view, sizes, 1), np.pad(array, around, constant_values=1) if array.ndim else array)


@given(st.data())
@drawn_few
def test_flipping_and_sorting_are_numpys(data):
    array, view = data.draw(views())
    dims = data.draw(st.lists(st.sampled_from(range(array.ndim)), unique=True)) if array.ndim else []
    assert same(view.flip(dims), np.flip(array, dims))
    assert same(view.flip(*dims), np.flip(array, dims))
    dim = data.draw(st.integers(-array.ndim, array.ndim - 1)) if array.ndim else -1
    line = np.atleast_1d(array // 3 if array.dtype.kind == "i" else array)
    x = from_numpy(np.ascontiguousarray(line))
    order = np.argsort(line, dim, kind="stable")
    assert same(x.sort(dim).values, np.sort(line, dim))
    assert same(x.sort(dim).indices, order)
    backwards = x.sort(dim, descending=True)
    assert same(backwards.values, np.flip(np.sort(line, dim), dim))
    assert same(minigrad.gather(x, dim, backwards.indices), backwards.values.numpy())
    assert same(x.argsort(dim, descending=True), backwards.indices.numpy())


def test_equal_elements_keep_their_order_in_both_directions():
    x = tensor([2, 1, 2, 1])
    assert x.sort().indices.tolist() == [1, 3, 0, 2]
    assert x.sort(descending=True).indices.tolist() == [0, 2, 1, 3]
    assert tensor(5).sort() == (tensor(5), tensor(0))


# --- Indexing with arrays


@st.composite
def array_keys(draw, shape):
    """A key with an array of integers or bools in it, and what NumPy takes for it."""
    key = []
    indexed = draw(st.sampled_from(range(len(shape))))
    for dim, size in enumerate(shape):
        if dim == indexed and draw(st.booleans()):
            key.append(np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)), bool))
        elif dim == indexed:
            picked = draw(st.lists(st.integers(-size, size - 1), max_size=4)) if size else []
            key.append(np.array(picked, np.int64).reshape(draw(st.sampled_from([(-1,), (-1, 1)]))))
        else:
            parts = [slice(None), slice(0, 2), slice(None, None, 2), *([0, -1] if size else [])]
            key.append(draw(st.sampled_from(parts)))
        if draw(st.integers(0, 5)) == 0:
            key.append(None)
    return tuple(key)


@given(st.data())
@drawn
def test_an_array_takes_what_numpy_takes_and_writes_where_numpy_writes(data):
    array = data.draw(arrays(shape=st.lists(st.integers(0, 4), min_size=1, max_size=3).map(tuple)))
    key = data.draw(array_keys(array.shape))
    ours = tuple(from_numpy(part) if isinstance(part, np.ndarray) else part for part in key)
    x = tensor(array)
    assert same(x[ours], array[key])
    assert same(x[key], array[key])
    if array.size:
        assert not np.shares_memory(x[ours].numpy(), x.numpy())
    array[key] = 1
    x[ours] = 1
    assert same(x, array)


def test_lists_are_arrays_too():
    x = arange(12).view(3, 4)
    assert x[[2, 0]].tolist() == [[8, 9, 10, 11], [0, 1, 2, 3]]
    assert x[[0, 1], [1, 2]].tolist() == [1, 6]
    assert x[:, []].shape == (3, 0)
    assert x[x > 9].tolist() == [10, 11]
    assert x[tensor(1)].tolist() == [4, 5, 6, 7]
    x[[0, 0], [1, 1]] = tensor([5, 5])
    assert x[0, 1].item() == 5


def test_an_element_that_is_taken_twice_gets_both_gradients():
    x = tensor([1.0, 2.0, 3.0], requires_grad=True)
    (x[[0, 0, 2]] * tensor([1.0, 10.0, 100.0])).sum().backward()
    assert x.grad.tolist() == [11, 0, 100]
    x.grad = None
    x[tensor([True, False, True])].sum().backward()
    assert x.grad.tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda x: cat([x, zeros(3)]), "cat along dimension 0 of shapes (2, 3), (3,): all other sizes must agree"),
        (lambda x: cat([x, zeros(2, 2)]), "cat along dimension 0 of shapes (2, 3), (2, 2)"),
        (lambda x: cat([]), "at least one tensor"),
        (lambda x: cat([x, 1]), "cat works on a tensor, and got int"),
        (lambda x: stack([x, zeros(3)]), "one shape, and got (2, 3), (3,)"),
        (lambda x: stack([]), "at least one tensor"),
        (lambda x: pad(x, (1,)), "two sizes, 0 or more, for each of the last dimensions of shape (2, 3), not (1,)"),
        (lambda x: pad(x, (1, -1)), "not (1, -1)"),
        (lambda x: pad(x, (1, 1) * 3), "shape (2, 3)"),
        (lambda x: x[[2]], "cannot index shape (2, 3)"),
        (lambda x: x[tensor([0.5])], "made of integers or bools, not of float32"),
        (lambda x: x[[True]], "cannot index shape (2, 3)"),
        (lambda x: x[["a"]], "made of integers or bools"),
        (lambda x: x.__setitem__([5], 1), "cannot write into shape (2, 3)"),
        (lambda x: x.__setitem__([0, 1], zeros(4)), "cannot write into shape (2, 3)"),
        (lambda x: x.unfold(0, 3, 1), "windows of 3 elements, 1 apart, along dimension 0 of shape (2, 3)"),
        (lambda x: x.unfold(0, 1, 0), "a step is positive"),
        (lambda x: x.gather(0, tensor([0])), "a shape that fits (2, 3) but for dimension 0, not int64 of shape (1,)"),
        (lambda x: x.gather(0, zeros(1, 1)), "not float32"),
        (lambda x: x.gather(0, tensor([[7]])), "cannot index shape (2, 3)"),
        (lambda x: x.flip(2), "no dimension 2"),
        (lambda x: x.sort(2), "no dimension 2"),
    ],
)
def test_mistakes_are_explained_with_the_shapes(call, said):
    with pytest.raises(MinigradError) as caught:
        call(zeros(2, 3))
    assert said in str(caught.value)


def test_windows_are_views():
    x = arange(6)
    windows = x.unfold(0, 3, 2)
    assert windows.tolist() == [[0, 1, 2], [2, 3, 4]]
    assert np.shares_memory(windows.numpy(), x.numpy())
    assert x.view(2, 3).unfold(1, 2, 1).tolist() == [[[0, 1], [1, 2]], [[3, 4], [4, 5]]]
