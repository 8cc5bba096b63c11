"""The elementwise operations: a table of rules, one a line.

A rule is a name, a formula, the scalar function of the operation, and the scalar function of each operand's
gradient, which gets by name what it asks for: ``d``, the gradient of the result; ``a`` and ``b``, the operands;
``out``, the result. ``lifting.py`` makes an operation on tensors of it. Where PyTorch has a rule for a tie or an
edge, it is PyTorch's: ``abs`` and ``relu`` have gradient 0 at 0, ``maximum`` halves it at a tie.
"""

from __future__ import annotations

import builtins
import math

import numpy as np

from minigrad import dtypes
from minigrad.backends import select
from minigrad.elements import dtype_of
from minigrad.errors import MinigradError
from minigrad.lifting import apply, mapped, only_tensor, zipped
from minigrad.operators import operation
from minigrad.rules import RULES, Kind, Rule
from minigrad.tensor import Operand, Tensor

_abs = builtins.abs  # inside this module `abs` is the tensor's
_SLOPE = 2 / math.sqrt(math.pi)  # of erf at 0
_ROOT_HALF = math.sqrt(1 / 2)
_PEAK = 1 / math.sqrt(2 * math.pi)  # of the bell curve

# fmt: off
neg = mapped("neg", "-a", lambda a: -a, lambda d: -d, Kind.NUMBER)
abs = mapped("abs", "|a|", lambda a: _abs(a), lambda d, a: select(a > 0, d, select(a < 0, -d, 0)), Kind.NUMBER)
reciprocal = mapped("reciprocal", "1 / a", lambda a: 1 / a, lambda d, out: -d * out * out, Kind.FLOAT)
exp = mapped("exp", "e ** a", lambda a: math.exp(a), lambda d, out: d * out, Kind.FLOAT)
log = mapped("log", "log(a), to base e", lambda a: math.log(a), lambda d, a: d / a, Kind.FLOAT)
sqrt = mapped("sqrt", "sqrt(a)", lambda a: math.sqrt(a), lambda d, out: d / (2 * out), Kind.FLOAT)
sin = mapped("sin", "sin(a)", lambda a: math.sin(a), lambda d, a: d * math.cos(a), Kind.FLOAT)
cos = mapped("cos", "cos(a)", lambda a: math.cos(a), lambda d, a: -d * math.sin(a), Kind.FLOAT)
tanh = mapped("tanh", "tanh(a)", lambda a: math.tanh(a), lambda d, out: d * (1 - out * out), Kind.FLOAT)
sigmoid = mapped("sigmoid", "1 / (1 + e ** -a)",
                 lambda a: 1 / (1 + math.exp(-a)), lambda d, out: d * out * (1 - out), Kind.FLOAT)
relu = mapped("relu", "a if a > 0 else 0",
              lambda a: select(a < 0, 0, a), lambda d, out: select(out <= 0, 0, d), Kind.NUMBER)
erf = mapped("erf", "2 / sqrt(pi) * the integral of e ** -t**2 from 0 to a",
             lambda a: math.erf(a), lambda d, a: d * _SLOPE * math.exp(-a * a), Kind.FLOAT)
erfc = mapped("erfc", "1 - erf(a)", lambda a: math.erfc(a), lambda d, a: -d * _SLOPE * math.exp(-a * a), Kind.FLOAT)
gelu = mapped("gelu", "a * (1 + erf(a / sqrt(2))) / 2",
              lambda a: a * 0.5 * math.erfc(-_ROOT_HALF * a),
              lambda d, a: d * (0.5 * math.erfc(-_ROOT_HALF * a) + a * _PEAK * math.exp(-0.5 * a * a)), Kind.FLOAT)

