"""Module: a part of a network, which owns parameters and other modules.

There is no registration. A parameter or module belongs to the module that has it as an attribute, under the
attribute's name, in the order in which the attributes were set. (So an ``__init__`` of yours works whether or not
it calls ``super().__init__()``.) What is in a list is not seen; put it into a ``ModuleList``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Self

from minigrad import dtypes
from minigrad.autodiff import no_grad, now
from minigrad.errors import MinigradError
from minigrad.tensor import Tensor, as_backend, tensor


class Parameter(Tensor):
    """A tensor that a module owns and an optimiser changes; it shares the memory of ``data``.

    >>> from minigrad import zeros
    >>> Parameter(zeros(2)).requires_grad
    True
    """

    def __init__(self, data: Tensor, requires_grad: bool = True) -> None:
        if not isinstance(data, Tensor):
            raise MinigradError(f"a Parameter is made of a tensor, not of {type(data).__name__}; make one with tensor")
        super().__init__(data.storage, data.layout, data.backend, data.written, data.form)
        self.requires_grad_(requires_grad)

    def __deepcopy__(self, memo: dict[int, Any]) -> Parameter:
        memo[id(self)] = copied = Parameter(self.detach().clone(), self.requires_grad)
        copied.grad = None if self.grad is None else self.grad.detach().clone()
        return copied

    def __repr__(self) -> str:
        return f"Parameter containing:\n{super().__repr__()}"


class IncompatibleKeys(NamedTuple):
    """What ``load_state_dict`` did not find in the state, and what in the state it had no place for."""

    missing_keys: list[str]
    unexpected_keys: list[str]


class Module:
    """A part of a network. Derive from it, set parameters and modules as attributes, and define ``forward``.

    >>> from minigrad import nn, zeros
    >>> class Twice(nn.Module):
    ...     def __init__(self, size):
    ...         self.linear = nn.Linear(size, size)
    ...     def forward(self, x):
    ...         return self.linear(self.linear(x))
    >>> twice = Twice(3)
    >>> twice(zeros(5, 3)).shape
    (5, 3)
    >>> [name for name, parameter in twice.named_parameters()]
    ['linear.weight', 'linear.bias']
    """

    training = True
    """Whether the module is being trained, which matters to ``Dropout``; ``train`` and ``eval`` set it."""

    def _without_forward(self, *args: Any, **kwargs: Any) -> Any:
        raise MinigradError(f"{type(self).__name__} has no forward; define one, it says what the module computes")

    forward: Callable[..., Any] = _without_forward
    """What the module computes; for modules of yours to define."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.forward(*args, **kwargs)

    # --- What belongs to it

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """The modules that are attributes, each once, with their names."""
        seen = set()
        for name, value in vars(self).items():
            if isinstance(value, Module) and value not in seen:
                seen.add(value)
                yield name, value

    def children(self) -> Iterator[Module]:
        """The modules that are attributes."""
        return (child for _, child in self.named_children())

    def named_modules(self) -> Iterator[tuple[str, Module]]:
        """This module, named "", and all below it, each once, with their paths."""
        return self._named_modules("", set())

    def _named_modules(self, path: str, seen: set[Module] | None) -> Iterator[tuple[str, Module]]:
        """``seen`` collects the modules that came already; None where each is to come at every path that it has."""
        if seen is not None:
            if self in seen:
                return
            seen.add(self)
        yield path, self
        for name, child in vars(self).items():
            if isinstance(child, Module):
                yield from child._named_modules(f"{path}.{name}" if path else name, seen)

    def modules(self) -> Iterator[Module]:
        """This module and all below it, each once."""
        return (module for _, module in self.named_modules())

    def named_parameters(self, recurse: bool = True) -> Iterator[tuple[str, Parameter]]:
        """The parameters of this module, and unless told otherwise of all below it, each once, with their paths."""
        modules = self.named_modules() if recurse else iter([("", self)])
        return _each_once(modules, lambda module: _parameters_of(module))

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """The parameters, each once: what an optimiser takes."""
        return (parameter for _, parameter in self.named_parameters(recurse))

    _buffer_names: tuple[str, ...] = ()

    def register_buffer(self, name: str, tensor: Tensor) -> None:
        """Keep a tensor that is not trained, but is part of the state and moves with the module."""
        setattr(self, name, tensor)
        self._buffer_names = (*self._buffer_names, name)

    def named_buffers(self, recurse: bool = True) -> Iterator[tuple[str, Tensor]]:
        """The buffers of this module, and unless told otherwise of all below it, each once, with their paths."""
        modules = self.named_modules() if recurse else iter([("", self)])
        return _each_once(modules, lambda module: _buffers_of(module))

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        """The buffers, each once."""
        return (buffer for _, buffer in self.named_buffers(recurse))

    # --- What is done to all of it

    def apply(self, fn: Callable[[Module], Any]) -> Self:
        """Call ``fn`` with every module, the innermost first."""
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def train(self, mode: bool = True) -> Self:
        """Behave as in training: ``Dropout`` drops."""
        for module in self.modules():
            module.training = mode
        return self

    def eval(self) -> Self:
        """Behave as after training: ``Dropout`` does nothing."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Let gradients flow to all parameters, or stop them."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients of all parameters, or make them zeros."""
        for parameter in self.parameters():
            if parameter.grad is not None:
                parameter.grad = None if set_to_none else parameter.grad.detach().zero_()

    def to(self, target: Any) -> Self:
        """Convert all parameters and buffers of floats to a dtype, or move all to a backend by its name.

        The parameters stay the same objects, so an optimiser that has them goes on with them.
        """
        backend = as_backend(target)
        if backend is None and dtypes.as_dtype(target).kind != "f":
            raise MinigradError(f"a module is converted to a dtype of floats, not to {target}")
        with no_grad():
            for held in [*self.parameters(), *self.buffers()]:
                if backend is not None or held.is_floating_point():
                    _become(held, held.detach().to(target))
                    held.grad = None if held.grad is None else held.grad.to(target)
        return self

    def float(self) -> Self:
        """``to(float32)``."""
        return self.to(dtypes.float32)

    def double(self) -> Self:
        """``to(float64)``."""
        return self.to(dtypes.float64)

    # --- Its state

    def state_dict(self) -> dict[str, Tensor]:
        """All parameters and buffers by their paths; they share the module's memory, and have no history."""
        return {
            f"{path}.{name}" if path else name: held.detach()
            for path, module in self._named_modules("", None)
            for name, held in [*_parameters_of(module), *_buffers_of(module)]
        }

    def load_state_dict(self, state_dict: Mapping[str, Any], strict: bool = True) -> IncompatibleKeys:
        """Copy tensors (or NumPy arrays) into the parameters and buffers of the same paths.

        If one has another shape, or if ``strict`` and the paths are not just those of :meth:`state_dict`, that is
        an error, and nothing is copied.
        """
        own = self.state_dict()
        given = {name: value if isinstance(value, Tensor) else tensor(value) for name, value in state_dict.items()}
        missing = [name for name in own if name not in given]
        unexpected = [name for name in given if name not in own]
        wrong = [
            f"{name} has shape {given[name].shape}, and belongs into shape {held.shape}"
            for name, held in own.items()
            if name in given and given[name].shape != held.shape
        ]
        if strict:
            wrong += [f"{name} is missing" for name in missing]
            wrong += [f"{name} has no place" for name in unexpected]
        if wrong:
            raise MinigradError(f"this state does not fit {type(self).__name__}:\n  " + "\n  ".join(wrong))
        with no_grad():
            for name, held in own.items():
                if name in given:
                    held.copy_(given[name].detach().to(held.backend))
        return IncompatibleKeys(missing, unexpected)

    # --- How it is shown

    def extra_repr(self) -> str:
        """What is shown between the parentheses; for modules of yours to define."""
        return ""

    def __repr__(self) -> str:
        lines = [f"({name}): " + repr(child).replace("\n", "\n  ") for name, child in self.named_children()]
        if not lines:
            return f"{type(self).__name__}({self.extra_repr()})"
        return f"{type(self).__name__}(\n  " + "\n  ".join(filter(None, [self.extra_repr(), *lines])) + "\n)"


def _parameters_of(module: Module) -> list[tuple[str, Parameter]]:
    return [(name, value) for name, value in vars(module).items() if isinstance(value, Parameter)]


def _buffers_of(module: Module) -> list[tuple[str, Tensor]]:
    return [(name, getattr(module, name)) for name in module._buffer_names]


def _each_once(
    modules: Iterator[tuple[str, Module]], contents: Callable[[Module], list[tuple[str, Any]]]
) -> Iterator[tuple[str, Any]]:
    """What the modules contain, with paths; what is there under several names comes under the first."""
    seen = set()
    for path, module in modules:
        for name, held in contents(module):
            if held not in seen:
                seen.add(held)
                yield f"{path}.{name}" if path else name, held


def _become(held: Tensor, moved: Tensor) -> None:
    """Let a tensor be what it was converted or moved to, and date the change, so that an old history notices."""
    if moved.storage is not held.storage:
        held.turn_into(moved, now())
