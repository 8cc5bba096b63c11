"""Function: an operation of your own, with a backward rule of your own.

Unlike the operations in the tables, whose rules are given one an operand, a Function's ``backward`` returns all
gradients at once. What it returns is checked, so that a wrong rule is found where it is, not ten operations later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import ref

import numpy as np

from minigrad.autodiff import RESULT, Node, no_grad, now, recording
from minigrad.errors import MinigradError
from minigrad.tensor import Tensor


class Context:
    """What ``forward`` leaves for ``backward``; any attribute may be set on it.

    ``needs_input_grad`` says for each input of ``forward`` whether its gradient is needed.
    """

    def __init__(self, node: _Applied) -> None:
        self.needs_input_grad = tuple(edge is not None for edge in node.edges)
        self._node = ref(node)  # which holds this context

    def save_for_backward(self, *values: Any) -> None:
        """Keep values, tensors above all, for ``backward``. If one is changed in place later, that is noticed."""
        self._applied().saved = values

    @property
    def saved_values(self) -> tuple[Any, ...]:
        """What was saved."""
        return tuple(self._applied().unpacked())

    saved_tensors = saved_values

    def _applied(self) -> _Applied:
        node = self._node()
        if node is None:
            raise MinigradError("this context belongs to an application of a Function that is gone")
        return node


class _Applied(Node):
    """One application of a Function."""

    __slots__ = ("ctx", "function", "inputs")

    def __init__(self, function: type[Function], inputs: tuple[Any, ...]) -> None:
        edges = tuple(input.node if isinstance(input, Tensor) else None for input in inputs)
        super().__init__(function.__name__, edges)
        self.function = function
        self.inputs = tuple((input.shape, input.dtype) if isinstance(input, Tensor) else None for input in inputs)
        self.ctx = Context(self)

    def led_to(self, out: Tensor) -> Tensor:
        """``out``, with this node as its history."""
        if any(value is out for value in self.saved or ()):
            self.result = out.aliased()
            self.saved = tuple(RESULT if value is out else value for value in self.saved or ())
        self.number = now()  # what forward wrote in place, it wrote before
        out.node = self
        return out

    def gradients(self, d: Tensor, edges: tuple[Node | None, ...]) -> list[Tensor | None]:
        backward: Callable[..., Any] = self.function.backward
        returned = backward(self.ctx, d)
        given = list(returned) if isinstance(returned, tuple | list) else [returned]
        while len(given) > len(self.edges) and given[-1] is None:
            given.pop()
        if len(given) != len(self.edges):
            raise MinigradError(
                f"{self.name}.backward returned {_counted(len(given), 'gradient')}, and forward has "
                f"{_counted(len(self.edges), 'input')}; return one for each, None for what is no tensor"
            )
        if returned is None:
            raise MinigradError(
                f"{self.name}.backward returned nothing, and forward has 1 input; is there a return at the end?"
            )
        pairs = enumerate(zip(edges, given, strict=True))
        return [None if edge is None else self._checked(i, each) for i, (edge, each) in pairs]

    def _checked(self, i: int, given: Any) -> Tensor:
        """The gradient of input ``i``, if it can be that."""
        if not isinstance(given, Tensor):
            remedy = "return zeros if it is 0 everywhere" if given is None else "minigrad.tensor makes a tensor of it"
            raise MinigradError(f"{self.name}.backward returned {_kind(given)} as the gradient of input {i}; {remedy}")
        shape, dtype = self.inputs[i] or ((), None)
        if given.shape != shape or given.dtype != dtype:
            raise MinigradError(
                f"{self.name}.backward returned a gradient of shape {given.shape} and {given.dtype} for input {i}, "
                f"which has shape {shape} and {dtype}; a gradient is like its input"
            )
        return given


class Function:
    """An operation with a backward rule. Derive from it, define both directions, and call ``apply``.

    ``forward(ctx, ...)`` gets what ``apply`` got and returns one tensor. ``backward(ctx, d)`` gets the gradient of
    that tensor, and returns the gradient of each input of ``forward``, in order. Both may be plain functions in
    the class body, or static methods. To be differentiated twice, ``backward`` is written with operations on
    tensors, and uses saved inputs or the saved result rather than what ``forward`` computed on the way.

    >>> import minigrad
    >>> class Cube(Function):
    ...     def forward(ctx, x):
    ...         ctx.save_for_backward(x)
    ...         return x * x * x
    ...     def backward(ctx, d):
    ...         x, = ctx.saved_values
    ...         return 3 * x * x * d
    >>> x = minigrad.tensor([1.0, 2.0], requires_grad=True)
    >>> Cube.apply(x).sum().backward()
    >>> x.grad
    tensor([ 3., 12.])
    """

    forward: Callable[..., Tensor]
    backward: Callable[..., Any]

    @classmethod
    def apply(cls, *inputs: Any) -> Tensor:
        """``forward`` of the inputs, recorded so that gradients flow back through ``backward``."""
        node = _Applied(cls, inputs)
        forward: Callable[..., Any] = cls.forward
        with no_grad():
            out = forward(node.ctx, *inputs)
        if not isinstance(out, Tensor):
            raise MinigradError(f"{cls.__name__}.forward returned {_kind(out)}; it has to return one tensor")
        if out.node is not None or any(out is input for input in inputs):
            out = out.detach()
        return node.led_to(out) if recording.get() and any(node.edges) and out.is_floating_point() else out


def _kind(value: Any) -> str:
    """What was returned in place of a tensor."""
    if value is None:
        return "None"
    return "a NumPy array" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
