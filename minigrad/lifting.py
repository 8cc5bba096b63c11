"""How a scalar function becomes an operation on tensors, forwards and backwards.

A :class:`Rule` is what an elementwise operation is made of: a scalar function, and for each operand the scalar
function that gives its gradient. :func:`mapped` and :func:`zipped` make the operation: it brings its operands to
one shape and one dtype, and leaves the elements to the backend's ``map`` or ``zip``. The gradient of an operand is
a map or zip too, of the incoming gradient and what its function asks for; only if it is to have a gradient itself
is the function run on tensors. Small tensors that need not be brought together take the short way of their form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from minigrad import dtypes
from minigrad.autodiff import Node, now, recording
from minigrad.backends import ScalarFunction
from minigrad.backends.formula import formula
from minigrad.dtypes import NUMBERS, DType, Number
from minigrad.elements import elements_of
from minigrad.errors import MinigradError
from minigrad.forms import Form, Together
from minigrad.operators import OPERATIONS, operation
from minigrad.rules import RULES, BackwardRule, Kind, Rule
from minigrad.strides import Shape, broadcast_shapes, expand
from minigrad.tensor import Operand, Tensor, fresh, number, stored, whole


def mapped(
    name: str,
    formula: str,
    forward: Callable[[Any], Any],
    backward: ScalarFunction | None = None,
    kind: Kind = Kind.ANY,
) -> Callable[[Operand], Tensor]:
    """The elementwise operation on one tensor that ``forward`` describes."""
    rule = RULES[name] = Rule(name, formula, forward, (backward,) if backward else (), kind)
    shortly = Together((forward, (0,)))

    def lifted(input: Operand) -> Tensor:
        if not isinstance(input, Tensor) or input.form is None or not rule.has_short_way:
            return apply(rule, input)
        form = input.form
        try:
            if form.one:
                out = number(form.short[shortly](input.storage[0] if input.value is None else input.value), form)
            else:
                out = whole(form.short[shortly](input.storage), form)
        except RuntimeError:  # another thread is on the short way
            return apply(rule, input)
        if input.node is not None and recording.get():
            out.node = _Applied(rule, (input.node,), (input,), out)
        return out

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
    shortly = Together((forward, (0, 1)))

    def lifted(input: Operand, other: Operand) -> Tensor:
        a = input if isinstance(input, Tensor) else _beside(other, input)
        b = other if isinstance(other, Tensor) else _beside(input, other)
        if a is None or b is None or a.form is None or a.form is not b.form or not rule.has_short_way:
            return apply(rule, input, other)
        form = a.form
        try:
            if form.one:
                x = a.storage[0] if a.value is None else a.value
                y = b.storage[0] if b.value is None else b.value
                out = number(form.short[shortly](x, y), form)
            else:
                out = whole(form.short[shortly](a.storage, b.storage), form)
        except RuntimeError:  # another thread is on the short way
            return apply(rule, input, other)
        if (a.node is not None or b.node is not None) and recording.get():
            out.node = _Applied(rule, (a.node, b.node), (a, b), out)
        return out

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
    edges = tuple([operand.node for operand in inputs])
    if rule.backward and any(edges) and recording.get():
        out.node = _Applied(rule, edges, inputs, out)
    return out


def lift(function: ScalarFunction, dtype: DType, operands: Sequence[Tensor]) -> Tensor:
    """A scalar function run by the backend on operands of one shape; the result has this dtype."""
    first = operands[0]
    out = fresh(first.shape, dtype, first.backend)
    if len(operands) == 1:
        first.backend.map(function, out, first)
    else:
        first.backend.zip(function, out, *operands)
    return out


def _brought_together(
    rule: Rule, operands: Sequence[Operand], condition: Tensor | None
) -> tuple[tuple[Tensor, ...], DType]:
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
    return tuple(inputs), dtype


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
        made = constant(operand, dtype, like)
        return made.aliased(expand(made.layout, shape)) if shape else made
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


_ORDINARY = 1e38  # less than this, a number is a number in every float dtype


def _beside(tensor: Operand, given: Operand) -> Tensor | None:
    """A number as a tensor of the form of another, where that makes no difference but in time."""
    if not isinstance(tensor, Tensor) or type(given) not in (float, int) or not -_ORDINARY < given < _ORDINARY:
        return None
    form = tensor.form
    if form is None:
        return None
    value = form.dtype.type(given)
    return number(value, form) if form.one else whole(np.full(tensor.numel(), value), form)


# --- Backwards


class _Applied(Node):
    """A rule, applied: the gradients are lifted from the rule's backward functions."""

    __slots__ = ("rule",)

    def __init__(
        self, rule: Rule, edges: tuple[Node | None, ...], operands: tuple[Tensor, ...], result: Tensor
    ) -> None:
        self.rule = rule
        self.name = rule.name
        self.edges = edges
        self.saved = operands if rule.saves_all else tuple([operands[place] for place in rule.saves])
        self.result = _alone(result) if rule.saves_result else None
        self.hooks = self.holder = None
        self.number = now()

    def gradients(self, d: Tensor, edges: tuple[Node | None, ...]) -> Sequence[Tensor | None]:
        rule, form = self.rule, d.form
        if rule.passes_on:
            return (d, d)[: len(edges)]
        if form is not None and rule.has_short_way and not recording.get():
            gradients = self._gradients_shortly(d, form)
            if gradients is not None:
                return gradients
        pairs = zip(edges, rule.backward, strict=True)
        return [self._gradient(each, d) if edge and each else None for edge, each in pairs]

    def _gradients_shortly(self, d: Tensor, form: Form) -> Sequence[Tensor] | None:
        """All gradients at once, where what is known has one form and nothing was changed since."""
        known = [d.storage[0] if d.value is None else d.value] if form.one else [d.storage]
        saved = self.saved or ()
        for tensor in saved if self.result is None else (*saved, self.result):
            if tensor.value is not None and tensor.form is form:
                known.append(tensor.value)
            elif tensor.form is form and tensor.written[0] <= self.number:
                known.append(tensor.storage[0] if form.one else tensor.storage)
            else:
                return None
        try:
            found = form.short[self.rule.together](*known)
        except RuntimeError:  # another thread is on it
            return None
        if len(self.edges) == 1:
            found = (found,)
        return [number(each, form) for each in found] if form.one else [whole(each, form) for each in found]

    def _gradient(self, backward: BackwardRule, d: Tensor) -> Tensor:
        if backward.passes_on:
            return d
        known = [d, *(self.saved or ()), self.linked_result()]
        asked = [self.unchanged(known[place]) if place else d for place in backward.places]
        return _on_tensors(backward.function, asked) if recording.get() else lift(backward.function, d.dtype, asked)


def _alone(result: Tensor) -> Tensor:
    """The result without its history, which would hold itself alive. A number is quickly copied."""
    return result.aliased() if result.value is None else number(result.value, result.form)


_TENSOR_NAMES = {"truediv": "div", "select": "where", "invert": "bitwise_not"}
_TENSOR_NAMES |= {name: f"bitwise_{name}" for name in ("and", "or", "xor")}


def _on_tensors(function: ScalarFunction, operands: Sequence[Tensor]) -> Tensor:
    """A scalar function carried out step by step on tensors, so that each step is recorded."""
    found = formula(function, len(operands))
    values: list[Any] = list(operands)
    for name, given in found.steps:
        step = OPERATIONS[_TENSOR_NAMES.get(name, name)]
        values.append(step(*[values[place] if isinstance(place, int) else place.value for place in given]))
    assert isinstance(found.result, int), "a gradient depends on something"
    result: Tensor = values[found.result]
    return result
