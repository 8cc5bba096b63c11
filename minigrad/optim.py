"""Optimisers: how parameters follow their gradients.

What an optimiser does to one element is a scalar function; the backend's ``zip`` does it to all of them, writing
into the parameter. In the formulas below ``p`` is an element of a parameter and ``g`` of its gradient.

Names, defaults and the order of operations are PyTorch's, and so are parameter groups: a group is a dictionary
with its ``params`` and what is set for them, such as ``lr``, which may be changed between steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from minigrad import strides
from minigrad.autodiff import enable_grad, no_grad, now
from minigrad.backends import ScalarFunction, Storage
from minigrad.errors import MinigradError
from minigrad.strides import Layout
from minigrad.tensor import Tensor

Group = dict[str, Any]
State = dict[str, Any]


class Optimizer:
    """What all optimisers share: parameters in groups, and for each parameter what is remembered between steps.

    ``params`` are tensors, or groups that set something differently from the ``defaults``. One of your own derives
    from this class and defines ``update``.
    """

    def __init__(self, params: Iterable[Tensor] | Iterable[Group], defaults: Group) -> None:
        self.defaults = defaults
        self.param_groups: list[Group] = []
        self.state: dict[Tensor, State] = {}
        given: list[Any] = [params] if isinstance(params, Tensor) else list(params)
        if not given:
            raise MinigradError(f"{type(self).__name__} got no parameters")
        for group in given if isinstance(given[0], Mapping) else [{"params": given}]:
            self.add_param_group(group)

    def add_param_group(self, param_group: Group) -> None:
        """Change these parameters from now on too; what the group does not set is as in the defaults."""
        params = param_group["params"]
        params = [params] if isinstance(params, Tensor) else list(params)
        seen = {id(p) for group in self.param_groups for p in group["params"]}
        for p in params:
            if not isinstance(p, Tensor):
                raise MinigradError(f"an optimiser changes tensors, and got {type(p).__name__}")
            if not p.is_leaf or not p.is_floating_point() or strides.overlaps(p.layout):
                raise MinigradError(
                    f"an optimiser changes leaves of floats, each element in a place of its own; a tensor of shape "
                    f"{p.shape} and {p.dtype} that an operation made, or that was expanded, is none"
                )
            if id(p) in seen:
                raise MinigradError(f"a parameter of shape {p.shape} is given twice, and would be changed twice")
            seen.add(id(p))
        group = {**self.defaults, **param_group, "params": params}
        for name, value in group.items():
            if name in _RANGES and not _RANGES[name][0](value):
                raise MinigradError(f"{type(self).__name__} takes {_RANGES[name][1]} as {name}, not {value}")
        self.param_groups.append(group)

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget all gradients, or make them zeros. ``backward`` adds to what is there, so do it before each."""
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.grad = None if set_to_none else p.grad.detach().zero_()

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Change every parameter that has a gradient. A ``closure`` computes the loss and the gradients first."""
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        with no_grad():
            for group in self.param_groups:
                for p in group["params"]:
                    if p.grad is not None:
                        grad = -p.grad if group.get("maximize") else p.grad.detach()
                        self.update(p, grad, group, self._state_of(p))
        return loss

    def update(self, p: Tensor, grad: Tensor, group: Group, state: State) -> None:
        """Change one parameter in place. ``state`` is what was left in it at the step before, empty at first."""
        raise MinigradError(f"{type(self).__name__} has no update; define one, it says how a parameter changes")

    def _state_of(self, p: Tensor) -> State:
        """What is remembered of a parameter, which follows it to another dtype or backend."""
        state = self.state.setdefault(p, {})
        for name, value in state.items():
            if isinstance(value, Tensor) and (value.dtype != p.dtype or value.backend is not p.backend):
                state[name] = value.to(p.dtype).to(p.backend)
        return state

    # --- Its own state, for going on later

    def state_dict(self) -> dict[str, Any]:
        """What is remembered, and the groups, with numbers for the parameters, in the order in which they were given.

        The tensors in it are those of the optimiser, not copies.
        """
        number = {p: i for i, p in enumerate(self._all_params())}
        groups = [{**group, "params": [number[p] for p in group["params"]]} for group in self.param_groups]
        return {"state": {number[p]: dict(state) for p, state in self.state.items()}, "param_groups": groups}

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Go on from what an optimiser of the same kind of parameters remembered, with what its groups set."""
        groups, params = state_dict["param_groups"], self._all_params()
        given, own = ([len(group["params"]) for group in each] for each in (groups, self.param_groups))
        if given != own:
            raise MinigradError(f"this state is of groups with {given} parameters, and the optimiser has {own}")
        state = {params[int(i)]: dict(remembered) for i, remembered in state_dict["state"].items()}
        for p, remembered in state.items():
            for name, value in remembered.items():
                if isinstance(value, Tensor):
                    if value.shape != p.shape:
                        raise MinigradError(f"{name} has shape {value.shape}, and its parameter has shape {p.shape}")
                    remembered[name] = value.detach().clone().to(p.dtype).to(p.backend)
        self.state = state
        for group, loaded in zip(self.param_groups, groups, strict=True):
            group.update({name: value for name, value in loaded.items() if name != "params"})

    def _all_params(self) -> list[Tensor]:
        return [p for group in self.param_groups for p in group["params"]]

    def __repr__(self) -> str:
        lines = [f"{type(self).__name__} ("]
        for i, group in enumerate(self.param_groups):
            lines += [f"Parameter Group {i}"]
            lines += [f"    {name}: {value}" for name, value in sorted(group.items()) if name != "params"]
        return "\n".join([*lines, ")"])


