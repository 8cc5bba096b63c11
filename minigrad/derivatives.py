"""Derivatives of functions from tensors to a tensor: Jacobians and their products, and a check of rules.

A Jacobian has the derivative of every element of the result by every element of an input. A sweep back computes
its product with a vector from the left (``vjp``), so a Jacobian takes one sweep for each element of the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from minigrad import dtypes, strides
from minigrad.autodiff import enable_grad, grad
from minigrad.creation import zeros_like
from minigrad.errors import MinigradError
from minigrad.moving import stack
from minigrad.strides import Index
from minigrad.tensor import Tensor, stored

Function = Callable[..., Any]
Tensors = Tensor | tuple[Tensor, ...]


def jacobian(func: Function, inputs: Tensors, create_graph: bool = False) -> Any:
    """The derivatives of ``func(*inputs)``, of shape (*shape of the result, *shape of the input).

    For a tuple of inputs it is a tuple, one Jacobian an input.

    >>> from minigrad import tensor
    >>> jacobian(lambda x: x * x, tensor([1.0, 2.0]))
    tensor([[2., 0.],
            [0., 4.]])
    """
    given, out = _called(func, inputs, create_graph)
    columns: list[list[Tensor]] = [[] for _ in given]
    for k in range(out.numel()):
        d = zeros_like(out)
        d[strides.index(k, out.shape)] = 1
        for rows, row in zip(columns, _pulled(out, given, d, True, create_graph), strict=True):
            rows.append(row)
    return _like(inputs, [_stacked(rows, out, x) for rows, x in zip(columns, given, strict=True)])


def vjp(func: Function, inputs: Tensors, v: Tensor | None = None, create_graph: bool = False) -> tuple[Tensor, Any]:
    """``func(*inputs)``, and the product of ``v``, which has its shape, with each Jacobian.

    >>> from minigrad import tensor
    >>> vjp(lambda x: x * x, tensor([1.0, 2.0]), tensor([1.0, 10.0]))
    (tensor([1., 4.]), tensor([ 2., 40.]))
    """
    given, out = _called(func, inputs, create_graph)
    products = _pulled(out, given, v, create_graph, create_graph)
    return (out if create_graph else out.detach()), _like(inputs, products)


def jvp(func: Function, inputs: Tensors, v: Tensors, create_graph: bool = False) -> tuple[Tensor, Tensor]:
    """``func(*inputs)``, and the sum of the products of each Jacobian with its part of ``v``, which is like the inputs.

    The product of a Jacobian with ``u`` from the left depends on ``u`` linearly; its derivative is this product.

    >>> from minigrad import tensor
    >>> jvp(lambda x: x * x, tensor([1.0, 2.0]), tensor([1.0, 10.0]))
    (tensor([1., 4.]), tensor([ 2., 40.]))
    """
    given, out = _called(func, inputs, create_graph)
    along = v if isinstance(v, tuple) else (v,)
    if [each.shape for each in along] != [each.shape for each in given]:
        shapes, wanted = (" and ".join(str(each.shape) for each in tensors) for tensors in (along, given))
        raise MinigradError(f"jvp: v has the shapes {shapes}, and the inputs {wanted}; they must agree")
    u = zeros_like(out, requires_grad=True)
    with enable_grad():
        products = _pulled(out, given, u, True, True)
        parts = [(product * each.to(product.dtype)).sum() for product, each in zip(products, along, strict=True)]
        total = stack(parts).sum()
    product = _pulled(total, (u,), None, create_graph, create_graph)[0]
    return (out if create_graph else out.detach()), product


def _called(func: Function, inputs: Tensors, create_graph: bool) -> tuple[tuple[Tensor, ...], Tensor]:
    """The inputs, ready for gradients, and what the function makes of them."""
    tensors = inputs if isinstance(inputs, tuple) else (inputs,)
    with enable_grad():
        given = tuple(
            x.view(x.shape) if create_graph and x.requires_grad else x.detach().requires_grad_() for x in tensors
        )
        out = func(*given)
    if not isinstance(out, Tensor):
        raise MinigradError(f"a function to be differentiated returns one tensor, not a {type(out).__name__}")
    return given, out


def _pulled(
    out: Tensor, inputs: Sequence[Tensor], d: Tensor | None, retain_graph: bool, create_graph: bool
) -> Sequence[Tensor]:
    """The gradients of the inputs, zeros where the result does not depend on one."""
    if out.node is None:
        return [zeros_like(x) for x in inputs]
    found = grad(out, inputs, d, retain_graph, create_graph, materialize_grads=True)
    return [each for each in found if each is not None]


def _stacked(rows: list[Tensor], out: Tensor, x: Tensor) -> Tensor:
    shape = (*out.shape, *x.shape)
    return stack(rows).view(shape) if rows else x.new_empty(shape)


def _like(inputs: Tensors, results: Sequence[Tensor]) -> Any:
    return tuple(results) if isinstance(inputs, tuple) else results[0]


# --- A check of rules


def gradcheck(
    func: Function,
    inputs: Tensors,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
) -> bool:
    """Whether the gradients of ``func`` are the slopes that central differences find.

    Floats among the inputs are converted to float64, and only those that require gradients are checked, if any
    does. The first element at which the two part is named in the error.

    >>> from minigrad import tensor
    >>> gradcheck(lambda x: x.sin(), tensor([0.5, 1.0]))
    True
    """
    tensors = inputs if isinstance(inputs, tuple) else (inputs,)
    asked = [i for i, x in enumerate(tensors) if isinstance(x, Tensor) and x.requires_grad]
    asked = asked or [i for i, x in enumerate(tensors) if isinstance(x, Tensor) and x.is_floating_point()]
    if not asked:
        raise MinigradError("gradcheck needs an input of floats, and got none")
    wide = [x.detach().to(dtypes.float64).clone().requires_grad_() if i in asked else x for i, x in enumerate(tensors)]

    def of_asked(*xs: Tensor) -> Any:
        given = dict(zip(asked, xs, strict=True))
        return func(*[given.get(i, x) for i, x in enumerate(wide)])

    rules = jacobian(of_asked, tuple(wide[i] for i in asked))
    for i, by_rule in zip(asked, rules, strict=True):
        for at, slopes in _central_differences(func, wide, i, eps):
            ruled = by_rule[(..., *at)].detach().numpy()
            parted = ~np.isclose(ruled, slopes, rtol, atol)
            if parted.any():
                of = tuple(int(k) for k in np.argwhere(parted)[0])
                message = (
                    f"gradcheck: the derivative of element {of} of the result by element {at} of input {i} is "
                    f"{ruled[of]:.6g} by the backward rule, and {slopes[of]:.6g} by central differences"
                )
                if raise_exception:
                    raise MinigradError(message)
                return False
    return True


def _central_differences(func: Function, inputs: list[Any], i: int, eps: float) -> Iterator[tuple[Index, Any]]:
    """For each element of input ``i``: its index, and the slopes of all elements of the result."""
    shape = inputs[i].shape
    for k in range(inputs[i].numel()):
        at = strides.index(k, shape)
        moved = []
        for step in (eps, -eps):
            array = inputs[i].backend.load(inputs[i]).copy()
            array[at] += step
            out = func(*inputs[:i], stored(array, inputs[i].backend).requires_grad_(), *inputs[i + 1 :])
            moved.append(np.array(out.backend.load(out), np.float64))
        yield at, (moved[0] - moved[1]) / (2 * eps)
