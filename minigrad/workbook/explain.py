"""What a learner reads when a check fails: which thread, which element, which line, on the smallest case."""

from __future__ import annotations

import linecache
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad.simulator import Fault, KernelError
from minigrad.workbook.cells import called
from minigrad.workbook.spec import Array, Case, Dims
from minigrad.workbook.trial import Difference, Trial

SHOWN_ELEMENTS = 12
"""Arrays up to this size are shown whole."""

SHOWN_CHARACTERS = 300
"""So much is shown of what a kernel's exception says."""


def describe_case(case: Case) -> str:
    """``size=9, TPB=8, 3 blocks of 8 threads``; where no blocks are launched, ``a_shape=(2, 3), reduce_dim=1``."""
    if not case.grid:
        return _describe_call(case)
    sizes = [f"{name}={value}" for name, value in case.sizes().items()]
    if not sizes:
        array = next(value for value in case.arguments.values() if isinstance(value, np.ndarray))
        sizes = [_count(array.size, "element")]
    sizes += [f"{name}={value}" for name, value in case.constants.items()]
    if case.scalar:
        sizes.insert(0, f"f={case.scalar}")
    order = {"forward": "", "reverse": ", last thread first"}.get(str(case.order), ", threads in mixed order")
    return f"{', '.join(sizes)}, {_dims(case.grid, 'block')} of {_dims(case.block, 'thread')}{order}"


def _describe_call(case: Case) -> str:
    """What stands for the sizes and the launch where a kernel is called: the shapes of its tensors."""
    said = [f"f={case.scalar}"] if case.scalar else []
    for name, value in case.arguments.items():
        if isinstance(value, int):
            said.append(f"{name}={value}")
        elif name.endswith("_shape"):
            said.append(f"{name}={tuple(map(int, value))}")
    order = {"forward": "", "reverse": ", last iteration first"}.get(str(case.order), ", iterations in mixed order")
    return ", ".join(said) + order


def wrong_result(trial: Trial, *, remark: bool = True) -> str:
    """Why ``correct`` failed; without the remark on the case where another check's message brings it."""
    if trial.error is not None:
        return _paragraphs([_raised(trial.error), _smallest(trial)], trial if remark else None)
    if trial.hangs:
        return "\n".join(["no result: the kernel does not come to its end", _smallest(trial)])
    first = trial.differences[0]
    lines = [_difference(first), _smallest(trial)]
    lines += _undefined(trial)
    lines += _arrays(trial, first.array)
    more = len(trial.differences) - 1
    if more:
        lines[0] += f", and {_count(more, 'more element')} {'is' if more == 1 else 'are'} wrong"
    return _paragraphs(lines, trial if remark else None)


def not_safe(trial: Trial) -> str:
    """Why ``safe`` failed."""
    if trial.faults:
        fault = trial.faults[0]
        lines = [f"{fault.kind}: {fault.message}", *_places(fault), _smallest(trial)]
    elif trial.changed_inputs:
        name, index = trial.changed_inputs[0]
        before, after = trial.case.arguments[name], trial.arguments[name]
        assert isinstance(before, np.ndarray)
        assert isinstance(after, np.ndarray)
        lines = [
            f"changed-input: {element(name, index)} was {number(before[index])} and is now {number(after[index])};"
            f" {name} is an input, only to be read",
            *_writer(trial, name, index),
            _smallest(trial),
        ]
    elif trial.written_input is not None:
        written = trial.written_input
        assert written.index is not None
        lines = [
            f"changed-input: {element(written.array, written.index)} is written, and put back;"
            f" {written.array} is an input, only to be read",
            *_writer(trial, written.array, written.index),
            _smallest(trial),
        ]
    elif trial.strays:
        name, index = trial.strays[0]
        lines = [f"stray-write: {element(name, index)} is no element of the tensor {name}, and was written"]
        lines.append(_smallest(trial))
    else:
        missing = [(name, index) for name, indices in trial.unwritten.items() for index in indices]
        name, index = missing[0]
        more = f", nor {_count(len(missing) - 1, 'other element')}" if len(missing) > 1 else ""
        who = "no thread" if trial.case.grid else "nobody"
        lines = [f"unwritten: {who} wrote {element(name, index)}{more}", _smallest(trial)]
    return _paragraphs(lines, trial)


