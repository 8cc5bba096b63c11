"""How a scalar function becomes an operation on tensors, forwards and backwards.

A :class:`Rule` is what an elementwise operation is made of: a scalar function, and for each operand the scalar
function that gives its gradient. :func:`mapped` and :func:`zipped` make the operation: it brings its operands to
one shape and one dtype, and leaves the elements to the backend's ``map`` or ``zip``. The gradient of an operand is
a map or zip too, of the incoming gradient and what its function asks for; only if it is to have a gradient itself
is the function run on tensors. The rules themselves stand in ``elementwise.py``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import lru_cache
from types import FunctionType
from typing import Any

import numpy as np

from minigrad import dtypes
from minigrad.autodiff import Node, recording
from minigrad.backends import ScalarFunction
from minigrad.dtypes import NUMBERS, DType, Number
from minigrad.elements import elements_of
from minigrad.errors import MinigradError
from minigrad.strides import Shape, broadcast_shapes
from minigrad.tensor import OPERATIONS, Operand, Tensor, fresh, operation, stored


class Kind(Enum):
    """What an operation makes of the dtype in which its operands meet."""

    ANY = "The result has the dtype in which the operands meet."
    NUMBER = "The result has the dtype in which the operands meet, which may not be bool."
    BITS = "The result has the dtype in which the operands meet, which may not be float."
    FLOAT = "Ints and bools become float32 first."
    TRUTH = "The result is bool."


class Rule:
    """An elementwise operation.

    ``formula`` is to be read; ``forward`` is its scalar function. ``backward`` has, for each operand, the scalar
    function that gives the operand's gradient. Its parameters say by their names what it asks for: ``d``, the
    gradient of the result; an operand, by its name in ``forward``; ``out``, the result. None stands for an
    operand that can have no gradient.
    """

    def __init__(
        self,
        name: str,
        formula: str,
        forward: ScalarFunction,
        backward: Sequence[ScalarFunction | None] = (),
        kind: Kind = Kind.ANY,
    ) -> None:
        self.name = name
        self.formula = formula
        self.forward = forward
        self.backward = [function and _Backward(function, _parameters(forward)) for function in backward]
        self.kind = kind
        asked = [place for rule in self.backward if rule for place in rule.places]
        self.saves_operands = any(place > 0 for place in asked)
        self.saves_result = -1 in asked

    @property
    def arity(self) -> int:
        """The number of operands."""
        return len(_parameters(self.forward))


class _Backward:
    """The scalar function of a gradient, and where what it asks for stands among ``d``, the operands and ``out``."""

    def __init__(self, function: ScalarFunction, operands: tuple[str, ...]) -> None:
        self.function = function
        place = {"d": 0, "out": -1} | {name: i for i, name in enumerate(operands, start=1)}
        self.places = [place[name] for name in _parameters(function)]
        self.passes_on = self.places == [0] and _is_identity(function)


def _parameters(function: ScalarFunction) -> tuple[str, ...]:
    code = function.__code__
    names: tuple[str, ...] = code.co_varnames[: code.co_argcount]
    return names


def _is_identity(function: ScalarFunction) -> bool:
    anything = object()
    try:
        return function(anything) is anything
    except TypeError:
        return False


RULES: dict[str, Rule] = {}
"""Every elementwise operation, by name."""


def mapped(
    name: str,
    formula: str,
    forward: Callable[[Any], Any],
    backward: ScalarFunction | None = None,
    kind: Kind = Kind.ANY,
) -> Callable[[Operand], Tensor]:
    """The elementwise operation on one tensor that ``forward`` describes."""
    rule = RULES[name] = Rule(name, formula, forward, (backward,) if backward else (), kind)

    def lifted(input: Operand) -> Tensor:
        return apply(rule, input)

    return _published(lifted, rule, f"``{formula}`` for each element ``a``. {kind.value}")


def zipped(
    name: str,
    formula: str,
    forward: Callable[[Any, Any], Any],
    backward: tuple[ScalarFunction, ScalarFunction] | None = None,
    kind: Kind = Kind.ANY,
) -> Callable[[Operand, Operand], Tensor]:
    """The elementwise operation on two tensors, or a tensor and a number, that ``forward`` describes."""
    rule = RULES[name] = Rule(name, formula, forward, backward or (), kind)

    def lifted(input: Operand, other: Operand) -> Tensor:
        return apply(rule, input, other)

    return _published(lifted, rule, f"``{formula}`` for each ``a`` and its ``b``, broadcast. {kind.value}")


def _published(lifted: Callable[..., Tensor], rule: Rule, doc: str) -> Callable[..., Tensor]:
    lifted.__name__ = lifted.__qualname__ = rule.name
    lifted.__module__ = rule.forward.__module__
    lifted.__doc__ = doc
    return operation(lifted)


# --- Forwards


def apply(rule: Rule, *operands: Operand, condition: Tensor | None = None) -> Tensor:
    """A rule's operation on operands that are brought to one shape and one dtype.

    A ``condition`` is one more operand in front, and stays bool.
    """
    inputs, dtype = _brought_together(rule, operands, condition)
    out = lift(rule.forward, dtypes.bool if rule.kind is Kind.TRUTH else dtype, inputs)
    if recording.on and rule.backward and dtype.kind == "f":
        edges = tuple([operand.node for operand in inputs])
        if any(edges):
            result = out.aliased() if rule.saves_result else None
            out.node = _Applied(rule, edges, tuple(inputs) if rule.saves_operands else (), result)
    return out


def lift(function: ScalarFunction, dtype: DType, operands: Sequence[Tensor]) -> Tensor:
    """A scalar function run by the backend on operands of one shape; the result has this dtype."""
    first = operands[0]
    out = fresh(first.layout.shape, dtype, first.backend)
    if len(operands) == 1:
        first.backend.map(function, out, first)
    else:
        first.backend.zip(function, out, *operands)
    return out


def _brought_together(
    rule: Rule, operands: Sequence[Operand], condition: Tensor | None
) -> tuple[Sequence[Tensor], DType]:
    """The operands as tensors of one shape and one dtype, and that dtype."""
    tensors = [operand for operand in (condition, *operands) if isinstance(operand, Tensor)]
    if not tensors:
        raise MinigradError(f"{rule.name} works on tensors, and got {operands}; make one with minigrad.tensor")
    backend = tensors[0].backend
    for other in tensors:
        if other.backend is not backend:
            raise MinigradError(
                f"{rule.name}: shape {tensors[0].shape} is on the backend {backend.name} and shape {other.shape} on "
                f"{other.backend.name}; move one with x.to(backend)"
            )
    dtype = _meeting_dtype(rule, operands)
    shape = tensors[0].shape
    if any(operand.shape != shape for operand in tensors):
        try:
            shape = broadcast_shapes(*(operand.shape for operand in tensors))
        except MinigradError as error:
            raise MinigradError(f"{rule.name}: {error}") from None
    inputs = [_brought(operand, dtype, shape, tensors[0]) for operand in operands]
    if condition is not None:
        inputs.insert(0, _brought(condition, dtypes.bool, shape, condition))
    return inputs, dtype


def _meeting_dtype(rule: Rule, operands: Iterable[Operand]) -> DType:
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
    if rule.kind is Kind.BITS and dtype.kind == "f":
        raise MinigradError(f"{rule.name} is not defined for {dtype}; compare first, or convert to ints")
    return dtypes.float32 if rule.kind is Kind.FLOAT and dtype.kind != "f" else dtype


def _brought(operand: Operand, dtype: DType, shape: Shape, like: Tensor) -> Tensor:
    if not isinstance(operand, Tensor):
        return constant(operand, dtype, like).expand(shape)
    brought: Tensor = operand.to(dtype)
    return brought if brought.shape == shape else brought.expand(shape)


def only_tensor(name: str, given: object) -> Tensor:
    """What an operation of this name was given, if it is a tensor."""
    if not isinstance(given, Tensor):
        raise MinigradError(f"{name} works on a tensor, and got {type(given).__name__}; minigrad.tensor makes one")
    return given


def constant(number: Number, dtype: DType, like: Tensor) -> Tensor:
    """A tensor without dimensions that holds a number, where another tensor is."""
    return stored(elements_of(number, dtype), like.backend)


# --- Backwards


class _Applied(Node):
    """A rule, applied: the gradients are lifted from the rule's backward functions."""

    __slots__ = ("rule",)

    def __init__(
        self, rule: Rule, edges: tuple[Node | None, ...], operands: tuple[Tensor, ...], result: Tensor | None
    ) -> None:
        super().__init__(rule.name, edges, (), operands, result)
        self.rule = rule

    def gradients(self, d: Tensor, edges: tuple[Node | None, ...]) -> list[Tensor | None]:
        if self.saved is None:
            self.unpacked()
        known = (d, *(self.saved or ()), self.linked_result())
        rules = self.rule.backward
        return [self._gradient(rule, known) if edge and rule else None for edge, rule in zip(edges, rules, strict=True)]

    def _gradient(self, rule: _Backward, known: Sequence[Any]) -> Tensor:
        d: Tensor = known[0]
        if rule.passes_on:
            return d
        asked = [self.unchanged(known[place]) if place else d for place in rule.places]
        if recording.on:
            gradient: Tensor = _on_tensors(rule.function)(*asked)
            return gradient
        return lift(rule.function, d.dtype, asked)


class _MathOnTensors:
    """Stands for :mod:`math` in a scalar function that runs on tensors."""

    def __getattr__(self, name: str) -> Any:
        return OPERATIONS[name] if name in OPERATIONS else getattr(math, name)


@lru_cache(maxsize=256)
def _on_tensors(function: FunctionType) -> Callable[..., Tensor]:
    """The function with what works on one element exchanged for what works on tensors, and is recorded."""
    on_tensors = {"math": _MathOnTensors(), "select": OPERATIONS["where"]}
    return FunctionType(function.__code__, function.__globals__ | on_tensors, function.__name__)
