"""Modules compute what their formulas say, own what they are made of, and start as PyTorch's do."""

from __future__ import annotations

import copy
import math

import numpy as np
import pytest

import minigrad
from minigrad import MinigradError, from_numpy, gradcheck, nn, tensor, zeros
from minigrad.nn import functional

# --- Every layer: its gradients are slopes, and it is PyTorch's layer of that name


def floats(*shape, seed=0):
    """Numbers around 0, all different, none so near to another that a small step would change their order."""
    count = math.prod(shape)
    order = np.random.default_rng(seed).permutation(count)
    return ((order - count / 2 + 0.3) * (2.6 / max(count, 4))).reshape(shape)


INDICES = np.array([[0, 2, 1], [4, 2, 2]])

LAYERS = {
    "linear": (lambda nn: nn.Linear(3, 4), floats(5, 3)),
    "linear of a vector": (lambda nn: nn.Linear(3, 4), floats(3)),
    "linear of three dimensions": (lambda nn: nn.Linear(3, 2), floats(2, 4, 3)),
    "linear of nothing": (lambda nn: nn.Linear(3, 2), floats(0, 3)),
    "linear without bias": (lambda nn: nn.Linear(3, 4, bias=False), floats(5, 3)),
    "conv1d": (lambda nn: nn.Conv1d(2, 3, 2, 2, 1), floats(2, 2, 5)),
    "conv1d without batch": (lambda nn: nn.Conv1d(2, 3, 3, bias=False), floats(2, 5)),
    "conv2d": (lambda nn: nn.Conv2d(2, 3, 3, padding=1), floats(2, 2, 4, 3)),
    "conv2d of unlike sides": (lambda nn: nn.Conv2d(2, 2, (1, 2), (2, 1), (0, 1), bias=False), floats(2, 2, 4, 3)),
    "layer norm": (lambda nn: nn.LayerNorm(4), floats(3, 4)),
    "layer norm of two dimensions": (lambda nn: nn.LayerNorm((2, 3), eps=0.1), floats(2, 2, 3)),
    "layer norm without bias": (lambda nn: nn.LayerNorm(4, bias=False), floats(3, 4)),
    "layer norm with nothing to learn": (lambda nn: nn.LayerNorm(4, elementwise_affine=False), floats(3, 4)),
    "embedding": (lambda nn: nn.Embedding(5, 3), INDICES),
    "embedding with padding": (lambda nn: nn.Embedding(5, 3, padding_idx=-3), INDICES),
    "identity": (lambda nn: nn.Identity(7, what=True), floats(2, 3)),
    "relu": (lambda nn: nn.ReLU(), floats(2, 3)),
    "gelu": (lambda nn: nn.GELU(), floats(2, 3)),
    "tanh": (lambda nn: nn.Tanh(), floats(2, 3)),
    "sigmoid": (lambda nn: nn.Sigmoid(), floats(2, 3)),
    "softmax": (lambda nn: nn.Softmax(dim=0), floats(2, 3)),
    "log softmax": (lambda nn: nn.LogSoftmax(dim=1), floats(2, 3)),
    "flatten": (lambda nn: nn.Flatten(), floats(2, 3, 2)),
    "flatten some": (lambda nn: nn.Flatten(0, 1), floats(2, 3, 2)),
    "max pool 1d": (lambda nn: nn.MaxPool1d(2), floats(2, 2, 5)),
    "max pool 2d": (lambda nn: nn.MaxPool2d(2, 1, 1), floats(2, 2, 3, 4)),
    "max pool 2d of unlike sides": (lambda nn: nn.MaxPool2d((1, 2)), floats(2, 2, 3, 4)),
    "avg pool 1d": (lambda nn: nn.AvgPool1d(3, 2, 1), floats(2, 2, 5)),
    "avg pool 2d": (lambda nn: nn.AvgPool2d(2), floats(2, 2, 3, 4)),
    "dropout that drops nothing": (lambda nn: nn.Dropout(0), floats(2, 3)),
    "a chain": (lambda nn: nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)), floats(5, 3)),
}


