"""The layers: modules that own a weight, or stand for a function so that it can go into a ``Sequential``.

Weights start as in PyTorch: evenly between ``-1 / sqrt(fan_in)`` and ``1 / sqrt(fan_in)`` where nothing else is
said, with numbers from the generator that ``minigrad.manual_seed`` seeds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from minigrad.autodiff import no_grad
from minigrad.creation import empty, ones, zeros
from minigrad.elementwise import where
from minigrad.errors import MinigradError
from minigrad.nn import functional, init
from minigrad.nn.module import Module, Parameter
from minigrad.tensor import Tensor

Sizes = int | Sequence[int]


# --- Layers that learn


def _weight_and_bias(shape: tuple[int, ...], bias: bool) -> tuple[Parameter, Parameter | None]:
    """A weight of this shape, and if asked for a bias for each of its outputs."""
    fan_in = math.prod(shape[1:])
    bound = 1 / math.sqrt(fan_in) if fan_in else 0
    weight = Parameter(init.uniform_(empty(shape), -bound, bound))
    return weight, Parameter(init.uniform_(empty(shape[0]), -bound, bound)) if bias else None


class Linear(Module):
    """``x @ weight.T + bias``: (..., in_features) to (..., out_features). The weight is (out_features, in_features)."""

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        self.in_features, self.out_features = in_features, out_features
        self.weight, self.bias = _weight_and_bias((out_features, in_features), bias)

    def forward(self, input: Tensor) -> Tensor:
        return functional.linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"


class _Conv(Module):
    """What convolutions along one and two dimensions share. There is no dilation, and there are no groups."""

    dims: int

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Sizes,
        stride: Sizes = 1,
        padding: Sizes = 0,
        *,
        bias: bool = True,
    ) -> None:
        self.in_channels, self.out_channels = in_channels, out_channels
        self.kernel_size, self.stride, self.padding = map(self._each, (kernel_size, stride, padding))
        self.weight, self.bias = _weight_and_bias((out_channels, in_channels, *self.kernel_size), bias)

    def _each(self, sizes: Sizes) -> tuple[int, ...]:
        each = (sizes,) * self.dims if isinstance(sizes, int) else tuple(sizes)
        if len(each) != self.dims:
            raise MinigradError(f"{type(self).__name__} takes one size, or {self.dims} of them, not {sizes}")
        return each

    def extra_repr(self) -> str:
        parts = [self.in_channels, self.out_channels, f"kernel_size={self.kernel_size}", f"stride={self.stride}"]
        parts += [f"padding={self.padding}"] if any(self.padding) else []
        parts += ["bias=False"] if self.bias is None else []
        return ", ".join(map(str, parts))


class Conv1d(_Conv):
    """Cross-correlation: (batch, in_channels, length) to (batch, out_channels, places).

    There are ``(length + 2 · padding - kernel_size) // stride + 1`` places. The batch may be missing.
    """

    dims = 1

    def forward(self, input: Tensor) -> Tensor:
        return functional.conv1d(input, self.weight, self.bias, self.stride, self.padding)


class Conv2d(_Conv):
    """Cross-correlation: (batch, in_channels, height, width) to (batch, out_channels, places, places).

    There are ``(size + 2 · padding - kernel_size) // stride + 1`` places along each dimension. The batch may be
    missing.
    """

    dims = 2

    def forward(self, input: Tensor) -> Tensor:
        return functional.conv2d(input, self.weight, self.bias, self.stride, self.padding)


class LayerNorm(Module):
    """The last dimensions shifted to mean 0, scaled to variance 1, then times ``weight`` plus ``bias``.

    (Ba et al. 2016.) The weight starts as ones and the bias as zeros, each of shape ``normalized_shape``.
    """

    def __init__(
        self, normalized_shape: Sizes, eps: float = 1e-5, elementwise_affine: bool = True, bias: bool = True
    ) -> None:
        self.normalized_shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        self.weight = Parameter(ones(self.normalized_shape)) if elementwise_affine else None
        self.bias = Parameter(zeros(self.normalized_shape)) if elementwise_affine and bias else None

    def forward(self, input: Tensor) -> Tensor:
        return functional.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        affine = self.elementwise_affine
        shown = f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={affine}"
        return f"{shown}, bias={self.bias is not None}" if affine else shown


class Embedding(Module):
    """A row of ``weight`` (num_embeddings, embedding_dim) for each index: (...) to (..., embedding_dim).

    The rows start as numbers from the bell curve. The row ``padding_idx``, if there is one, starts as zeros and
    gets no gradient.
    """

    def __init__(self, num_embeddings: int, embedding_dim: int, padding_idx: int | None = None) -> None:
        if padding_idx is not None and not -num_embeddings <= padding_idx < num_embeddings:
            raise MinigradError(f"padding_idx={padding_idx} is none of the {num_embeddings} rows of this Embedding")
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        self.padding_idx = None if padding_idx is None else padding_idx % num_embeddings
        self.weight = Parameter(init.normal_(empty(num_embeddings, embedding_dim)))
        if padding_idx is not None:
            with no_grad():
                self.weight[padding_idx] = 0

    def forward(self, input: Tensor) -> Tensor:
        out = functional.embedding(input, self.weight)
        if self.padding_idx is None:
            return out
        return where((input == self.padding_idx).unsqueeze(-1), out.detach(), out)

    def extra_repr(self) -> str:
        padding = "" if self.padding_idx is None else f", padding_idx={self.padding_idx}"
        return f"{self.num_embeddings}, {self.embedding_dim}{padding}"


# --- Layers that do not


class Identity(Module):
    """The input itself, whatever arguments it was made with."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        pass

    def forward(self, input: Tensor) -> Tensor:
        return input


