"""A forward and a backward kernel put together as a minigrad ``Function``, on the checked GPU.

So a kernel takes part in whatever differentiates: ``backward()``, ``jacobian``, and above all ``gradcheck``, which
compares the backward kernel with the slopes of the forward one and knows of no reference. Verdicts do without it: the
reference of a backward kernel is minigrad's own gradient of the same operation, which has been through ``gradcheck``
itself, is tried on more cases, and also says what is right where there is no slope, as at a tie of a maximum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from minigrad.errors import MinigradError
from minigrad.function import Function
from minigrad.simulator import launch
from minigrad.tensor import Tensor, from_numpy
from minigrad.workbook.spec import Case, KernelSpec

Results = Mapping[str, Tensor]


def launched(spec: KernelSpec, kernel: Any, case: Case) -> Callable[..., Results]:
    """The kernel as a function of tensors, from inputs by name to outputs by name.

    Sizes, shapes and the launch are the case's, and so is what outputs hold that arrive filled. The dtype is that of
    the first input, whatever the case has: float64 tensors make float64 gradients. Inputs that the kernel does not
    have are passed over. Raises :class:`~minigrad.errors.MinigradError` for the first fault, or for an element of an
    output that was never written.
    """

    def call(**inputs: Tensor) -> Results:
        dtype = next(iter(inputs.values())).detach().numpy().dtype
        arguments: dict[str, Any] = {}
        for name, argument in case.arguments.items():
            if isinstance(argument, int):
                arguments[name] = argument
            elif name in (*spec.outputs, *spec.scratch):
                arguments[name] = argument.astype(dtype) if argument.dtype == np.float32 else argument.copy()
            else:
                arguments[name] = np.array(inputs[name].detach().numpy(), dtype)
        trace = launch(kernel, case.grid, case.block, *arguments.values(), outputs=spec.unwritten, order=case.order)
        if trace.faults:
            raise MinigradError(f"{spec.name}: {trace.faults[0].kind}: {trace.faults[0].message}")
        missing = [name for name in spec.outputs if trace.unwritten.get(name)]
        if missing:
            raise MinigradError(f"{spec.name}: unwritten: not every element of {missing[0]} was written")
        return {name: from_numpy(arguments[name]) for name in spec.outputs}

    return call


def as_function(forward: Callable[..., Tensor], backward: Callable[..., Results], *inputs: str) -> type[Function]:
    """The ``Function`` of one operation with these ``inputs``, in the order in which ``apply`` takes them.

    ``forward`` gets them by name and returns the result. ``backward`` gets them by name, and the gradient that arrives
    as ``d``, and returns the gradient of the input ``a`` under the name ``grad_a``.

    >>> from minigrad import gradcheck, tensor
    >>> double = as_function(lambda a: 2 * a, lambda d, a: {"grad_a": 2 * d}, "a")
    >>> gradcheck(double.apply, tensor([1.0, 2.0]))
    True
    """

    def go_forward(ctx: Any, *tensors: Tensor) -> Tensor:
        ctx.save_for_backward(*tensors)
        return forward(**dict(zip(inputs, tensors, strict=True)))

    def go_backward(ctx: Any, d: Tensor) -> tuple[Tensor, ...]:
        gradients = backward(d=d, **dict(zip(inputs, ctx.saved_values, strict=True)))
        return tuple(gradients[f"grad_{each}"] for each in inputs)

    class AsFunction(Function):
        forward = staticmethod(go_forward)
        backward = staticmethod(go_backward)

    return AsFunction
