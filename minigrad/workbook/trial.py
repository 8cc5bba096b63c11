"""One case tried on checked memory, of a GPU or of the processor: the kernel's answer beside the reference's.

A :class:`Trial` says what differed; what that means to a learner stands in ``explain``.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from minigrad.simulator import Event, Fault, KernelError, Trace, launch, launch_parallel
from minigrad.workbook.spec import Array, Case, KernelSpec

LOOP_TURNS = 10_000
"""So many turns of its loops a thread may do, and some for each pair of elements: one thread may do all the work."""

TURNS_FOR_A_PAIR = 4

MOST_TURNS = 300_000
"""So many are done in a second or two, well within the limit of time."""

TIME_LIMIT = 20.0
"""Seconds for one launch: the backstop, after which there is no verdict."""

Index = tuple[int, ...]


@dataclass(frozen=True)
class Difference:
    """An element of an output that is not what the reference says; ``given`` is None if it was never written."""

    array: str
    index: Index
    expected: Any
    given: Any


@dataclass(frozen=True)
class Trial:
    """A case, and what came of it. ``trace`` is None where the kernel's own code raised ``error``.

    ``file`` is the file that the kernel stands in; ``names`` are what the kernel's own parameters are called in the
    case, which may be something else where the learner's function makes the kernel.
    """

    spec: KernelSpec
    case: Case
    arguments: Mapping[str, Array | int]
    trace: Trace | None
    error: KernelError | None = None
    file: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def expected(self) -> dict[str, Array]:
        """The reference's outputs."""
        return expected_outputs(self.spec, self.case)

    @property
    def ended(self) -> bool:
        """Whether the launch came to its end, so that its outputs can be judged."""
        return self.trace is not None and self.trace.complete

    @property
    def hangs(self) -> bool:
        """Whether the launch had to be given up."""
        return self.trace is not None and not self.trace.complete

    @property
    def size(self) -> tuple[int, int]:
        """How large the case is: its threads, then its elements."""
        elements = sum(getattr(value, "size", 0) for value in self.case.arguments.values())
        return self.case.threads, elements

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Every element that is not what it should be; none if the launch did not come to its end."""
        if self.trace is None or not self.trace.complete:
            return ()
        unwritten = {(name, index) for name, indices in self.unwritten.items() for index in indices}
        found: list[Difference] = []
        for name, expected in self.expected.items():
            given = self.arguments[name]
            assert isinstance(given, np.ndarray)
            differ = differing(given, expected, self.spec.tolerance)
            wrong = [index for index in differ if self.belongs(name, index)]
            for position in (*unwritten, *((name, index) for index in wrong if (name, index) not in unwritten)):
                if position[0] == name:
                    index = position[1]
                    value = None if position in unwritten else given[index]
                    found.append(Difference(name, index, expected[index], value))
        return tuple(sorted(found, key=lambda difference: (difference.array, difference.index)))

    @cached_property
    def unwritten(self) -> dict[str, tuple[Index, ...]]:
        """For each output that arrived holding nothing, the elements that still do."""
        if self.trace is None:
            return {}
        named = {self.names.get(name, name): each for name, each in self.trace.unwritten.items()}
        unwritten = {name: each for name, each in named.items() if name in self.spec.outputs}
        for name, belongs in self._elements.items():
            unwritten[name] = tuple(index for index in unwritten.get(name, ()) if belongs[index])
        return {name: each for name, each in unwritten.items() if each}

    def belongs(self, name: str, index: Index) -> bool:
        """Whether a cell of an output is an element of the tensor that lies there; if not, it is not to be judged."""
        return name not in self._elements or bool(self._elements[name][index])

    @cached_property
    def _elements(self) -> Mapping[str, Array]:
        return self.spec.elements(self.case) if self.spec.elements else {}

    @cached_property
    def strays(self) -> tuple[tuple[str, Index], ...]:
        """The cells that the kernel changed although they belong to no element of an output."""
        found: list[tuple[str, Index]] = []
        for name, belongs in self._elements.items():
            before, after = self.case.arguments[name], self.arguments[name]
            assert isinstance(before, np.ndarray) and isinstance(after, np.ndarray)
            untouched = (before == after) | ((before != before) & (after != after))
            found += [(name, tuple(map(int, index))) for index in np.argwhere(~untouched & ~belongs)]
        return tuple(found)

    @cached_property
    def changed_inputs(self) -> tuple[tuple[str, Index], ...]:
        """The elements of inputs that no longer hold what they held."""
        changed = []
        for name, before in self.case.arguments.items():
            after = self.arguments[name]
            if (
                name not in (*self.spec.outputs, *self.spec.scratch)
                and isinstance(before, np.ndarray)
                and isinstance(after, np.ndarray)
            ):
                changed += [(name, tuple(map(int, index))) for index in np.argwhere(before != after)]
        return tuple(changed)

    @cached_property
    def written_input(self) -> Event | None:
        """The first time that an input was written, even if only to put back what it held; None without a recording."""
        if self.trace is None or not self.trace.recorded:
            return None
        changing = {*self.spec.outputs, *self.spec.scratch}
        inputs = [name for name, argument in self.names.items() if argument not in changing]
        writes = (event for event in self.trace.accesses if event.verb != "read" and event.array in inputs)
        return next((event for event in writes if event.space == "global"), None)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was caught while it ran."""
        return self.trace.faults if self.trace is not None else ()

    @property
    def is_correct(self) -> bool:
        """Whether the launch came to its end and the outputs are the reference's."""
        return self.ended and not self.differences

    @property
    def is_safe(self) -> bool:
        """Whether no fault occurred, every output was written and no input was changed."""
        if self.trace is None:
            return True  # the kernel raised, and that counts against ``correct``
        return not (
            self.trace.fault_count or self.unwritten or self.changed_inputs or self.written_input or self.strays
        )


