"""Sums of exponentials, safe on inputs whose exponential overflows: logsumexp, softmax and its logarithm.

Each takes the largest element away first; that changes nothing but the size of the numbers on the way.
"""

from __future__ import annotations

import math
from typing import Any

from minigrad import dtypes
from minigrad.autodiff import no_grad, recorded
from minigrad.backends import select
from minigrad.lifting import lift, only_tensor
from minigrad.operators import operation
from minigrad.reductions import Along, Dim, extreme_of, only_floats, sum
from minigrad.tensor import Tensor


@operation
def logsumexp(input: Tensor, dim: Dim, keepdim: bool = False) -> Tensor:
    """``log(sum(exp(input)))`` along dimensions; its gradient is the softmax."""
    input = input if only_tensor("logsumexp", input).is_floating_point() else input.to(dtypes.float32)
    along = Along("logsumexp", input, dim, keepdim)
    with no_grad():
        largest = _largest(input, along)
        shift = lift(_finite_or_0, largest.dtype, [largest])
        out = sum((input - shift).exp(), along.dims, keepdim=True).log() + shift
    out = out.view(along.shape)
    return recorded(
        out,
        "logsumexp",
        (input, lambda d, input, out: along.spread(d) * (input - along.spread(out)).exp()),
        saves=(input, out),
    )


@operation
def softmax(input: Tensor, dim: int) -> Tensor:
    """``exp(input)``, divided by its sum along a dimension."""
    along = Along("softmax", only_floats("softmax", input), dim, keepdim=True)
    with no_grad():
        powers = (input - _largest(input, along)).exp()
        out = powers / sum(powers, dim, keepdim=True)
    return recorded(
        out,
        "softmax",
        (input, lambda d, out: out * (d - (d * out).sum(dim, keepdim=True))),
        saves=(out,),
    )


@operation
def log_softmax(input: Tensor, dim: int) -> Tensor:
    """The logarithm of the softmax, also where that is too small for a float."""
    along = Along("log_softmax", only_floats("log_softmax", input), dim, keepdim=True)
    with no_grad():
        shifted = input - _largest(input, along)
        out = shifted - sum(shifted.exp(), dim, keepdim=True).log()
    return recorded(
        out,
        "log_softmax",
        (input, lambda d, out: d - out.exp() * d.sum(dim, keepdim=True)),
        saves=(out,),
    )


def _largest(input: Tensor, along: Along) -> Tensor:
    """The largest element along the dimensions, which are kept; -inf if there is none."""
    return extreme_of(input, Along("amax", input, along.dims, keepdim=True))


def _finite_or_0(a: Any) -> Any:
    return select(abs(a) == math.inf, 0, a)
