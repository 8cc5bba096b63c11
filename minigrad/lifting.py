"""How a scalar function becomes an operation on tensors.

A :class:`Rule` is what an elementwise operation is made of. :func:`mapped` and :func:`zipped` make the
operation: it brings its operands to one shape and one dtype, and leaves the elements to the backend's
``map`` or ``zip``. The rules themselves stand in ``functions.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

import numpy as np

from minigrad import dtypes
from minigrad.backends import ScalarFunction
from minigrad.dtypes import NUMBERS, DType
from minigrad.errors import MinigradError
from minigrad.strides import Shape, broadcast_shapes
from minigrad.tensor import OPERATIONS, Operand, Tensor, fresh, tensor


class Kind(Enum):
    """What an operation makes of the dtype in which its operands meet."""

    ANY = "The result has the dtype in which the operands meet."
    NUMBER = "The result has the dtype in which the operands meet, which may not be bool."
    FLOAT = "Ints and bools become float32 first."
    TRUTH = "The result is bool."


@dataclass(frozen=True)
class Rule:
    """An elementwise operation: its formula, to be read; its scalar function; what becomes of the dtype."""

    name: str
    formula: str
    forward: ScalarFunction
    kind: Kind = Kind.ANY


RULES: dict[str, Rule] = {}
"""Every elementwise operation, by name."""

F = TypeVar("F", bound=Callable[..., Tensor])


def operation(function: F) -> F:
    """Let tensors find an operation under the function's name."""
    OPERATIONS[function.__name__] = function
    return function


def mapped(
    name: str, formula: str, forward: Callable[[Any], Any], kind: Kind = Kind.ANY
) -> Callable[[Operand], Tensor]:
    """The elementwise operation on one tensor that ``forward`` describes."""
    rule = RULES[name] = Rule(name, formula, forward, kind)

    def lifted(input: Operand) -> Tensor:
        return apply(rule, input)

    return _published(lifted, rule, f"``{formula}`` for each element ``a``. {kind.value}")


def zipped(
    name: str, formula: str, forward: Callable[[Any, Any], Any], kind: Kind = Kind.ANY
) -> Callable[[Operand, Operand], Tensor]:
    """The elementwise operation on two tensors, or a tensor and a number, that ``forward`` describes."""
    rule = RULES[name] = Rule(name, formula, forward, kind)

    def lifted(input: Operand, other: Operand) -> Tensor:
        return apply(rule, input, other)

    return _published(lifted, rule, f"``{formula}`` for each ``a`` and its ``b``, broadcast. {kind.value}")


def _published(lifted: F, rule: Rule, doc: str) -> F:
    lifted.__name__ = lifted.__qualname__ = rule.name
    lifted.__module__ = rule.forward.__module__
    lifted.__doc__ = doc
    return operation(lifted)


def apply(rule: Rule, *operands: Operand, condition: Tensor | None = None) -> Tensor:
    """Let the backend run a rule's scalar function on operands brought to one shape and one dtype.

    A ``condition`` is one more operand in front, and stays bool.
    """
    tensors = [operand for operand in (condition, *operands) if isinstance(operand, Tensor)]
    if not tensors:
        raise MinigradError(f"{rule.name} works on tensors, and got {operands}; make one with minigrad.tensor")
    dtype = _meeting_dtype(rule, operands)
    shape = tensors[0].shape
    if any(operand.shape != shape for operand in tensors):
        try:
            shape = broadcast_shapes(*(operand.shape for operand in tensors))
        except MinigradError as error:
            raise MinigradError(f"{rule.name}: {error}") from None
    inputs = [_brought(operand, dtype, shape) for operand in operands]
    if condition is not None:
        inputs.insert(0, _brought(condition, dtypes.bool, shape))
    backend = tensors[0].backend
    out = fresh(shape, dtypes.bool if rule.kind is Kind.TRUTH else dtype, backend)
    if len(inputs) == 1:
        backend.map(rule.forward, out, inputs[0])
    else:
        backend.zip(rule.forward, out, *inputs)
    return out


def _meeting_dtype(rule: Rule, operands: tuple[Operand, ...]) -> DType:
    """The dtype in which the operands reach the scalar function."""
    dimensioned: list[DType] = []
    zero_dim: list[DType] = []
    numbers: list[DType] = []
    for operand in operands:
        if isinstance(operand, Tensor):
            (dimensioned if operand.shape else zero_dim).append(operand.dtype)
        elif isinstance(operand, NUMBERS):
            numbers.append(dtypes.dtype_of_number(operand))
        else:
            remedy = "; minigrad.from_numpy makes it a tensor" if isinstance(operand, np.ndarray) else ""
            raise MinigradError(f"{rule.name} takes tensors and numbers, not {type(operand).__name__}{remedy}")
    dtype = dtypes.result_type(dimensioned, zero_dim, numbers)
    if rule.kind is Kind.NUMBER and dtype == dtypes.bool:
        raise MinigradError(f"{rule.name} is not defined for bool; convert with .to(minigrad.int64)")
    return dtypes.float32 if rule.kind is Kind.FLOAT and dtype.kind != "f" else dtype


def _brought(operand: Operand, dtype: DType, shape: Shape) -> Tensor:
    brought = operand.to(dtype) if isinstance(operand, Tensor) else tensor(operand, dtype=dtype)
    return brought if brought.shape == shape else brought.expand(shape)