def _writer(trial: Trial, array: str, index: tuple[int, ...]) -> list[str]:
    """Where an element was written, if the launch was recorded."""
    if trial.trace is None or not trial.trace.recorded:
        return []
    for event in trial.trace.accesses:
        if (event.array, event.index) == (array, index) and event.verb != "read":
            return [f"  {place(trial.file, event.line)}"]
    return []


def _undefined(trial: Trial) -> list[str]:
    """The first read of something undefined that is a fault only if it goes into a result."""
    notes = trial.trace.notes if trial.trace is not None else ()
    for note in notes:
        if note.kind == "missing-lane":
            return [f"  {note.message}: what it gets is undefined", f"    {place(note.file, note.line, note.source)}"]
    return []


def place(file: str, line: int | None, source: str | None = None) -> str:
    """``puzzle03_blocks.py:14    out[i] = a[i] + 10``, or "" where the line is not known."""
    if line is None:
        return ""
    return f"{called(file)}:{line}    {linecache.getline(file, line).strip() if source is None else source}".rstrip()


def element(name: str, index: Sequence[int]) -> str:
    """``out[2, 3]``."""
    return f"{name}[{', '.join(map(str, index))}]"


def number(value: Any) -> str:
    """A number as short as it can be said: ``14`` rather than ``14.0``."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, float | np.floating):
        text = f"{float(value):.6g}"
        return "0" if text == "-0" else text
    return str(value)


def _difference(difference: Difference) -> str:
    which = element(difference.array, difference.index)
    if difference.given is None:
        return f"wrong result: {which} was never written; expected {number(difference.expected)}"
    return f"wrong result: {which} is {number(difference.given)}, expected {number(difference.expected)}"


def _raised(error: KernelError) -> str:
    told = str(error)
    if len(told) > SHOWN_CHARACTERS:
        told = f"{told[:SHOWN_CHARACTERS]}…"
    return "\n  ".join(filter(None, [f"error: {told}", place(error.file, error.line)]))


def _places(fault: Fault) -> list[str]:
    places = [place(fault.file, fault.line, fault.source)]
    if fault.other is not None and fault.other.line not in (fault.line, None):
        places.append(place(fault.file, fault.other.line, fault.other.source))
    return [f"  {each}" for each in places if each]


def _smallest(trial: Trial) -> str:
    return f"  smallest case: {describe_case(trial.case)}"


def _arrays(trial: Trial, output: str) -> list[str]:
    """The inputs and the output as they are and as they should be, where they are small enough to read."""
    shown: list[tuple[str, Array]] = []
    for name, value in trial.case.arguments.items():
        if isinstance(value, np.ndarray) and name not in (*trial.spec.outputs, *trial.spec.scratch):
            shown.append((name, value))
    given = trial.arguments[output]
    assert isinstance(given, np.ndarray)
    if any(array.size > SHOWN_ELEMENTS for _, array in (*shown, (output, given))):
        return []
    rows = [(name, _list(array)) for name, array in shown]
    rows += [
        ("expected", _list(trial.expected[output])),
        (output, _list(given, set(trial.unwritten.get(output, ())))),
    ]
    width = max(len(name) for name, _ in rows)
    return [f"  {name.rjust(width)} = {text}" for name, text in rows]


def _list(array: Array, unwritten: set[tuple[int, ...]] | None = None, at: tuple[int, ...] = ()) -> str:
    if len(at) == array.ndim:
        return "?" if unwritten and at in unwritten else number(array[at])
    return "[" + ", ".join(_list(array, unwritten, (*at, i)) for i in range(array.shape[len(at)])) + "]"


def _paragraphs(lines: list[str], remarkable: Trial | None) -> str:
    remark = remarkable.spec.remark(remarkable.case) if remarkable is not None else ""
    return "\n".join(lines) + (f"\n\n{remark}" if remark else "")


def _dims(dims: Dims, thing: str) -> str:
    extents = list(dims)
    while len(extents) > 1 and extents[-1] == 1:
        extents.pop()
    if len(extents) == 1:
        return _count(extents[0], thing)
    return f"{' x '.join(map(str, extents))} {thing}s"


def _count(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