def _not_negative(value: Any) -> bool:
    return bool(value >= 0)


_RANGES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "lr": (_not_negative, "a number that is not negative"),
    "eps": (_not_negative, "a number that is not negative"),
    "momentum": (_not_negative, "a number that is not negative"),
    "weight_decay": (_not_negative, "a number that is not negative"),
    "betas": (lambda betas: all(0 <= beta < 1 for beta in betas), "two numbers from 0 up to but not including 1"),
}
"""What can be set for a group: which values it may have, and that in words."""


class _Repeated(NamedTuple):
    """One number everywhere, as a verb takes it."""

    storage: Storage
    layout: Layout


def write(out: Tensor, function: ScalarFunction, *operands: Tensor | float) -> Tensor:
    """``out[i] = function(a[i], b[i], ...)`` for every index; a number stands for itself at each.

    The function is compiled once however the numbers change, for they are operands too: one element each, which
    strides of 0 repeat.
    """
    backend, shape = out.backend, out.shape
    numbers = [operand for operand in operands if not isinstance(operand, Tensor)]
    row = backend.store(np.array(numbers, out.dtype))
    repeated = (_Repeated(row, Layout(shape, (0,) * len(shape), i)) for i in range(len(numbers)))
    given = [operand if isinstance(operand, Tensor) else next(repeated) for operand in operands]
    backend.zip(function, out, *given)
    out.written[0] = now()
    return out


# --- Gradient descent


