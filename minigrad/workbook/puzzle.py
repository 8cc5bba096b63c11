"""The ``@puzzle`` decorator and what it makes of a learner's answer: of a kernel, a plain function, or a class."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

from minigrad.workbook.checks import spec_of
from minigrad.workbook.spec import FunctionSpec, KernelSpec, PuzzleSpec, Spec

if TYPE_CHECKING:
    from minigrad.draw.shown import Shown
    from minigrad.draw.stepper import Stepper
    from minigrad.workbook.display import Hint
    from minigrad.workbook.profile_table import ProfileTable
    from minigrad.workbook.verdict import Verdict


class Puzzle:
    """A learner's function together with what the workbook knows of it.

    It still is the function: it can be called, and any attribute that is not the puzzle's own is the function's, so a
    puzzle file pasted into a program runs as it stands. ``kernel`` is what stands below ``@puzzle``, ``function`` the
    Python function in it.
    """

    def __init__(self, spec: PuzzleSpec, kernel: Any) -> None:
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
        from minigrad.workbook.cells import is_cell

        file = inspect.getsourcefile(self.function)
        return Path(file) if file and Path(file).is_file() and not is_cell(file) else None

    def check(self) -> Verdict:
        """Run the checks. The same code always gets the same verdict, in a file and in a notebook."""
        from minigrad.workbook import cell_check, engine

        return cell_check.check(self) if cell_check.stands_in_a_cell(self) else engine.check(self)

    def show(self) -> Shown[Any]:
        """A picture: the smallest launch or call that goes wrong, or a typical one. In a notebook it has sliders."""
        from minigrad.draw import show
        from minigrad.workbook.cell_check import as_it_is_checked
        from minigrad.workbook.live import live

        seen = live(as_it_is_checked(self))
        return show(seen.run, seen.controls, seen.rerun)

    def step(self) -> Stepper:
        """The same launch to step through in a notebook, event by event.

        Raises :class:`~minigrad.workbook.live.NoThreads` for a plain function.
        """
        from minigrad.draw import step
        from minigrad.workbook.cell_check import as_it_is_checked
        from minigrad.workbook.live import live_threads

        seen = live_threads(as_it_is_checked(self))
        return step(seen.run, seen.controls, seen.rerun)

    def hint(self, number: int = 1) -> Hint:
        """The first, second or third hint: a string that a notebook shows with the way to the next."""
        from minigrad.workbook.display import Hint

        return Hint.of(self.spec, number)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.kernel(*arguments, **keywords)

    def __getattr__(self, name: str) -> Any:
        if name in ("kernel", "spec", "function"):  # not there yet, so do not look for it on itself
            raise AttributeError(name)
        return getattr(self.kernel, name)

    def __repr__(self) -> str:
        return f"<puzzle {self.number} · {self.name}>"


class KernelPuzzle(Puzzle):
    """A kernel, or a function that makes one: ``blocks[grid, block](...)`` launches it."""

    spec: KernelSpec

    def __getitem__(self, launch: Any) -> Any:
        return self.kernel[launch]

    def profile(self) -> ProfileTable:
        """What the kernel does at the puzzle's profile launch, line by line: a table."""
        from minigrad.workbook.profile_table import profile

        return profile(self)


class FunctionPuzzle(Puzzle):
    """A plain function, one of the functions that its puzzle asks for; of a method, ``owner`` is the class."""

    spec: FunctionSpec

    def __init__(self, spec: FunctionSpec, kernel: Any, owner: type | None = None) -> None:
        super().__init__(spec, kernel)
        self.owner = owner

    @property
    def functions(self) -> dict[str, FunctionPuzzle]:
        """The puzzle's functions by name, as far as they are there: those in one module belong together."""
        if len(self.spec.rules) == 1:
            return {self.spec.rules[0].name: self}
        names = getattr(self.function, "__globals__", {})
        typed = typed_answers(self.spec) if names.get("__name__") == _MAIN else ()  # a name may mean something else now
        around = (*typed, *names.values(), self)
        together = [each for each in around if isinstance(each, FunctionPuzzle) and each.spec is self.spec]
        there = {each.function.__name__: each for each in together}
        return {rule.name: there[rule.name] for rule in self.spec.rules if rule.name in there}


class ClassPuzzle(FunctionPuzzle):
    """A class that has the functions that its puzzle asks for as methods."""

    @property
    def path(self) -> Path | None:
        """The file that its methods were written in; None in a notebook."""
        return next((each.path for each in self.functions.values()), None)

    @property
    def functions(self) -> dict[str, FunctionPuzzle]:
        """The methods that the puzzle asks for, as far as they are there: the functions that they were written as."""
        found = {}
        for rule in self.spec.rules:
            method = inspect.getattr_static(self.kernel, rule.name, None)
            method = getattr(method, "__func__", method)  # of a static method
            if isinstance(method, FunctionType):
                found[rule.name] = FunctionPuzzle(self.spec, method, self.kernel)
        return found

    def marked(self) -> type:
        """The class itself, which can now be asked what any puzzle can: ``Value.check()``.

        It is no stand-in, since a program may say ``type(x) is Value`` or derive from it. Where it has an attribute of
        such a name, that one stays.
        """
        answer: type = self.kernel
        for name, asked in vars(Puzzle).items():
            if callable(asked) and not name.startswith("_") and not hasattr(answer, name):
                setattr(answer, name, getattr(self, name))
        setattr(answer, _MARK, self.spec)
        return answer


_MARK = "__puzzle__"
_MAIN = "__main__"

_typed: dict[tuple[str, str], Any] = {}
"""What a notebook's cells have marked, by puzzle and name, since another cell may give the name to something else."""


def typed_answers(spec: Spec) -> list[Puzzle]:
    """The answers to a puzzle that were typed into a notebook, the last one last."""
    found = (puzzle_of(value) for (name, _), value in _typed.items() if name == spec.name)
    return [each for each in found if each is not None]


def puzzle(name: str) -> Callable[[Any], Any]:
    """Mark a kernel, a function or a class as the answer to the puzzle called ``name``.

    It stands above ``@cuda.jit``, and above each function of a puzzle that asks for several. A class stays what it is,
    anything else becomes a :class:`Puzzle`. Raises :class:`KeyError`, naming the nearest puzzle, when there is no such
    name.
    """
    spec = spec_of(name)

    def decorate(answer: Any) -> Any:
        marked = _marked(spec, answer)
        named = getattr(answer, "py_func", answer)
        if getattr(named, "__module__", "") == _MAIN:
            key = (spec.name, getattr(named, "__name__", ""))
            _typed.pop(key, None)
            _typed[key] = marked
        return marked

    return decorate


def puzzle_of(value: Any) -> Puzzle | None:
    """The puzzle that a value in a learner's module is the answer to; None if it is not marked as one."""
    if isinstance(value, type):
        spec = vars(value).get(_MARK)
        return ClassPuzzle(spec, value) if spec is not None else None
    return value if isinstance(value, Puzzle) else None


def _marked(spec: Spec, answer: Any) -> Any:
    if not isinstance(spec, FunctionSpec):
        return KernelPuzzle(spec, answer)
    if spec.methods_of and isinstance(answer, type):
        return ClassPuzzle(spec, answer).marked()
    return FunctionPuzzle(spec, answer)
