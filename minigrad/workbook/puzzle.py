"""The ``@puzzle`` decorator and the object that it makes of a learner's function."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minigrad.workbook.checks import spec_of
from minigrad.workbook.spec import KernelSpec

if TYPE_CHECKING:
    from minigrad.workbook.verdict import Verdict


class Puzzle:
    """A learner's kernel together with what the workbook knows of it.

    It still is the kernel: ``blocks[grid, block](...)`` launches it and any attribute that is not the puzzle's own is
    the kernel's, so a puzzle file pasted into a program runs as it stands.
    """

    def __init__(self, spec: KernelSpec, kernel: Any) -> None:
        self.spec = spec
        self.kernel = kernel
        self.function: Callable[..., Any] = getattr(kernel, "py_func", kernel)

    @property
    def name(self) -> str:
        """What code calls the puzzle, for example ``blocks``."""
        return self.spec.name

    @property
    def number(self) -> int:
        """Its place in the reading order."""
        return self.spec.number

    @property
    def path(self) -> Path | None:
        """The file that the function was written in; None in a notebook."""
        file = inspect.getsourcefile(self.function)
        return Path(file) if file and Path(file).is_file() else None

    def check(self) -> Verdict:
        """Run the five checks. The same code always gets the same verdict."""
        from minigrad.workbook.engine import check

        return check(self)

    def hint(self, number: int = 1) -> str:
        """The first, second or third hint."""
        return self.spec.hints[number - 1]

    def __getitem__(self, launch: Any) -> Any:
        return self.kernel[launch]

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.kernel(*arguments, **keywords)

    def __getattr__(self, name: str) -> Any:
        if name in ("kernel", "spec", "function"):  # not there yet, so do not look for it on itself
            raise AttributeError(name)
        return getattr(self.kernel, name)

    def __repr__(self) -> str:
        return f"<puzzle {self.number} · {self.name}>"


def puzzle(name: str) -> Callable[[Any], Puzzle]:
    """Mark a kernel as the answer to the puzzle called ``name``.

    It stands above ``@cuda.jit``. Raises :class:`KeyError`, naming the nearest puzzle, when there is no such name.
    """
    spec = spec_of(name)

    def decorate(kernel: Any) -> Puzzle:
        return Puzzle(spec, kernel)

    return decorate