def try_case(spec: KernelSpec, kernel: Any, case: Case, *, record: bool = False, most_turns: int = MOST_TURNS) -> Trial:
    """Run ``kernel`` on a copy of the case's arguments. With fewer ``most_turns``, a loop counts as endless earlier."""
    arguments = fresh_arguments(case)
    code = inspect.unwrap(kernel).__code__
    names = dict(zip(code.co_varnames, arguments, strict=False))
    largest = max(value.size for value in arguments.values() if isinstance(value, np.ndarray))
    on_cpu = spec.target == "cpu"
    run, dims = (launch_parallel, ()) if on_cpu else (launch, (case.grid, case.block))
    try:
        trace = run(
            kernel,
            *dims,
            *arguments.values(),
            outputs=[position for position, name in enumerate(arguments) if name in spec.unwritten],
            order=case.order,
            record=record,
            loop_turns=min(LOOP_TURNS + TURNS_FOR_A_PAIR * largest**2, most_turns),
            time_limit=TIME_LIMIT,
        )
    except KernelError as error:
        return Trial(spec, case, arguments, None, error, code.co_filename, names)
    return Trial(spec, case, arguments, trace, None, code.co_filename, names)


def fresh_arguments(case: Case) -> dict[str, Array | int]:
    """The case's arguments, the arrays copied."""
    return {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in case.arguments.items()}


def expected_outputs(spec: KernelSpec, case: Case) -> dict[str, Array]:
    """What the reference makes of the case's inputs and, where it asks for them by name, of the launch."""
    import minigrad

    inputs: dict[str, Any] = {
        name: minigrad.tensor(value) if isinstance(value, np.ndarray) else value
        for name, value in case.arguments.items()
        if name not in (*spec.outputs, *spec.scratch)
    }
    if case.scalar:
        inputs["f"] = spec.scalars[case.scalar]
    asked = inspect.signature(spec.reference).parameters
    launch_says = {**case.constants, "blocks": prod(case.grid[:1])}
    inputs |= {name: value for name, value in launch_says.items() if name in asked}
    return {name: np.asarray(tensor) for name, tensor in spec.reference(**inputs).items()}


def differing(given: Array, expected: Array, tolerance: float | None) -> list[Index]:
    """The indices at which two arrays differ: exactly, or by more than ``tolerance`` times the expected size."""
    if tolerance is None:
        wrong = given != expected
    else:
        with np.errstate(all="ignore"):
            wrong = ~(np.abs(given - expected) <= tolerance * np.maximum(1.0, np.abs(expected))) & (given != expected)
    return [tuple(map(int, index)) for index in np.argwhere(wrong)]