class SGD(Optimizer):
    """Gradient descent: ``p ← p - lr · g``.

    With ``weight_decay`` λ, ``g + λ · p`` takes the place of ``g``. With ``momentum`` μ (and ``dampening`` τ)
    the steps follow ``b ← μ · b + (1 - τ) · g``, which starts as ``g``; with ``nesterov`` they follow
    ``g + μ · b`` instead (Sutskever et al. 2013, as PyTorch has it).

    >>> from minigrad import tensor
    >>> x = tensor([1.0, 2.0], requires_grad=True)
    >>> optimizer = SGD([x], lr=0.1)
    >>> (x * x).sum().backward()
    >>> optimizer.step()
    >>> x
    tensor([0.8, 1.6], requires_grad=True)
    """

    def __init__(
        self,
        params: Iterable[Tensor] | Iterable[Group],
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        if nesterov and (momentum <= 0 or dampening):
            raise MinigradError(
                f"Nesterov's rule needs a momentum and no dampening; momentum={momentum}, dampening={dampening}"
            )
        settings = {"lr": lr, "momentum": momentum, "dampening": dampening, "weight_decay": weight_decay}
        super().__init__(params, {**settings, "nesterov": nesterov, "maximize": maximize})

    def update(self, p: Tensor, grad: Tensor, group: Group, state: State) -> None:
        """One step; ``momentum_buffer`` is remembered."""
        momentum = group["momentum"]
        if group["weight_decay"]:
            grad = _decayed(p, grad, group["weight_decay"])
        if momentum:
            if "momentum_buffer" not in state:
                state["momentum_buffer"] = grad.clone()
            else:
                buffer = state["momentum_buffer"]
                write(buffer, _weighted_sum, buffer, momentum, grad, 1 - group["dampening"])
            buffer = state["momentum_buffer"]
            grad = write(p.new_empty(p.shape), _scaled_added, grad, buffer, momentum) if group["nesterov"] else buffer
        write(p, _scaled_added, p, grad, -group["lr"])


def _scaled_added(a: Any, b: Any, factor: Any) -> Any:
    return a + factor * b


def _weighted_sum(a: Any, of_a: Any, b: Any, of_b: Any) -> Any:
    return of_a * a + of_b * b


def _decayed(p: Tensor, grad: Tensor, weight_decay: float) -> Tensor:
    """The gradient of a loss to which half of ``weight_decay`` times the squares of the elements is added."""
    return write(p.new_empty(p.shape), _scaled_added, grad, p, weight_decay)


# --- Adam


class Adam(Optimizer):
    """Steps of about ``lr``, whatever the size of the gradients (Kingma and Ba 2015).

    With ``m ← β₁ · m + (1 - β₁) · g`` and ``v ← β₂ · v + (1 - β₂) · g²``, both 0 at first, step ``t`` is
    ``p ← p - lr · m̂ / (√v̂ + ε)`` where ``m̂ = m / (1 - β₁ᵗ)`` and ``v̂ = v / (1 - β₂ᵗ)`` make up for that start.
    With ``weight_decay`` λ, ``g + λ · p`` takes the place of ``g``.
    """

    decoupled = False

    def __init__(
        self,
        params: Iterable[Tensor] | Iterable[Group],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ) -> None:
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "maximize": maximize}
        super().__init__(params, settings)

    def update(self, p: Tensor, grad: Tensor, group: Group, state: State) -> None:
        """One step; ``step``, the number of steps, ``exp_avg``, which is m, and ``exp_avg_sq``, v, are remembered."""
        if not state:
            state.update(step=0, exp_avg=p.new_empty(p.shape).zero_(), exp_avg_sq=p.new_empty(p.shape).zero_())
        state["step"] += 1
        lr, decay, (beta1, beta2) = group["lr"], group["weight_decay"], group["betas"]
        if decay and not self.decoupled:
            grad = _decayed(p, grad, decay)
        m = write(state["exp_avg"], _mean_moved, state["exp_avg"], grad, 1 - beta1)
        v = write(state["exp_avg_sq"], _mean_square_moved, state["exp_avg_sq"], grad, beta2, 1 - beta2)
        size = lr / (1 - beta1 ** state["step"])
        root = math.sqrt(1 - beta2 ** state["step"])
        kept = 1 - lr * decay if self.decoupled else 1
        write(p, _adam_step, p, m, v, kept, size, root, group["eps"])


def _mean_moved(m: Any, g: Any, rate: Any) -> Any:
    return m + rate * (g - m)


def _mean_square_moved(v: Any, g: Any, beta: Any, rate: Any) -> Any:
    return beta * v + rate * g * g


def _adam_step(p: Any, m: Any, v: Any, kept: Any, size: Any, root: Any, eps: Any) -> Any:
    return kept * p - size * m / (math.sqrt(v) / root + eps)


class AdamW(Adam):
    """Adam, but weight decay makes the parameter itself smaller: ``p ← p · (1 - lr · λ)`` before each step.

    (Loshchilov and Hutter 2019.)
    """

    decoupled = True

    def __init__(
        self,
        params: Iterable[Tensor] | Iterable[Group],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(params, lr, betas, eps, weight_decay, maximize=maximize)
