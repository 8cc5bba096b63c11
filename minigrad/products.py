"""Sums of products: matmul, and what is made of it with windows, convolution and pooling.

A convolution is a product of matrices: the windows of the input (a view, see ``unfold``), one a row, times the
kernels. Pooling is a reduction over windows. So none of them needs a backward rule of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from minigrad.autodiff import recorded
from minigrad.errors import MinigradError
from minigrad.lifting import only_tensor
from minigrad.moving import pad
from minigrad.operators import operation
from minigrad.strides import broadcast_shapes
from minigrad.tensor import Tensor

Sizes = int | Sequence[int]


@operation
def matmul(input: Tensor, other: Tensor) -> Tensor:
    """The product of matrices, the last two dimensions; those before broadcast.

    A tensor of one dimension stands for a row on the left and for a column on the right; that dimension goes away.

    >>> from minigrad import tensor
    >>> matmul(tensor([[1, 2], [3, 4]]), tensor([1, 1]))
    tensor([3, 7])
    """
    a, b = only_tensor("matmul", input), only_tensor("matmul", other)
    if 0 in (a.ndim, b.ndim):
        raise MinigradError(f"matmul needs at least one dimension on each side, and got {a.shape} and {b.shape}")
    if a.dtype != b.dtype or a.dtype.kind == "b":
        raise MinigradError(
            f"matmul of {a.dtype} of shape {a.shape} and {b.dtype} of shape {b.shape}: the dtypes must agree, and "
            "not be bool; convert one"
        )
    if a.backend is not b.backend:
        raise MinigradError(
            f"matmul of shape {a.shape} on the backend {a.backend.name} and shape {b.shape} on {b.backend.name}; move "
            "one with x.to(backend)"
        )
    rows = a.unsqueeze(0) if a.ndim == 1 else a
    columns = b.unsqueeze(1) if b.ndim == 1 else b
    if rows.shape[-1] != columns.shape[-2]:
        raise MinigradError(
            f"matmul of shapes {a.shape} and {b.shape}: {rows.shape[-1]} columns on the left do not fit "
            f"{columns.shape[-2]} rows on the right"
        )
    if rows.shape[:-2] == columns.shape[:-2]:
        out = _product(rows, columns)
    elif columns.ndim == 2:  # one large product instead of many small ones
        out = _product(rows.reshape(math.prod(rows.shape[:-1]), rows.shape[-1]), columns)
        out = out.view(*rows.shape[:-1], columns.shape[-1])
    else:
        try:
            batch = broadcast_shapes(rows.shape[:-2], columns.shape[:-2])
        except MinigradError as error:
            raise MinigradError(f"matmul of shapes {a.shape} and {b.shape}: {error}") from None
        out = _product(rows.expand(*batch, *rows.shape[-2:]), columns.expand(*batch, *columns.shape[-2:]))
    out = out.squeeze(-2) if a.ndim == 1 else out
    return out.squeeze(-1) if b.ndim == 1 else out


def _product(a: Tensor, b: Tensor) -> Tensor:
    """The backend's product of matrices that fit, with its two rules, which are products again."""
    out = a.new_empty(*a.shape[:-1], b.shape[-1])
    a.backend.matmul(out, a, b)
    return recorded(out, "matmul", (a, lambda d, a, b: d @ b.mT), (b, lambda d, a, b: a.mT @ d), saves=(a, b))


# --- Convolution


def conv1d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Sizes = 1, padding: Sizes = 0) -> Tensor:
    """Cross-correlation along one dimension.

    ``input`` is (batch, channels, length), ``weight`` (out channels, channels, width) and ``bias`` (out channels);
    the result is (batch, out channels, places), without the batch if the input has none.

    >>> from minigrad import tensor
    >>> conv1d(tensor([[1.0, 2, 3, 4]]), tensor([[[1.0, -1]]]))
    tensor([[-1., -1., -1.]])
    """
    return _convolved("conv1d", 1, input, weight, bias, stride, padding)


def conv2d(input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Sizes = 1, padding: Sizes = 0) -> Tensor:
    """Cross-correlation along two dimensions.

    ``input`` is (batch, channels, height, width), ``weight`` (out channels, channels, height, width) and ``bias``
    (out channels); the result is (batch, out channels, places, places), without the batch if the input has none.
    """
    return _convolved("conv2d", 2, input, weight, bias, stride, padding)


