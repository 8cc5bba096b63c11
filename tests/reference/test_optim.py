"""Optimisers follow their formulas, and PyTorch's step for step."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_views import drawn
from hypothesis import given
from hypothesis import strategies as st

import minigrad
from minigrad import MinigradError, nn, optim, tensor, zeros

clip_grad_norm_, clip_grad_value_ = nn.utils.clip_grad_norm_, nn.utils.clip_grad_value_

OPTIMISERS = {
    "sgd": lambda optim, params: optim.SGD(params, 0.1),
    "sgd as it is": lambda optim, params: optim.SGD(params),
    "sgd with decay": lambda optim, params: optim.SGD(params, 0.1, weight_decay=0.3),
    "momentum": lambda optim, params: optim.SGD(params, 0.1, 0.9),
    "momentum, dampened, with decay": lambda optim, params: optim.SGD(params, 0.1, 0.9, 0.3, 0.1),
    "nesterov": lambda optim, params: optim.SGD(params, 0.1, 0.8, weight_decay=0.1, nesterov=True),
    "uphill": lambda optim, params: optim.SGD(params, 0.1, 0.8, maximize=True),
    "adam": lambda optim, params: optim.Adam(params, 0.1),
    "adam as it is": lambda optim, params: optim.Adam(params),
    "adam with all settings": lambda optim, params: optim.Adam(params, 0.1, (0.8, 0.95), 0.01, 0.2),
    "adam uphill": lambda optim, params: optim.Adam(params, 0.1, maximize=True),
    "adamw": lambda optim, params: optim.AdamW(params, 0.1),
    "adamw with all settings": lambda optim, params: optim.AdamW(params, 0.1, (0.8, 0.95), 0.01, 0.2, maximize=True),
    "groups": lambda optim, params: optim.SGD(
        [{"params": params[:1], "lr": 0.5}, {"params": params[1], "momentum": 0.9}], lr=0.1
    ),
}

STARTS = [np.array([[1.0, -2.0, 3.0], [0.5, 0.0, -1.0]]), np.array(0.7)]


def gradients(step):
    """A gradient for each of the starts, another one at each step."""
    rng = np.random.default_rng(step)
    return [np.asarray(rng.normal(size=start.shape)) for start in STARTS]


def trained(make, steps=5, dtype="float64", before=lambda step, optimiser: None):
    """Where the parameters are after some steps of a minigrad optimiser, and the optimiser."""
    params = [tensor(start, dtype=dtype, requires_grad=True) for start in STARTS]
    optimiser = make(optim, params)
    for step in range(steps):
        before(step, optimiser)
        for p, g in zip(params, gradients(step), strict=True):
            p.grad = tensor(g, dtype=dtype)
        optimiser.step()
    return params, optimiser


def agree(found, expected, rtol=1e-12):
    return all(
        np.allclose(p.detach().numpy(), q.detach().numpy(), rtol=rtol) for p, q in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", OPTIMISERS)
def test_parameters_go_where_pytorchs_go(name, dtype):
    torch = pytest.importorskip("torch")
    found, ours = trained(OPTIMISERS[name], 7, dtype)
    expected = [torch.tensor(start, dtype=getattr(torch, dtype), requires_grad=True) for start in STARTS]
    theirs = OPTIMISERS[name](torch.optim, expected)
    for step in range(7):
        for q, g in zip(expected, gradients(step), strict=True):
            q.grad = torch.tensor(g, dtype=getattr(torch, dtype))
        theirs.step()
    assert agree(found, expected, 1e-12 if dtype == "float64" else 1e-5)
    assert [str(p.dtype) for p in found] == [dtype] * 2
    for group, their_group in zip(ours.param_groups, theirs.param_groups, strict=True):
        for setting in group.keys() - {"params"}:
            assert group[setting] == their_group[setting], setting


def sgd_by_hand(p, steps, lr, momentum, dampening, decay, nesterov):
    buffer = None
    for step in range(steps):
        g = gradients(step)[0] + decay * p
        buffer = g if buffer is None else momentum * buffer + (1 - dampening) * g
        p = p - lr * (g + momentum * buffer if nesterov else buffer)
    return p


def adam_by_hand(p, steps, lr, beta1, beta2, eps, decay, decoupled):
    m = v = 0
    for t in range(1, steps + 1):
        g = gradients(t - 1)[0]
        if decoupled:
            p = p * (1 - lr * decay)
        else:
            g = g + decay * p
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        p = p - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return p


BY_HAND = {
    "momentum, dampened, with decay": (sgd_by_hand, 0.1, 0.9, 0.3, 0.1, False),
    "nesterov": (sgd_by_hand, 0.1, 0.8, 0, 0.1, True),
    "adam with all settings": (adam_by_hand, 0.1, 0.8, 0.95, 0.01, 0.2, False),
    "adamw": (adam_by_hand, 0.1, 0.9, 0.999, 1e-8, 0.01, True),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_parameters_go_where_the_formula_says(name):
    by_hand, *settings = BY_HAND[name]
    assert np.allclose(trained(OPTIMISERS[name], 6)[0][0].tolist(), by_hand(STARTS[0], 6, *settings), rtol=1e-12)


@pytest.mark.parametrize("name", ["momentum", "adam", "adamw", "groups"])
def test_every_optimiser_finds_the_bottom_of_a_valley(name):
    centre = tensor([3.0, -1.0])
    x, y = zeros(2, requires_grad=True), zeros(2, requires_grad=True)
    optimiser = OPTIMISERS[name](optim, [x, y])
    for _ in range(300):
        optimiser.zero_grad()
        (((x - centre) ** 2).sum() + ((y + centre) ** 2).sum() * 0.3).backward()
        optimiser.step()
    assert np.allclose([x.tolist(), y.tolist()], [[3, -1], [-3, 1]], atol=0.05)


def test_a_parameter_without_a_gradient_stays_and_is_not_remembered():
    x, y = tensor([1.0], requires_grad=True), tensor([2.0], requires_grad=True)
    optimiser = optim.AdamW([x, y])
    (x * 2).sum().backward()
    optimiser.step()
    assert y.tolist() == [2] and list(optimiser.state) == [x]


def test_a_parameter_changes_in_place_and_stays_a_leaf():
    x = tensor([1.0, 2.0], requires_grad=True)
    view, loss = x.detach(), (x * x).sum()
    loss.backward(retain_graph=True)
    optim.SGD([x], lr=0.5).step()
    assert view.tolist() == [0, 0] and x.is_leaf and x.requires_grad
    with pytest.raises(MinigradError, match="changed in place"):
        loss.backward()


@pytest.mark.parametrize("make", [lambda x: x.T, lambda x: x[:, ::2], lambda x: x[1]])
def test_a_parameter_may_be_a_view(make):
    rows = tensor(np.arange(12.0).reshape(3, 4))
    x, y = nn.Parameter(make(rows)), nn.Parameter(make(rows).clone())
    for p in (x, y):
        optimiser = optim.Adam([p], 0.1)
        for _ in range(2):
            optimiser.zero_grad()
            (p * p).sum().backward()
            optimiser.step()
    assert x.tolist() == y.tolist() == make(rows).tolist()


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_every_backend_goes_to_the_same_place(backend):
    pytest.importorskip("numba")
    x = tensor(STARTS[0], requires_grad=True)
    y = STARTS[0] if backend == "numpy" else tensor(STARTS[0]).to(backend).detach()
    y = (tensor(y) if backend == "numpy" else y).requires_grad_()
    for p in (x, y):
        optimiser = optim.AdamW([p], 0.1)
        for step in range(3):
            p.grad = tensor(gradients(step)[0]).to(p.backend)
            optimiser.step()
    assert y.backend.name == backend
    assert np.allclose(x.tolist(), y.tolist(), rtol=1e-12)


def test_a_setting_may_change_between_steps():
    def halve(step, optimiser):
        for group in optimiser.param_groups:
            group["lr"] = 0.1 / 2**step

    found, _ = trained(OPTIMISERS["sgd"], 4, before=halve)
    expected = STARTS[0] - sum(0.1 / 2**step * gradients(step)[0] for step in range(4))
    assert np.allclose(found[0].tolist(), expected, rtol=1e-12)


def test_a_group_may_be_added_later_and_gets_the_defaults():
    x, y = tensor([1.0], requires_grad=True), tensor([1.0], requires_grad=True)
    optimiser = optim.SGD([x], lr=0.5)
    optimiser.add_param_group({"params": [y], "momentum": 0.9})
    x.grad, y.grad = tensor([1.0]), tensor([1.0])
    optimiser.step()
    assert x.tolist() == y.tolist() == [0.5]
    assert [group["momentum"] for group in optimiser.param_groups] == [0, 0.9]


def test_a_closure_is_called_with_gradients_on_and_its_loss_returned():
    x = tensor([2.0], requires_grad=True)
    optimiser = optim.SGD([x], lr=0.25)

    def closure():
        optimiser.zero_grad()
        loss = (x * x).sum()
        loss.backward()
        return loss

    with minigrad.no_grad():
        assert optimiser.step(closure).item() == 4
    assert x.tolist() == [1]


def test_gradients_are_forgotten_or_made_zero():
    x = tensor([2.0], requires_grad=True)
    optimiser = optim.SGD([x])
    for set_to_none in (False, True):
        (x * x).sum().backward()
        optimiser.zero_grad(set_to_none)
        assert x.grad is None if set_to_none else x.grad.tolist() == [0]


# --- Going on later


@pytest.mark.parametrize("name", OPTIMISERS)
def test_training_that_is_interrupted_goes_on_as_if_it_had_not_been(name):
    whole, _ = trained(OPTIMISERS[name], 6)
    half, optimiser = trained(OPTIMISERS[name], 3)
    state = optimiser.state_dict()
    params = [p.detach().clone().requires_grad_() for p in half]
    fresh = OPTIMISERS[name](optim, params)
    fresh.load_state_dict(state)
    for step in range(3, 6):
        for p, g in zip(params, gradients(step), strict=True):
            p.grad = tensor(g)
        fresh.step()
    assert agree(params, whole, 0)


def test_a_loaded_state_brings_its_settings_and_is_a_copy():
    _, optimiser = trained(lambda optim, params: optim.SGD(params, 0.3, 0.9))
    state = optimiser.state_dict()
    assert state["param_groups"] == [
        {"lr": 0.3, "momentum": 0.9, "dampening": 0, "weight_decay": 0, "nesterov": False, "maximize": False}
        | {"params": [0, 1]}
    ]
    before = state["state"][0]["momentum_buffer"].tolist()
    for dtype in ("float32", "float64"):
        params = [zeros(2, 3, dtype=dtype, requires_grad=True), zeros((), dtype=dtype, requires_grad=True)]
        other = optim.SGD(params, 0.1)
        other.load_state_dict(state)
        assert other.param_groups[0]["lr"] == 0.3 and other.param_groups[0]["params"] == params
        assert other.state[params[0]]["momentum_buffer"].dtype == dtype
        other.state[params[0]]["momentum_buffer"].zero_()
        assert state["state"][0]["momentum_buffer"].tolist() == before


def test_what_is_remembered_follows_a_module_to_another_dtype():
    layer = nn.Linear(2, 1)
    optimiser = optim.Adam(layer.parameters())
    for dtype in ("float32", "float64"):
        layer.to(dtype)
        layer(minigrad.ones(1, 2, dtype=dtype)).sum().backward()
        optimiser.step()
    assert {str(p.dtype) for p in layer.parameters()} == {"float64"}
    assert {str(state["exp_avg"].dtype) for state in optimiser.state.values()} == {"float64"}


# --- Clipping


@given(
    st.lists(st.lists(st.floats(-10, 10, width=32), max_size=4), min_size=1, max_size=3),
    st.sampled_from([0.1, 1, 100]),
    st.sampled_from([1, 2, 3.5, math.inf]),
)
@drawn
def test_clipped_gradients_are_no_longer_than_allowed_and_point_the_same_way(gradients, max_norm, norm_type):
    params = []
    for gradient in gradients:
        params.append(zeros(len(gradient), requires_grad=True, dtype="float64"))
        params[-1].grad = tensor(gradient, dtype="float64")
    before = np.concatenate([np.array(p.grad.tolist()) for p in params])
    length = np.linalg.norm(before, norm_type) if before.size else 0
    found = clip_grad_norm_(params, max_norm, norm_type)
    after = np.concatenate([np.array(p.grad.tolist()) for p in params])
    assert np.isclose(found.item(), length)
    assert np.allclose(after, before * min(1, max_norm / (length + 1e-6)))


@pytest.mark.parametrize("norm_type", [1, 2, 2.5, math.inf])
@pytest.mark.parametrize("max_norm", [0.5, 50.0])
def test_clipping_is_pytorchs(norm_type, max_norm):
    torch = pytest.importorskip("torch")
    ours, theirs = tensor([0.0] * 3, requires_grad=True), torch.zeros(3, requires_grad=True)
    ours.grad, theirs.grad = tensor([1.0, -2.0, 3.0]), torch.tensor([1.0, -2.0, 3.0])
    found = clip_grad_norm_([ours], max_norm, norm_type)
    expected = torch.nn.utils.clip_grad_norm_([theirs], max_norm, norm_type)
    assert found.item() == pytest.approx(expected.item())
    assert np.allclose(ours.grad.tolist(), theirs.grad.tolist(), rtol=1e-6)
    clip_grad_value_(ours, 0.2)
    torch.nn.utils.clip_grad_value_(theirs, 0.2)
    assert np.allclose(ours.grad.tolist(), theirs.grad.tolist(), rtol=1e-6)


def test_clipping_leaves_alone_what_has_no_gradient_and_tells_of_what_is_not_finite():
    x, y = zeros(2, requires_grad=True), zeros(2, requires_grad=True)
    assert clip_grad_norm_([x, y], 1).item() == 0
    y.grad = tensor([math.inf, 1.0])
    with pytest.raises(MinigradError, match="is inf"):
        clip_grad_norm_([x, y], 1, error_if_nonfinite=True)
    y.grad = tensor([math.nan, 1.0])
    assert math.isnan(clip_grad_norm_(iter([x, y]), 1).item())
    assert np.isnan(y.grad.tolist()).all()


# --- Mistakes

LEAF = tensor([1.0], requires_grad=True)


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (lambda: optim.SGD([]), "SGD got no parameters"),
        (lambda: optim.SGD([1.0]), "got float"),
        (lambda: optim.SGD([LEAF * 2]), r"leaves.*\(1,\)"),
        (lambda: optim.SGD([tensor([1])]), "int64"),
        (lambda: optim.SGD([zeros(1).expand(3)]), "expanded"),
        (lambda: optim.SGD([LEAF, LEAF]), "given twice"),
        (lambda: optim.SGD([{"params": [LEAF]}, {"params": LEAF}]), "given twice"),
        (lambda: optim.SGD([LEAF], lr=-1), "lr, not -1"),
        (lambda: optim.SGD([LEAF], momentum=-1), "momentum, not -1"),
        (lambda: optim.SGD([LEAF], nesterov=True), "momentum=0"),
        (lambda: optim.SGD([LEAF], momentum=0.9, dampening=0.1, nesterov=True), "dampening=0.1"),
        (lambda: optim.Adam([LEAF], betas=(0.9, 1)), r"betas, not \(0.9, 1\)"),
        (lambda: optim.Adam([LEAF], eps=-1), "eps, not -1"),
        (lambda: optim.AdamW([LEAF], weight_decay=-1), "weight_decay, not -1"),
        (lambda: optim.SGD([LEAF]).load_state_dict(optim.SGD([LEAF, zeros(1)]).state_dict()), r"\[2\].*\[1\]"),
        (lambda: optim.SGD([LEAF]).load_state_dict(trained(OPTIMISERS["adam"])[1].state_dict()), r"\[2\].*\[1\]"),
        (lambda: _trained_on(zeros(3)).load_state_dict(_trained_on(zeros(2)).state_dict()), r"\(2,\).*\(3,\)"),
        (lambda: _trained_on(zeros(3), optim.Optimizer([LEAF], {})), "Optimizer has no update"),
    ],
)
def test_mistakes_are_told(mistake, words):
    with pytest.raises(MinigradError, match=words):
        mistake()


def _trained_on(x, optimiser=None):
    optimiser = optimiser or optim.Adam([x.requires_grad_()])
    for p in optimiser.param_groups[0]["params"]:
        p.grad = minigrad.ones_like(p)
    optimiser.step()
    return optimiser


def test_an_optimiser_is_shown_with_its_settings():
    assert repr(optim.SGD([LEAF], lr=0.5)) == (
        "SGD (\nParameter Group 0\n    dampening: 0\n    lr: 0.5\n    maximize: False\n    momentum: 0\n"
        "    nesterov: False\n    weight_decay: 0\n)"
    )