add = zipped("add", "a + b", lambda a, b: a + b, (lambda d: d, lambda d: d))
sub = zipped("sub", "a - b", lambda a, b: a - b, (lambda d: d, lambda d: -d), Kind.NUMBER)
mul = zipped("mul", "a * b", lambda a, b: a * b, (lambda d, b: d * b, lambda d, a: d * a))
div = zipped("div", "a / b", lambda a, b: a / b, (lambda d, b: d / b, lambda d, b, out: -d * (out / b)), Kind.FLOAT)
_pow = zipped("pow", "a ** b", lambda a, b: a**b,
              (lambda d, a, b: select(b == 0, 0, d * b * a ** (b - 1)),
               lambda d, a, b, out: select((a == 0) & (b >= 0), 0, d * out * math.log(a))), Kind.NUMBER)
# Every comparison with nan is false, so `a != a` chooses a where that is nan, and b is left where b is.
maximum = zipped("maximum", "a if a >= b else b, nan if one is", lambda a, b: select((a >= b) | (a != a), a, b),
                 (lambda d, a, b: select(a < b, 0, select(a == b, d / 2, d)),
                  lambda d, a, b: select(a > b, 0, select(a == b, d / 2, d))))
minimum = zipped("minimum", "a if a <= b else b, nan if one is", lambda a, b: select((a <= b) | (a != a), a, b),
                 (lambda d, a, b: select(a > b, 0, select(a == b, d / 2, d)),
                  lambda d, a, b: select(a < b, 0, select(a == b, d / 2, d))))

eq = zipped("eq", "a == b", lambda a, b: a == b, kind=Kind.TRUTH)
ne = zipped("ne", "a != b", lambda a, b: a != b, kind=Kind.TRUTH)
lt = zipped("lt", "a < b", lambda a, b: a < b, kind=Kind.TRUTH)
le = zipped("le", "a <= b", lambda a, b: a <= b, kind=Kind.TRUTH)
gt = zipped("gt", "a > b", lambda a, b: a > b, kind=Kind.TRUTH)
ge = zipped("ge", "a >= b", lambda a, b: a >= b, kind=Kind.TRUTH)

bitwise_not = mapped("bitwise_not", "~a", lambda a: ~a, kind=Kind.BITS)
bitwise_and = zipped("bitwise_and", "a & b", lambda a, b: a & b, kind=Kind.BITS)
bitwise_or = zipped("bitwise_or", "a | b", lambda a, b: a | b, kind=Kind.BITS)
bitwise_xor = zipped("bitwise_xor", "a ^ b", lambda a, b: a ^ b, kind=Kind.BITS)

RULES["where"] = Rule("where", "a if condition else b", lambda condition, a, b: select(condition, a, b),
                      (None, lambda d, condition: select(condition, d, 0),
                       lambda d, condition: select(condition, 0, d)))
# fmt: on


@operation
def inv(input: Operand) -> Tensor:
    """Another name of ``reciprocal``."""
    return reciprocal(input)


@operation
def pow(input: Operand, exponent: Operand) -> Tensor:
    """``a ** b`` for each ``a`` and its ``b``, broadcast; ints to negative int powers are refused.

    >>> from minigrad import arange, tensor
    >>> pow(arange(4), 2)
    tensor([0, 1, 4, 9])
    """
    if "f" not in (dtype_of(input).kind, dtype_of(exponent).kind) and np.any(np.asarray(exponent) < 0):
        raise MinigradError("an int to a negative int power is no int; convert one of them to a float first")
    return _pow(input, exponent)


@operation
def where(condition: Tensor, input: Operand, other: Operand) -> Tensor:
    """``input`` where the condition holds, else ``other``; all three broadcast.

    >>> from minigrad import arange, tensor
    >>> where(arange(4) > 1, arange(4), -1)
    tensor([-1, -1,  2,  3])
    """
    if only_tensor("where", condition).dtype != dtypes.bool:
        raise MinigradError(f"the condition of where is a bool tensor, not one of {condition.dtype}; compare it first")
    return apply(RULES["where"], input, other, condition=condition)


@operation
def masked_fill(input: Tensor, mask: Tensor, value: Operand) -> Tensor:
    """``value`` where the mask holds, else ``input``, in the dtype of ``input``."""
    return where(mask, value, input).to(only_tensor("masked_fill", input).dtype)