def _convolved(
    name: str, n: int, input: Tensor, weight: Tensor, bias: Tensor | None, stride: Sizes, padding: Sizes
) -> Tensor:
    if only_tensor(name, input).ndim == n + 1:
        return _convolved(name, n, input.unsqueeze(0), weight, bias, stride, padding).squeeze(0)
    fits = input.ndim == only_tensor(name, weight).ndim == n + 2 and input.shape[1] == weight.shape[1]
    if not fits or (bias is not None and bias.shape != weight.shape[:1]):
        raise MinigradError(
            f"{name} of an input of shape {input.shape}, a weight of shape {weight.shape} and a bias of shape "
            f"{None if bias is None else bias.shape}: they are (batch, channels, ...), (out channels, channels, ...), "
            "(out channels)"
        )
    windows = _windows(name, n, input, weight.shape[2:], stride, padding, 0)
    places = windows.shape[2 : 2 + n]
    # One window a row: (batch, places, channels, window) to (batch * places, channels * window).
    moved = windows.permute(0, *range(2, 2 + n), 1, *range(2 + n, 2 + 2 * n))
    rows = moved.reshape(input.shape[0] * math.prod(places), math.prod(weight.shape[1:]))
    out = rows @ weight.reshape(weight.shape[0], rows.shape[1]).T
    out = out if bias is None else out + bias
    return out.view(input.shape[0], *places, weight.shape[0]).permute(0, n + 1, *range(1, n + 1))


def _windows(
    name: str, n: int, input: Tensor, sizes: Sequence[int], stride: Sizes, padding: Sizes, value: float
) -> Tensor:
    """Windows of the last ``n`` dimensions, padded: first where a window is, then (at the end) what is in it."""
    padded = pad(input, [p for size in reversed(_each(name, n, padding)) for p in (size, size)], value)
    for dim, size, step in zip(range(-n, 0), sizes, _each(name, n, stride), strict=True):
        padded = padded.unfold(dim + input.ndim, size, step)
    return padded


def _each(name: str, n: int, sizes: Sizes) -> tuple[int, ...]:
    each = (sizes,) * n if isinstance(sizes, int) else tuple(sizes)
    if len(each) != n or any(size < 0 for size in each):
        raise MinigradError(f"{name} takes one size, or one for each of {n} dimensions, not {sizes}")
    return each


# --- Pooling


def max_pool1d(input: Tensor, kernel_size: Sizes, stride: Sizes | None = None, padding: Sizes = 0) -> Tensor:
    """The largest element of each window along the last dimension; the first one gets the gradient.

    >>> from minigrad import tensor
    >>> max_pool1d(tensor([[1.0, 3, 2, 0]]), 2)
    tensor([[3., 2.]])
    """
    return _largest(_pooled("max_pool1d", 1, input, kernel_size, stride, padding, -math.inf))


def max_pool2d(input: Tensor, kernel_size: Sizes, stride: Sizes | None = None, padding: Sizes = 0) -> Tensor:
    """The largest element of each window along the last two dimensions; the first one gets the gradient."""
    return _largest(_pooled("max_pool2d", 2, input, kernel_size, stride, padding, -math.inf))


def avg_pool1d(input: Tensor, kernel_size: Sizes, stride: Sizes | None = None, padding: Sizes = 0) -> Tensor:
    """The mean of each window along the last dimension; padding counts as zeros."""
    return _pooled("avg_pool1d", 1, input, kernel_size, stride, padding, 0).mean(-1)


def avg_pool2d(input: Tensor, kernel_size: Sizes, stride: Sizes | None = None, padding: Sizes = 0) -> Tensor:
    """The mean of each window along the last two dimensions; padding counts as zeros."""
    return _pooled("avg_pool2d", 2, input, kernel_size, stride, padding, 0).mean(-1)


def _largest(windows: Tensor) -> Tensor:
    values: Tensor = windows.max(-1).values
    return values


def _pooled(
    name: str, n: int, input: Tensor, kernel_size: Sizes, stride: Sizes | None, padding: Sizes, value: float
) -> Tensor:
    """The windows, each flat, in the last dimension."""
    if only_tensor(name, input).ndim < n or not input.is_floating_point():
        raise MinigradError(
            f"{name} works on floats with at least {n} dimensions, not on {input.dtype} of shape {input.shape}"
        )
    sizes, around = _each(name, n, kernel_size), _each(name, n, padding)
    if any(size > kernel // 2 for size, kernel in zip(around, sizes, strict=True)):
        raise MinigradError(f"{name} with windows of {sizes} takes a padding of half of that at most, not {around}")
    windows = _windows(name, n, input, sizes, kernel_size if stride is None else stride, padding, value)
    return windows.flatten(-n)
