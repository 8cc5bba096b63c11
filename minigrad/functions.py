"""The operations on tensors.

Most are elementwise and stand in a table, one line each: a name, its formula, and the scalar function of
which ``lifting.py`` makes an operation on tensors. The others only move elements, or are made of those.
What the operators and methods of a tensor do is looked up here, by name.
"""

from __future__ import annotations

import builtins
import math
from typing import Any

import numpy as np

from minigrad import dtypes
from minigrad.backends import select
from minigrad.creation import arange
from minigrad.elements import dtype_of
from minigrad.errors import MinigradError
from minigrad.lifting import RULES, Kind, Rule, apply, mapped, operation, zipped
from minigrad.strides import as_dim
from minigrad.tensor import Operand, Tensor, tensor

# --- Elementwise: the table of rules

_abs = builtins.abs  # inside this module `abs` is the tensor's

neg = mapped("neg", "-a", lambda a: -a, Kind.NUMBER)
abs = mapped("abs", "|a|", lambda a: _abs(a), Kind.NUMBER)
reciprocal = mapped("reciprocal", "1 / a", lambda a: 1 / a, Kind.FLOAT)
exp = mapped("exp", "e ** a", lambda a: math.exp(a), Kind.FLOAT)
log = mapped("log", "log(a), to base e", lambda a: math.log(a), Kind.FLOAT)
sqrt = mapped("sqrt", "sqrt(a)", lambda a: math.sqrt(a), Kind.FLOAT)
sin = mapped("sin", "sin(a)", lambda a: math.sin(a), Kind.FLOAT)
cos = mapped("cos", "cos(a)", lambda a: math.cos(a), Kind.FLOAT)
tanh = mapped("tanh", "tanh(a)", lambda a: math.tanh(a), Kind.FLOAT)
sigmoid = mapped("sigmoid", "1 / (1 + e ** -a)", lambda a: 1 / (1 + math.exp(-a)), Kind.FLOAT)
relu = mapped("relu", "a if a > 0 else 0", lambda a: select(a < 0, 0, a), Kind.NUMBER)

add = zipped("add", "a + b", lambda a, b: a + b)
sub = zipped("sub", "a - b", lambda a, b: a - b, Kind.NUMBER)
mul = zipped("mul", "a * b", lambda a, b: a * b)
div = zipped("div", "a / b", lambda a, b: a / b, Kind.FLOAT)
_pow = zipped("pow", "a ** b", lambda a, b: a**b, Kind.NUMBER)
# Every comparison with nan is false, so `a != a` chooses a where that is nan, and b is left where b is.
maximum = zipped("maximum", "a if a >= b else b, nan if one is", lambda a, b: select((a >= b) | (a != a), a, b))
minimum = zipped("minimum", "a if a <= b else b, nan if one is", lambda a, b: select((a <= b) | (a != a), a, b))

eq = zipped("eq", "a == b", lambda a, b: a == b, Kind.TRUTH)
ne = zipped("ne", "a != b", lambda a, b: a != b, Kind.TRUTH)
lt = zipped("lt", "a < b", lambda a, b: a < b, Kind.TRUTH)
le = zipped("le", "a <= b", lambda a, b: a <= b, Kind.TRUTH)
gt = zipped("gt", "a > b", lambda a, b: a > b, Kind.TRUTH)
ge = zipped("ge", "a >= b", lambda a, b: a >= b, Kind.TRUTH)


@operation
def pow(input: Operand, exponent: Operand) -> Tensor:
    """``a ** b`` for each ``a`` and its ``b``, broadcast; ints to negative int powers are refused.

    >>> pow(arange(4), 2)
    tensor([0, 1, 4, 9])
    """
    if dtype_of(input).kind != "f" and dtype_of(exponent).kind != "f" and np.any(np.asarray(exponent) < 0):
        raise MinigradError("an int to a negative int power is no int; convert one of them to a float first")
    return _pow(input, exponent)


RULES["where"] = Rule("where", "a if condition else b", lambda condition, a, b: select(condition, a, b))


@operation
def where(condition: Tensor, input: Operand, other: Operand) -> Tensor:
    """``input`` where the condition holds, else ``other``; all three broadcast.

    >>> where(arange(4) > 1, arange(4), -1)
    tensor([-1, -1,  2,  3])
    """
    if _tensor("where", condition).dtype != dtypes.bool:
        raise MinigradError(f"the condition of where is a bool tensor, not one of {condition.dtype}; compare it first")
    return apply(RULES["where"], input, other, condition=condition)


# --- What only moves elements


@operation
def roll(input: Tensor, shifts: int | tuple[int, ...], dims: int | tuple[int, ...] | None = None) -> Tensor:
    """The element at ``i`` moves to ``(i + shift) mod size``, along each of ``dims``.

    Without dims, the tensor is rolled as if it were flat.

    >>> roll(arange(5), 2)
    tensor([3, 4, 0, 1, 2])
    """
    _tensor("roll", input)
    if dims is None:
        return roll(input.flatten(), shifts, 0).view(input.shape)
    shifts = shifts if isinstance(shifts, tuple) else (shifts,)
    dims = dims if isinstance(dims, tuple) else (dims,)
    if len(shifts) != len(dims):
        raise MinigradError(f"roll takes one shift a dimension, not shifts of {shifts} and dims of {dims}")
    for shift, dim in zip(shifts, dims, strict=True):
        input = _rolled(input, shift, as_dim(dim, input.ndim))
    return input


def _rolled(input: Tensor, shift: int, dim: int) -> Tensor:
    size = input.shape[dim]
    cut = shift % size if size else 0
    out, before = input.new_empty(input.shape), (slice(None),) * dim
    out[(*before, slice(cut, None))] = input[(*before, slice(None, size - cut))]
    out[(*before, slice(None, cut))] = input[(*before, slice(size - cut, None))]
    return out


@operation
def tril(input: Tensor, diagonal: int = 0) -> Tensor:
    """The lower triangle of the last two dimensions, its ``diagonal`` included; 0 above it.

    >>> tril(arange(1, 5).view(2, 2))
    tensor([[1, 0],
            [3, 4]])
    """
    return where(_columns_minus_rows("tril", input) <= diagonal, input, tensor(0, dtype=input.dtype))


@operation
def triu(input: Tensor, diagonal: int = 0) -> Tensor:
    """The upper triangle of the last two dimensions, its ``diagonal`` included; 0 below it."""
    return where(_columns_minus_rows("triu", input) >= diagonal, input, tensor(0, dtype=input.dtype))


def _columns_minus_rows(name: str, input: Tensor) -> Tensor:
    if _tensor(name, input).ndim < 2:
        raise MinigradError(f"{name} needs at least two dimensions, and got shape {input.shape}")
    rows, columns = input.shape[-2:]
    return arange(columns) - arange(rows).unsqueeze(1)


def _tensor(name: str, given: Any) -> Tensor:
    if not isinstance(given, Tensor):
        raise MinigradError(f"{name} works on a tensor, and got {type(given).__name__}; minigrad.tensor makes one")
    return given