class ReLU(Module):
    """``max(x, 0)``; its gradient at 0 is 0."""

    def forward(self, input: Tensor) -> Tensor:
        return functional.relu(input)


class GELU(Module):
    """``x · Φ(x)`` with Φ the distribution of the bell curve (Hendrycks and Gimpel 2016)."""

    def forward(self, input: Tensor) -> Tensor:
        return functional.gelu(input)

    def extra_repr(self) -> str:
        return "approximate='none'"


class Tanh(Module):
    """``tanh(x)``."""

    def forward(self, input: Tensor) -> Tensor:
        return functional.tanh(input)


class Sigmoid(Module):
    """``1 / (1 + e^-x)``."""

    def forward(self, input: Tensor) -> Tensor:
        return functional.sigmoid(input)


class Softmax(Module):
    """``e^x``, divided by its sum along a dimension."""

    def __init__(self, dim: int) -> None:
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        return functional.softmax(input, self.dim)

    def extra_repr(self) -> str:
        return f"dim={self.dim}"


class LogSoftmax(Softmax):
    """The logarithm of the softmax along a dimension."""

    def forward(self, input: Tensor) -> Tensor:
        return functional.log_softmax(input, self.dim)


class Dropout(Module):
    """In training, each element 0 with probability ``p``, else divided by ``1 - p``; otherwise the input itself.

    So the mean stays what it is (Srivastava et al. 2014).
    """

    def __init__(self, p: float = 0.5) -> None:
        if not 0 <= p <= 1:
            raise MinigradError(f"Dropout takes a probability from 0 to 1, not {p}")
        self.p = p

    def forward(self, input: Tensor) -> Tensor:
        return functional.dropout(input, self.p, self.training)

    def extra_repr(self) -> str:
        return f"p={self.p}"


class Flatten(Module):
    """Dimensions ``start_dim`` to ``end_dim`` joined into one: all but the batch, unless told otherwise."""

    def __init__(self, start_dim: int = 1, end_dim: int = -1) -> None:
        self.start_dim, self.end_dim = start_dim, end_dim

    def forward(self, input: Tensor) -> Tensor:
        return input.flatten(self.start_dim, self.end_dim)

    def extra_repr(self) -> str:
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"


class _Pool(Module):
    """What the kinds of pooling share: windows of ``kernel_size``, ``stride`` apart (unless given, side by side)."""

    def __init__(self, kernel_size: Sizes, stride: Sizes | None = None, padding: Sizes = 0) -> None:
        self.kernel_size, self.padding = kernel_size, padding
        self.stride = kernel_size if stride is None else stride

    def extra_repr(self) -> str:
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class MaxPool1d(_Pool):
    """The largest element of each window: (..., length) to (..., places)."""

    def forward(self, input: Tensor) -> Tensor:
        return functional.max_pool1d(input, self.kernel_size, self.stride, self.padding)


class MaxPool2d(_Pool):
    """The largest element of each window: (..., height, width) to (..., places, places)."""

    def forward(self, input: Tensor) -> Tensor:
        return functional.max_pool2d(input, self.kernel_size, self.stride, self.padding)


class AvgPool1d(_Pool):
    """The mean of each window, padding counted as zeros: (..., length) to (..., places)."""

    def forward(self, input: Tensor) -> Tensor:
        return functional.avg_pool1d(input, self.kernel_size, self.stride, self.padding)


class AvgPool2d(_Pool):
    """The mean of each window, padding counted as zeros: (..., height, width) to (..., places, places)."""

    def forward(self, input: Tensor) -> Tensor:
        return functional.avg_pool2d(input, self.kernel_size, self.stride, self.padding)