def each_layer(test):
    return pytest.mark.parametrize("name", LAYERS)(test)


def made(name):
    """A layer in float64, and what to call it with."""
    minigrad.manual_seed(1)
    layer, given = LAYERS[name]
    return layer(nn).double(), given


def replaced(module, path, value):
    """Put another tensor where a parameter was."""
    *owners, name = path.split(".")
    for owner in owners:
        module = getattr(module, owner)
    setattr(module, name, value)


@each_layer
def test_gradients_are_slopes(name):
    layer, given = made(name)
    paths = [path for path, _ in layer.named_parameters()]
    indices = given.dtype.kind == "i"

    def function(*inputs):
        *parameters, x = [*inputs, tensor(given)] if indices else inputs
        for path, parameter in zip(paths, parameters, strict=True):
            replaced(layer, path, parameter)
        out = layer(x)
        return (out * from_numpy(floats(*out.shape, seed=2))).sum()

    inputs = [parameter.detach().clone() for parameter in layer.parameters()]
    if "padding" in name:
        return  # the row of padding has a slope, and is to get no gradient
    assert gradcheck(function, (*inputs, *([] if indices else [from_numpy(given)])))


@pytest.fixture
def torch():
    return pytest.importorskip("torch")


def same(found, expected, rtol=1e-9, atol=1e-12):
    found, expected = found.detach().numpy(), expected.detach().numpy()
    return found.shape == expected.shape and np.allclose(found, expected, rtol, atol, equal_nan=True)


def twin(torch, ours, theirs):
    """PyTorch's module with our parameters. (It takes them only if all names and shapes agree.)"""
    state = {name: torch.tensor(held.numpy()) for name, held in ours.state_dict().items()}
    theirs = theirs.double()
    theirs.load_state_dict(state)
    assert list(state) == list(theirs.state_dict())
    return theirs


@each_layer
def test_a_layer_computes_what_pytorchs_does(name, torch):
    ours, given = made(name)
    theirs = twin(torch, ours, LAYERS[name][0](torch.nn))
    x, y = tensor(given), torch.tensor(given)
    if given.dtype.kind == "f":
        x.requires_grad_()
        y.requires_grad_()
    found, expected = ours(x), theirs(y)
    assert same(found, expected)
    if not found.requires_grad:
        return
    weights = floats(*found.shape, seed=2)
    (found * tensor(weights)).sum().backward()
    (expected * torch.tensor(weights)).sum().backward()
    assert given.dtype.kind == "i" or same(x.grad, y.grad)
    for p, q in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert same(p.grad, q.grad)


SHOWN_ALIKE = ["linear", "linear without bias", "conv1d", "conv2d", "conv2d of unlike sides", "layer norm", "embedding"]
SHOWN_ALIKE += ["layer norm of two dimensions", "embedding with padding", "gelu", "softmax", "flatten", "a chain"]


@pytest.mark.parametrize("name", SHOWN_ALIKE)
def test_a_layer_is_shown_as_pytorchs_is(name, torch):
    assert repr(LAYERS[name][0](nn)) == repr(LAYERS[name][0](torch.nn))


LARGE = {
    "linear": lambda nn: nn.Linear(300, 200),
    "conv1d": lambda nn: nn.Conv1d(4, 900, 5),
    "conv2d": lambda nn: nn.Conv2d(4, 900, 3),
    "layer norm": lambda nn: nn.LayerNorm(50),
    "embedding": lambda nn: nn.Embedding(100, 80, padding_idx=3),
    "attention": lambda nn: nn.MultiheadAttention(64, 4),
}


