"""One expression for each operation, on drawn inputs, that minigrad and PyTorch both understand.

An expression gets a library ``t`` and tensors. The inputs are float64 and away from where a derivative jumps:
their elements differ by at least 0.1 from each other and from 0.
"""

from __future__ import annotations

import math

import numpy as np
from hypothesis import strategies as st

import minigrad


class Library:
    """A module, and a second one in which names are looked up that the first does not have."""

    def __init__(self, *modules) -> None:
        self.modules = modules

    def __getattr__(self, name: str):
        for module in self.modules:
            if hasattr(module, name):
                return getattr(module, name)
        raise AttributeError(name)


ours = Library(minigrad)

small_shapes = st.lists(st.integers(0, 3), max_size=3).map(tuple)
filled_shapes = st.lists(st.integers(1, 3), max_size=3).map(tuple)


@st.composite
def inputs(draw, shape, positive=False, expand=True):
    """A float64 array of this shape, with strides of its own: row by row, or permuted, sliced or expanded."""
    order = draw(st.permutations(range(len(shape))))
    steps = [draw(st.sampled_from((1, 1, 2))) for _ in shape]
    expanded = [expand and draw(st.integers(0, 3)) == 3 for _ in shape]
    sizes = [1 if whole else size * step for size, step, whole in zip(shape, steps, expanded, strict=True)]
    count = math.prod(sizes)
    numbers = np.array(draw(st.permutations(range(count)))) if count else np.zeros(0)
    elements = (numbers + 1) * 0.1 if positive else (numbers - count // 2 + 0.5) * 0.3
    moved = elements.reshape([sizes[d] for d in order]).transpose(np.argsort(order))
    cut = moved[tuple(slice(None, None, 1 if whole else step) for step, whole in zip(steps, expanded, strict=True))]
    return np.broadcast_to(cut, shape)


@st.composite
def broadcasting(draw, count):
    """Shapes that broadcast together: a full one, and others with sizes left out or 1."""
    full = draw(small_shapes)
    shapes = []
    for _ in range(count):
        kept = draw(st.integers(0, len(full)))
        sizes = full[len(full) - kept :]
        shapes.append(tuple(1 if draw(st.integers(0, 3)) == 0 else size for size in sizes))
    return [full, *shapes[1:]] if draw(st.booleans()) else shapes


def elementwise(expression, count=1, positive=False):
    @st.composite
    def case(draw):
        shapes = draw(broadcasting(count))
        return expression, [draw(inputs(shape, positive)) for shape in shapes]

    return case()


def along(expression, shapes=small_shapes, dims=1, ties=True):
    """An expression that also gets a dimension (or several, or None) and keepdim."""

    @st.composite
    def case(draw):
        shape = draw(shapes)
        one = st.integers(-len(shape), len(shape) - 1) if shape else st.just(0)
        dim = draw(one)
        if dims > 1:
            several = st.lists(st.sampled_from(range(len(shape))), min_size=1, unique=True) if shape else st.just([])
            dim = draw(st.one_of(st.none(), one, several.map(tuple)))
        keepdim = draw(st.booleans())
        return (lambda t, x: expression(t, x, dim, keepdim)), [draw(inputs(shape, expand=ties))]

    return case()


@st.composite
def moving(draw):
    """Views and copies, one after another."""
    shape = draw(small_shapes)
    steps = []
    size = list(shape)
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(("permute", "index", "expand", "unsqueeze", "flatten", "unfold", "flip", "roll")))
        if kind == "permute":
            order = draw(st.permutations(range(len(size))))
            steps.append(lambda x, order=order: x.permute(*order) if order else x)
            size = [size[d] for d in order]
        elif kind == "index" and size and size[0]:
            key = draw(st.sampled_from((0, -1, slice(None, None, 2), slice(1, None), (..., None), [0, -1, 0])))
            steps.append(lambda x, key=key: x[key])
            size = list(np.empty(size)[key].shape)
        elif kind == "expand":
            steps.append(lambda x: x.expand(2, *x.shape))
            size = [2, *size]
        elif kind == "unsqueeze":
            dim = draw(st.integers(0, len(size)))
            steps.append(lambda x, dim=dim: x.unsqueeze(dim))
            size.insert(dim, 1)
        elif kind == "flatten":
            steps.append(lambda x: x.flatten())
            size = [math.prod(size)]
        elif kind == "unfold" and size and size[-1] >= 2:
            step = draw(st.integers(1, 2))
            steps.append(lambda x, step=step: x.unfold(x.ndim - 1, 2, step))
            size = [*size[:-1], (size[-1] - 2) // step + 1, 2]
        elif kind == "flip" and size:
            steps.append(lambda x: x.flip((0, x.ndim - 1) if x.ndim > 1 else (0,)))
        elif kind == "roll" and size:
            steps.append(lambda x: x.roll(1, 0))

    def expression(t, x):
        for step in steps:
            x = step(x)
        return x * x

    return expression, [draw(inputs(shape))]


@st.composite
def products(draw):
    """matmul of vectors, matrices and batches that broadcast."""
    n, k, m = (draw(st.integers(0, 3)) for _ in range(3))
    batch = draw(
        st.sampled_from([((), ()), ((2,), ()), ((), (2,)), ((2,), (2,)), ((2, 1), (3,)), ((1,), (2,)), ((0,), ())])
    )
    left = draw(st.sampled_from([(k,), (*batch[0], n, k)]))
    right = draw(st.sampled_from([(k,), (*batch[1], k, m)]))
    return (lambda t, a, b: a @ b), [draw(inputs(left)), draw(inputs(right))]


@st.composite
def convolutions(draw, n):
    """conv1d or conv2d, with stride, padding and bias."""
    window = [draw(st.integers(1, 2)) for _ in range(n)]
    padding = draw(st.integers(0, 2))
    sizes = [draw(st.integers(width, 3)) for width in window]
    batch, channels, out = ([1] if draw(st.booleans()) else []), draw(st.integers(1, 2)), draw(st.integers(1, 2))
    stride = draw(st.integers(1, 2))
    arrays = [draw(inputs((*batch, channels, *sizes))), draw(inputs((out, channels, *window)))]
    if draw(st.booleans()):
        arrays.append(draw(inputs((out,))))
    name = f"conv{n}d"
    return (lambda t, *xs: getattr(t, name)(*xs, stride=stride, padding=padding)), arrays


@st.composite
def pools(draw, kind, n):
    """max_pool and avg_pool along one or two dimensions."""
    window = tuple(draw(st.integers(1, 3)) for _ in range(n))
    padding = draw(st.integers(0, min(window) // 2))
    shape = (1, draw(st.integers(1, 2)), *(draw(st.integers(width, 4)) for width in window))
    stride = draw(st.sampled_from((None, 1, 2)))
    name = f"{kind}_pool{n}d"
    call = lambda t, x: getattr(t, name)(x, window, stride, padding)  # noqa: E731
    return call, [draw(inputs(shape, expand=kind != "max"))]


@st.composite
def joins(draw, name):
    shape = draw(filled_shapes.filter(bool))
    dim = draw(st.integers(-len(shape), len(shape) - 1))
    count = draw(st.integers(1, 3))
    return (lambda t, *xs: getattr(t, name)(xs, dim)), [draw(inputs(shape)) for _ in range(count)]


@st.composite
def norms(draw):
    shape = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple))
    over = shape[draw(st.integers(0, len(shape) - 1)) :]
    arrays = [draw(inputs(shape)), draw(inputs(over)), draw(inputs(over))]
    return (lambda t, x, w, b: t.layer_norm(x, over, w, b, 1e-3)), arrays


@st.composite
def lookups(draw):
    rows, size = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    index = draw(st.lists(st.integers(0, rows - 1), min_size=1, max_size=4))
    index = np.array(index, np.int64).reshape(draw(st.sampled_from([(-1,), (-1, 1), (1, -1)])))
    return (lambda t, w: t.embedding(t.from_numpy(index), w)), [draw(inputs((rows, size)))]


@st.composite
def entropies(draw):
    classes = draw(st.integers(1, 3))
    shape = draw(st.sampled_from([(classes,), (2, classes), (2, classes, 2)]))
    of_targets = shape[:-1] if len(shape) < 3 else (2, 2)
    of_targets = () if len(shape) == 1 else of_targets
    count = math.prod(of_targets)
    target = draw(st.lists(st.sampled_from([*range(classes), -100]), min_size=count, max_size=count))
    if all(each == -100 for each in target):
        target[0] = 0
    target = np.array(target, np.int64).reshape(of_targets)
    options = {
        "reduction": draw(st.sampled_from(("mean", "sum", "none"))),
        "label_smoothing": draw(st.sampled_from((0.0, 0.25))),
    }
    return (lambda t, x: t.cross_entropy(x, t.from_numpy(target), **options)), [draw(inputs(shape))]


@st.composite
def choices(draw):
    shape = draw(filled_shapes)
    condition = np.array(draw(st.lists(st.booleans(), min_size=math.prod(shape), max_size=math.prod(shape))))
    condition = condition.reshape(shape).astype(bool)
    return (lambda t, a, b: t.where(t.from_numpy(condition), a, b) * a), [draw(inputs(shape)), draw(inputs(shape[1:]))]


@st.composite
def gathers(draw):
    shape = draw(filled_shapes.filter(bool))
    dim = draw(st.integers(0, len(shape) - 1))
    of_index = (*shape[:dim], draw(st.integers(0, 3)), *shape[dim + 1 :])
    index = np.array(
        draw(st.lists(st.integers(0, shape[dim] - 1), min_size=math.prod(of_index), max_size=math.prod(of_index)))
    )
    index = index.astype(np.int64).reshape(of_index)
    return (lambda t, x: t.gather(x, dim, t.from_numpy(index))), [draw(inputs(shape))]


def dims_or_all(name):
    """A call with a dimension or several, or without any."""

    def expression(t, x, dim, keepdim):
        return getattr(t, name)(x) if dim is None else getattr(t, name)(x, dim, keepdim)

    return expression


EXPRESSIONS = {
    "neg": elementwise(lambda t, a: -a),
    "abs": elementwise(lambda t, a: t.abs(a)),
    "reciprocal": elementwise(lambda t, a: t.reciprocal(a)),
    "exp": elementwise(lambda t, a: t.exp(a)),
    "log": elementwise(lambda t, a: t.log(a), positive=True),
    "sqrt": elementwise(lambda t, a: t.sqrt(a), positive=True),
    "sin": elementwise(lambda t, a: t.sin(a)),
    "cos": elementwise(lambda t, a: t.cos(a)),
    "tanh": elementwise(lambda t, a: t.tanh(a)),
    "sigmoid": elementwise(lambda t, a: t.sigmoid(a)),
    "relu": elementwise(lambda t, a: t.relu(a)),
    "erf": elementwise(lambda t, a: t.erf(a)),
    "erfc": elementwise(lambda t, a: t.erfc(a)),
    "gelu": elementwise(lambda t, a: t.gelu(a)),
    "add": elementwise(lambda t, a, b: a + b, 2),
    "sub": elementwise(lambda t, a, b: a - b, 2),
    "mul": elementwise(lambda t, a, b: a * b, 2),
    "div": elementwise(lambda t, a, b: a / b, 2),
    "pow": elementwise(lambda t, a, b: a**b, 2, positive=True),
    "power of two": elementwise(lambda t, a: a**2),
    "a number": elementwise(lambda t, a: 2 / (1.5 - a) * 3 + a),
    "maximum": elementwise(lambda t, a, b: t.maximum(a, b + 0.1), 2),
    "minimum": elementwise(lambda t, a, b: t.minimum(a, b + 0.1), 2),
    "where": choices(),
    "masked_fill": elementwise(lambda t, a: a.masked_fill(a > 0.5, 2.0) * a),
    "one node used often": elementwise(lambda t, a: (a * a + a) * (a * a)),
    "float32 on the way": elementwise(lambda t, a: (a.to(t.float64) * 2).to(t.float64)),
    "sum": along(dims_or_all("sum"), dims=2),
    "mean": along(dims_or_all("mean"), filled_shapes, dims=2),
    "var": along(lambda t, x, d, k: t.var(x, d, correction=0, keepdim=k), filled_shapes, dims=2),
    "std": along(lambda t, x, d, k: t.std(x * 1.0, d, correction=0, keepdim=k), st.just((2, 3)), ties=False),
    "prod": along(lambda t, x, d, k: t.prod(x, d, k)),
    "amax": along(lambda t, x, d, k: t.amax(x, () if d is None else d, k), filled_shapes, dims=2, ties=False),
    "amin": along(lambda t, x, d, k: t.amin(x, () if d is None else d, k), filled_shapes, dims=2, ties=False),
    "max": along(lambda t, x, d, k: t.max(x, d, k)[0], filled_shapes, ties=False),
    "min": along(lambda t, x, d, k: t.min(x, d, k)[0], filled_shapes, ties=False),
    "max of all": along(lambda t, x, d, k: t.max(x), filled_shapes, ties=False),
    "logsumexp": along(lambda t, x, d, k: t.logsumexp(x, tuple(range(x.ndim)) if d is None else d, k), dims=2),
    "softmax": along(lambda t, x, d, k: t.softmax(x, d)),
    "log_softmax": along(lambda t, x, d, k: t.log_softmax(x, d)),
    "cumsum": along(lambda t, x, d, k: t.cumsum(x, d)),
    "sort": along(lambda t, x, d, k: t.sort(x, d, descending=k)[0] * t.sort(x, d)[0], ties=False),
    "moves": moving(),
    "gather": gathers(),
    "tril": along(lambda t, x, d, k: t.tril(x, 1) * t.triu(x, -1), st.just((3, 2))),
    "pad": along(lambda t, x, d, k: t.pad(x, (1, 2, 0, 1)), st.sampled_from(((2, 3), (1, 0), (2, 1, 2)))),
    "cat": joins("cat"),
    "stack": joins("stack"),
    "matmul": products(),
    "conv1d": convolutions(1),
    "conv2d": convolutions(2),
    "max_pool1d": pools("max", 1),
    "max_pool2d": pools("max", 2),
    "avg_pool1d": pools("avg", 1),
    "avg_pool2d": pools("avg", 2),
    "layer_norm": norms(),
    "embedding": lookups(),
    "cross_entropy": entropies(),
}
