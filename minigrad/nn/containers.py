"""Modules that hold modules under the numbers 0, 1, 2, ...: a chain of them, and a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self, overload

from minigrad.errors import MinigradError
from minigrad.nn.module import Module


class _Numbered(Module):
    """Modules in order, as attributes whose names are numbers (or were given)."""

    def _held(self) -> dict[str, Module]:
        return {name: value for name, value in vars(self).items() if isinstance(value, Module)}

    def __len__(self) -> int:
        return len(self._held())

    def __iter__(self) -> Iterator[Module]:
        return iter(self._held().values())

    @overload
    def __getitem__(self, key: int) -> Module: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...
    def __getitem__(self, key: int | slice) -> Any:
        """One module, or those of a slice in a container of their own."""
        if isinstance(key, slice):
            part = type(self)()
            vars(part).update(list(self._held().items())[key])
            return part
        return list(self)[self._within(key)]

    def __setitem__(self, key: int, module: Module) -> None:
        setattr(self, list(self._held())[self._within(key)], _only_module(module))

    def _within(self, key: int) -> int:
        if not -len(self) <= key < len(self):
            raise IndexError(f"there is no module {key} in a {type(self).__name__} of {len(self)}")
        return key

    def append(self, module: Module) -> Self:
        """Put one more module at the end."""
        setattr(self, str(len(self)), _only_module(module))
        return self

    def extend(self, modules: Iterable[Module]) -> Self:
        """Put several more modules at the end."""
        for module in modules:
            self.append(module)
        return self


def _only_module(given: object) -> Module:
    if not isinstance(given, Module):
        raise MinigradError(f"a container of modules cannot hold a {type(given).__name__}")
    return given


class Sequential(_Numbered):
    """Modules one after another: each gets what the one before it made.

    They are given one by one, or as one dictionary with names.

    >>> from minigrad import nn, zeros
    >>> net = Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
    >>> net(zeros(5, 4)).shape
    (5, 2)
    >>> net
    Sequential(
      (0): Linear(in_features=4, out_features=8, bias=True)
      (1): ReLU()
      (2): Linear(in_features=8, out_features=2, bias=True)
    )
    """

    def __init__(self, *args: Any) -> None:
        if len(args) == 1 and isinstance(args[0], Mapping):
            for name, module in args[0].items():
                setattr(self, name, _only_module(module))
        else:
            self.extend(args)

    def forward(self, input: Any) -> Any:
        """What the last module makes of what the others made of the input."""
        for module in self:
            input = module(input)
        return input


class ModuleList(_Numbered):
    """A list of modules that a module can own. What they compute together, the owner says."""

    def __init__(self, modules: Iterable[Module] = ()) -> None:
        self.extend(modules)