@pytest.mark.parametrize("name", LARGE)
def test_parameters_start_with_the_distribution_that_pytorchs_have(name, torch):
    minigrad.manual_seed(0)
    torch.manual_seed(0)
    ours, theirs = LARGE[name](nn), LARGE[name](torch.nn)
    for (path, p), (_, q) in zip(ours.named_parameters(), theirs.named_parameters(), strict=True):
        p, q = p.detach().numpy(), q.detach().numpy()
        assert p.dtype == q.dtype, path
        spread = max(q.std(), 1e-6)
        assert abs(p.mean() - q.mean()) < 0.3 * spread, path
        assert 0.8 < (p.std() + 1e-6) / (q.std() + 1e-6) < 1.25, path
        assert 0.7 < (abs(p).max() + 1e-6) / (abs(q).max() + 1e-6) < 1.4, path


def test_parameters_start_where_the_seed_says():
    def start(seed):
        minigrad.manual_seed(seed)
        return nn.Linear(3, 2).weight.tolist()

    assert start(3) == start(3) != start(4)


def test_a_linear_layer_starts_within_its_bound():
    weight = nn.Linear(16, 500).weight.abs()
    assert 0.24 < weight.max().item() <= 0.25
    assert nn.Linear(0, 3).bias.tolist() == [0, 0, 0]


FILLS = {
    "uniform_": (2.0, 4.0),
    "normal_": (3.0, 0.5),
    "constant_": (7.0,),
    "zeros_": (),
    "ones_": (),
    "xavier_uniform_": (2.0,),
    "xavier_normal_": (),
    "kaiming_uniform_": (0.5,),
    "kaiming_normal_": (0, "fan_out", "relu"),
}


@pytest.mark.parametrize("name", FILLS)
def test_what_fills_parameters_has_pytorchs_mean_and_spread(name, torch):
    minigrad.manual_seed(0)
    torch.manual_seed(0)
    parameter = nn.Parameter(zeros(60, 20, 5))
    assert getattr(nn.init, name)(parameter, *FILLS[name]) is parameter
    assert parameter.requires_grad and parameter.is_leaf
    expected = getattr(torch.nn.init, name)(torch.zeros(60, 20, 5), *FILLS[name]).numpy()
    found = parameter.detach().numpy()
    assert abs(found.mean() - expected.mean()) < 0.1 * expected.std() + 1e-9
    assert np.isclose(found.std(), expected.std(), rtol=0.05)
    assert np.isclose(abs(found).max(), abs(expected).max(), rtol=0.2)


def test_gains_are_pytorchs(torch):
    for name in ("linear", "sigmoid", "tanh", "relu", "leaky_relu"):
        assert nn.init.calculate_gain(name) == pytest.approx(torch.nn.init.calculate_gain(name))
    assert nn.init.calculate_gain("leaky_relu", 0.3) == pytest.approx(torch.nn.init.calculate_gain("leaky_relu", 0.3))


# --- Losses

CLASSES = np.array([2, 0, 1, -100])
PROBABILITIES = np.array([[0.1, 0.2, 0.7], [1, 0, 0], [0.5, 0.5, 0], [0.2, 0.2, 0.6]])
TRUTHS = np.array([[0, 1, 1], [1, 0, 0.25], [0, 0, 1], [1, 1, 0]], float)

LOSSES = {
    "mse": (lambda nn, **k: nn.MSELoss(**k), TRUTHS),
    "l1": (lambda nn, **k: nn.L1Loss(**k), TRUTHS),
    "cross entropy": (lambda nn, **k: nn.CrossEntropyLoss(**k), CLASSES),
    "cross entropy of probabilities": (lambda nn, **k: nn.CrossEntropyLoss(label_smoothing=0.1, **k), PROBABILITIES),
    "cross entropy that ignores": (lambda nn, **k: nn.CrossEntropyLoss(ignore_index=0, **k), CLASSES % 3),
    "nll": (lambda nn, **k: nn.NLLLoss(**k), CLASSES),
    "nll that ignores": (lambda nn, **k: nn.NLLLoss(ignore_index=0, **k), CLASSES % 3),
    "bce": (lambda nn, **k: nn.BCEWithLogitsLoss(**k), TRUTHS),
}


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("name", LOSSES)
def test_losses_are_pytorchs_and_have_their_gradients(name, reduction, torch):
    loss, target = LOSSES[name]
    given = floats(4, 3)
    given[0, 0] = 0  # where a rule that was put together of others may have a corner
    x, y = tensor(given, requires_grad=True), torch.tensor(given, requires_grad=True)
    found = loss(nn, reduction=reduction)(x, tensor(target))
    expected = loss(torch.nn, reduction=reduction)(y, torch.tensor(target))
    assert same(found, expected)
    (found * found).sum().backward()
    (expected * expected).sum().backward()
    assert same(x.grad, y.grad)


@pytest.mark.parametrize("name", LOSSES)
def test_gradients_of_losses_are_slopes(name):
    loss, target = LOSSES[name]
    assert gradcheck(lambda x: loss(nn)(x, tensor(target)), from_numpy(floats(4, 3)))


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 3, 4), (2, 3, 2, 2)])
def test_the_likelihood_of_the_log_softmax_is_the_cross_entropy(shape):
    x = from_numpy(floats(*shape))
    dim = 1 if len(shape) > 1 else 0
    target = tensor(np.arange(math.prod(shape) // 3).reshape(shape[:dim] + shape[dim + 1 :]) % 3)
    found = functional.nll_loss(x.log_softmax(dim), target, reduction="none")
    assert same(found, functional.cross_entropy(x, target, reduction="none"))


def test_a_logit_may_be_large_and_a_positive_example_may_weigh_more(torch):
    given, target = np.array([1e4, -1e4, 1e4, -1e4, 30, 0]), np.array([1.0, 0, 0, 1, 1, 0.5])
    weight = np.array([2.0, 1, 3, 5, 1, 1])
    x, y = tensor(given, requires_grad=True), torch.tensor(given, requires_grad=True)
    found = nn.BCEWithLogitsLoss(reduction="none", pos_weight=tensor(weight))(x, tensor(target))
    of_torch = torch.nn.BCEWithLogitsLoss(reduction="none", pos_weight=torch.tensor(weight))
    expected = of_torch(y, torch.tensor(target))
    assert same(found, expected)
    found.sum().backward()
    expected.sum().backward()
    assert same(x.grad, y.grad)


# --- Attention

ATTENTIONS = {
    "plain": {},
    "without bias": {"bias": False},
    "batch first": {"batch_first": True},
    "each head's weights": {"average_attn_weights": False},
    "without weights": {"need_weights": False},
    "bools as mask": {"attn_mask": np.array([[0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]], bool)},
    "floats as mask": {"attn_mask": floats(3, 4)},
    "a mask for each head": {"attn_mask": floats(4, 3, 4) > 0.4},
    "padding": {"key_padding_mask": np.array([[0, 0, 1, 1], [0, 0, 0, 0]], bool)},
    "padding of floats and a mask": {"key_padding_mask": floats(2, 4), "attn_mask": floats(3, 4)},
}
MADE_WITH = ("bias", "batch_first")


@pytest.mark.parametrize("name", ATTENTIONS)
def test_attention_is_pytorchs(name, torch):
    settings = {key: value for key, value in ATTENTIONS[name].items() if key in MADE_WITH}
    call = {key: value for key, value in ATTENTIONS[name].items() if key not in MADE_WITH}
    ours = nn.MultiheadAttention(4, 2, **settings).double()
    theirs = twin(torch, ours, torch.nn.MultiheadAttention(4, 2, **settings))
    shapes = [(2, 3, 4), (2, 4, 4), (2, 4, 4)] if "batch_first" in settings else [(3, 2, 4), (4, 2, 4), (4, 2, 4)]
    given = [floats(*shape, seed=seed) for seed, shape in enumerate(shapes)]
    xs, ys = [tensor(x, requires_grad=True) for x in given], [torch.tensor(x, requires_grad=True) for x in given]

    def called(module, make, inputs):
        return module(*inputs, **{key: make(v) if isinstance(v, np.ndarray) else v for key, v in call.items()})

    (found, weights), (expected, their_weights) = called(ours, tensor, xs), called(theirs, torch.tensor, ys)
    assert same(found, expected)
    assert (weights is their_weights is None) or same(weights, their_weights)
    (found * tensor(floats(*found.shape))).sum().backward()
    (expected * torch.tensor(floats(*found.shape))).sum().backward()
    for x, y in zip([*xs, *ours.parameters()], [*ys, *theirs.parameters()], strict=True):
        assert same(x.grad, y.grad)


def test_attention_without_a_batch_is_that_of_a_batch_of_one():
    for batch_first in (False, True):
        attention = nn.MultiheadAttention(4, 2, batch_first=batch_first).double()
        query, key = from_numpy(floats(3, 4)), from_numpy(floats(5, 4, seed=1))
        padding = tensor([False, True, False, False, True])
        found, weights = attention(query, key, key, padding)
        at = 0 if batch_first else 1
        batch = [each.unsqueeze(at) for each in (query, key, key)]
        expected, all_weights = attention(*batch, padding.unsqueeze(0))
        assert same(found, expected.squeeze(at))
        assert same(weights, all_weights.squeeze(0))
        assert weights[:, 1].tolist() == weights[:, 4].tolist() == [0, 0, 0]


def test_a_causal_query_sees_nothing_that_comes_later():
    attention = nn.MultiheadAttention(4, 2, batch_first=True)
    x = tensor(floats(1, 5, 4), dtype="float32")
    changed = minigrad.cat([x[:, :3], x[:, 3:] * 5], 1)
    first, second = (attention(each, each, each, is_causal=True)[0] for each in (x, changed))
    assert first[:, :3].tolist() == second[:, :3].tolist()
    assert first[:, 3:].tolist() != second[:, 3:].tolist()


@pytest.mark.parametrize(
    "keywords",
    [{}, {"is_causal": True}, {"scale": 0.2}, {"attn_mask": floats(3, 4) > 0}, {"attn_mask": floats(2, 3, 4)}],
    ids=lambda keywords: next(iter(keywords), "plain"),
)
def test_the_function_of_attention_is_pytorchs(keywords, torch):
    given = [floats(2, 3, 5), floats(2, 4, 5, seed=1), floats(2, 4, 3, seed=2)]
    ours = {key: tensor(v) if isinstance(v, np.ndarray) else v for key, v in keywords.items()}
    theirs = {key: torch.tensor(v) if isinstance(v, np.ndarray) else v for key, v in keywords.items()}
    found = functional.scaled_dot_product_attention(*map(tensor, given), **ours)
    expected = torch.nn.functional.scaled_dot_product_attention(*map(torch.tensor, given), **theirs)
    assert same(found, expected)


@pytest.mark.parametrize("mask", [[[True, True], [False, False]], [[0.0, 0.0], [-math.inf, -math.inf]]])
def test_a_query_that_may_look_nowhere_gets_zeros_and_gives_no_nan(mask):
    q, k = (tensor(floats(2, 3, seed=seed), dtype="float32", requires_grad=True) for seed in (0, 1))
    mask = tensor(mask)
    out = functional.scaled_dot_product_attention(q, k, k, mask)
    assert out[1].tolist() == [0, 0, 0]
    out.sum().backward()
    assert q.grad[1].tolist() == [0, 0, 0]
    assert np.isfinite(k.grad.numpy()).all()


def test_attention_drops_weights_in_training_alone():
    minigrad.manual_seed(0)
    attention = nn.MultiheadAttention(4, 1, dropout=0.5, batch_first=True)
    x = minigrad.rand(1, 20, 4)
    _, weights = attention(x, x, x)
    assert 0.3 < (weights == 0).to("float32").mean().item() < 0.7
    _, weights = attention.eval()(x, x, x)
    assert not (weights == 0).any()


def test_gradients_of_attention_are_slopes():
    q, k, v = (from_numpy(floats(2, 3, 2, seed=seed)) for seed in range(3))
    weigh = from_numpy(floats(2, 3, 2, seed=5))
    for keywords in ({}, {"is_causal": True}, {"attn_mask": tensor([[True, True, False]] * 3)}):
        assert gradcheck(
            lambda *qkv, keywords=keywords: (functional.scaled_dot_product_attention(*qkv, **keywords) * weigh).sum(),
            (q, k, v),
        )


# --- What a module owns


class Branches(nn.Module):
    """Two parts, one of them used under two names, and things that are no parameters."""

    def __init__(self):
        self.scale = nn.Parameter(tensor([2.0]))
        self.first = nn.Linear(2, 2)
        self.again = self.first
        self.parts = nn.ModuleList([nn.Linear(2, 3), nn.ReLU()])
        self.register_buffer("count", tensor([0, 1]))
        self.notes = {"first": self.first}
        self.plain = tensor([1.0])

    def forward(self, x):
        x = self.first(self.again(x) * self.scale)
        for part in self.parts:
            x = part(x)
        return x


def test_parameters_come_once_and_in_the_order_in_which_they_were_set():
    net = Branches()
    names = ["scale", "first.weight", "first.bias", "parts.0.weight", "parts.0.bias"]
    assert [name for name, _ in net.named_parameters()] == names
    assert [p is q for p, (_, q) in zip(net.parameters(), net.named_parameters(), strict=True)] == [True] * 5
    assert [name for name, _ in net.named_parameters(recurse=False)] == ["scale"]
    assert [name for name, _ in net.named_modules()] == ["", "first", "parts", "parts.0", "parts.1"]
    assert [name for name, _ in net.named_children()] == ["first", "parts"]
    assert [name for name, _ in net.named_buffers()] == ["count"]
    assert list(net.children()) == [net.first, net.parts]


def test_weights_that_are_tied_come_once_and_get_both_gradients():
    net = nn.Sequential(nn.Embedding(3, 2), nn.Linear(2, 3, bias=False))
    net[1].weight = net[0].weight
    assert [name for name, _ in net.named_parameters()] == ["0.weight"]
    assert list(net.state_dict()) == ["0.weight", "1.weight"]
    net(tensor([2])).sum().backward()
    weight = net[0].weight.detach()
    expected = weight[2].expand(3, 2) + tensor([[0.0], [0], [1]]) * weight.sum(0)
    assert np.allclose(net[0].weight.grad.tolist(), expected.tolist())


def test_the_row_of_padding_is_zeros_and_gets_no_gradient():
    embedding = nn.Embedding(3, 2, padding_idx=-1)
    out = embedding(tensor([2, 0, 2]))
    assert out[::2].tolist() == [[0, 0], [0, 0]]
    out.sum().backward()
    assert embedding.weight.grad.tolist() == [[1, 1], [0, 0], [0, 0]]


def test_names_are_pytorchs(torch):
    ours, theirs = ([name for name, _ in each.named_parameters()] for each in (deep(nn), deep(torch.nn)))
    assert ours == theirs
    assert list(deep(nn).state_dict()) == list(deep(torch.nn).state_dict())
    assert [name for name, _ in deep(nn).named_modules()] == [name for name, _ in deep(torch.nn).named_modules()]


def deep(nn):
    """A chain in a chain, with one part that is there twice."""
    shared = nn.Linear(2, 2)
    return nn.Sequential(nn.Sequential(shared, nn.ReLU()), shared, nn.ModuleList([nn.Embedding(2, 2)]))


def test_a_parameter_that_was_replaced_counts_and_the_old_one_does_not():
    layer = nn.Linear(2, 2)
    layer.bias = None
    layer.weight = nn.Parameter(zeros(2, 2))
    assert [name for name, _ in layer.named_parameters()] == ["weight"]
    assert layer(tensor([1.0, 2])).tolist() == [0, 0]


def test_training_is_a_mode_of_all_parts():
    net = nn.Sequential(nn.Dropout(0.5), nn.Sequential(nn.Dropout(0.5)))
    assert net.training and net[1][0].training
    assert net.eval() is net
    assert not any(module.training for module in net.modules())
    x = minigrad.ones(100)
    assert net(x).tolist() == x.tolist()
    assert net.train()(x).tolist() != x.tolist()


def test_dropout_keeps_about_what_it_should_and_the_mean():
    minigrad.manual_seed(0)
    out = nn.Dropout(0.25)(minigrad.ones(10_000))
    assert set(np.unique(out.numpy())) == {np.float32(0), np.float32(1) / np.float32(0.75)}
    assert out.mean().item() == pytest.approx(1, abs=0.03)


def test_apply_reaches_every_module_the_innermost_first():
    net, seen = Branches(), []
    assert net.apply(seen.append) is net
    assert [type(module).__name__ for module in seen] == ["Linear", "Linear", "ReLU", "ModuleList", "Branches"]


def test_gradients_are_forgotten_or_made_zero():
    net = Branches()
    net(tensor([[1.0, 2]])).sum().backward()
    assert all(p.grad is not None for p in net.parameters())
    net.zero_grad(set_to_none=False)
    assert all(not p.grad.any() for p in net.parameters())
    net.zero_grad()
    assert all(p.grad is None for p in net.parameters())


def test_a_frozen_module_gets_no_gradients():
    net = nn.Sequential(nn.Linear(2, 2).requires_grad_(False), nn.Linear(2, 1))
    net(tensor([[1.0, 2]])).sum().backward()
    assert [p.grad is None for p in net.parameters()] == [True, True, False, False]


def test_a_module_converts_its_floats_and_its_parameters_stay_the_same_objects():
    net = Branches()
    before = list(net.parameters())
    x = tensor([[1.0, 2]])
    out = net(x)
    out.sum().backward()
    assert net.double() is net
    assert [p is q for p, q in zip(before, net.parameters(), strict=True)] == [True] * 5
    assert {p.dtype for p in before} == {p.grad.dtype for p in before} == {minigrad.float64}
    assert net.count.dtype == minigrad.int64
    assert all(p.is_leaf and p.requires_grad for p in before)
    assert np.allclose(net(x.to("float64")).detach().numpy(), out.detach().numpy(), rtol=1e-6)
    net.zero_grad()
    net(x.to("float64")).sum().backward()
    assert net.scale.grad.dtype == minigrad.float64
    assert net.float().scale.dtype == minigrad.float32


def test_a_history_from_before_a_conversion_is_refused():
    layer = nn.Linear(2, 1)
    loss = layer(tensor([[1.0, 2]], requires_grad=True)).sum()
    layer.double()
    assert layer(minigrad.ones(1, 2, dtype="float64")).sum().backward() is None
    with pytest.raises(MinigradError, match="changed in place"):
        loss.backward()


def test_a_copy_of_a_module_has_parameters_of_its_own():
    net = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
    x = tensor([[1.0, 2]])
    copied = copy.deepcopy(net)
    assert copied(x).tolist() == net(x).tolist()
    copied(x).sum().backward()
    assert copied[0].weight.grad is not None and net[0].weight.grad is None
    nn.init.zeros_(copied[2].weight)
    assert net[2].weight.tolist() != copied[2].weight.tolist()


def test_a_parameter_shares_the_memory_of_its_tensor():
    data = zeros(2)
    parameter = nn.Parameter(data)
    data.fill_(3)
    assert parameter.tolist() == [3, 3]
    assert repr(parameter) == "Parameter containing:\ntensor([3., 3.], requires_grad=True)"
    assert not nn.Parameter(data, requires_grad=False).requires_grad


def test_a_tree_of_modules_is_shown():
    assert repr(nn.Sequential(nn.ModuleList([nn.Tanh()]), nn.MSELoss())) == (
        "Sequential(\n  (0): ModuleList(\n    (0): Tanh()\n  )\n  (1): MSELoss()\n)"
    )


def test_containers_are_lists_of_modules():
    parts = [nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1)]
    for container in (nn.Sequential(*parts), nn.ModuleList(parts)):
        assert len(container) == 3 and list(container) == parts
        assert container[-1] is parts[2] and list(container[1:]) == parts[1:]
        assert type(container[1:]) is type(container)
        container[1] = tanh = nn.Tanh()
        assert container[1] is tanh
        container.append(nn.ReLU())
        assert [name for name, _ in container.named_children()] == ["0", "1", "2", "3"]
        with pytest.raises(IndexError, match="no module 4"):
            container[4]
        with pytest.raises(MinigradError, match="cannot hold a function"):
            container.append(minigrad.relu)
    named = nn.Sequential({"into": parts[0], "out": parts[2]})
    assert [name for name, _ in named.named_parameters()] == ["into.weight", "into.bias", "out.weight", "out.bias"]


# --- Mistakes


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (lambda: nn.Linear(3, 2)(zeros(4, 5)), r"\(4, 5\).*\(2, 3\)"),
        (lambda: functional.linear(zeros(3), zeros(2, 3), zeros(3)), r"\(3,\).*\(2, 3\).*bias"),
        (lambda: nn.Linear(3, 2)(zeros(())), r"shape \(\)"),
        (lambda: nn.Conv2d(3, 2, 3)(zeros(1, 2, 8, 8)), r"\(1, 2, 8, 8\).*\(2, 3, 3, 3\)"),
        (lambda: nn.Conv2d(3, 2, (3, 3, 3)), r"Conv2d takes one size, or 2 of them, not \(3, 3, 3\)"),
        (lambda: nn.LayerNorm(3)(zeros(2, 4)), r"\(3,\).*\(2, 4\)"),
        (lambda: nn.Embedding(3, 2)(tensor([3])), "rows 0 to 2"),
        (lambda: nn.Embedding(3, 2, padding_idx=3), "padding_idx=3"),
        (lambda: nn.Dropout(1.5), "from 0 to 1, not 1.5"),
        (lambda: nn.MSELoss()(zeros(3), zeros(3, 1)), r"\(3,\) and \(3, 1\)"),
        (lambda: nn.L1Loss(reduction="avg")(zeros(3), zeros(3)), "'avg'"),
        (lambda: nn.NLLLoss()(zeros(2, 3), tensor([0, 3])), "from 0 to 2"),
        (lambda: nn.NLLLoss()(zeros(2, 3), tensor([0, -1])), "from 0 to 2"),
        (lambda: nn.NLLLoss()(zeros(2, 3), zeros(2)), r"\(2,\), not float32"),
        (lambda: nn.MultiheadAttention(5, 2), "5 features.*2 heads"),
        (lambda: nn.MultiheadAttention(4, 2)(*[zeros(3, 2, 5)] * 3), r"size 4.*\(3, 2, 5\)"),
        (lambda: nn.MultiheadAttention(4, 2)(zeros(3, 2, 4), zeros(3, 1, 4), zeros(3, 1, 4)), "2 queries, 1 keys"),
        (lambda: nn.MultiheadAttention(4, 2)(*[zeros(3, 2, 4)] * 3, attn_mask=zeros(2, 2)), r"\(3, 3\).*\(2, 2\)"),
        (lambda: nn.MultiheadAttention(4, 2)(*[zeros(3, 2, 4)] * 3, zeros(2, 2)), r"\(2, 3\).*\(2, 2\)"),
        (lambda: functional.scaled_dot_product_attention(zeros(2, 3), zeros(2, 4), zeros(2, 4)), r"\(2, 3\).*\(2, 4\)"),
        (lambda: nn.Parameter([1.0]), "made of a tensor, not of list"),
        (lambda: nn.Parameter(tensor([1])), "cannot require gradients"),
        (lambda: nn.Linear(2, 2).to(minigrad.int64), "dtype of floats"),
        (lambda: nn.Module()(1), "Module has no forward"),
        (lambda: nn.init.xavier_uniform_(zeros(3)), r"\(3,\).*two dimensions"),
        (lambda: nn.init.kaiming_uniform_(zeros(3, 3), mode="fan"), "'fan'"),
        (lambda: nn.init.calculate_gain("selu"), "'selu'"),
    ],
)
def test_mistakes_are_told_with_the_shapes(mistake, words):
    with pytest.raises(MinigradError, match=words):
        mistake()
