"""A step in words: who did what, where, and at which line."""

from __future__ import annotations

from collections import Counter
from math import prod

from minigrad.draw.cells import counted
from minigrad.draw.cells import number as written
from minigrad.draw.replay import Doing, Replay
from minigrad.draw.run import Run
from minigrad.draw.slots import Look
from minigrad.draw.steps import Dim3, Step
from minigrad.simulator.faults import name_of_index, name_of_thread

_DONE = {"read": "reads", "write": "writes", "atomic": "updates"}

_COUNTED: dict[Doing, str] = {
    "at work": "at work",
    "running": "on the way",
    "waiting": "waiting at a barrier",
    "to come": "to come",
    "ended": "ended",
    "idle": "with nothing to do",
}


def told(replay: Replay, number: int) -> Look:
    """The caption of a step."""
    step = replay.steps[number]
    if step.kind == "start":
        return Look("mg-caption", _start(replay.run))
    if step.kind == "end":
        return Look("mg-caption", _end(replay))
    if step.error:
        return Look("mg-caption mg-bad", f"{step.error}{_at(replay.run, step.line)}")
    if step.kind == "fault":
        return Look("mg-caption mg-bad", _faults(replay.run, step))
    if step.kind == "barrier":
        if step.faults:
            return Look("mg-caption mg-bad", _faults(replay.run, step))
        return Look("mg-caption", _barrier(replay.run, step))
    happened = _begun(_access(replay.run, step))
    if step.faults:
        return Look("mg-caption mg-bad", f"{happened} — {_faults(replay.run, step, with_lines=False)}")
    return Look("mg-caption", happened)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _start(run: Run) -> str:
    empty = " and ".join(run.unwritten)
    holds = "holds" if len(run.unwritten) == 1 else "hold"
    return f"Before the launch: {run.launch}." + (f" {empty} {holds} nothing yet." if empty else "")


def _end(replay: Replay) -> str:
    run = replay.run
    if run.trace is None:
        return "The end: the kernel raised an error."
    if not run.trace.complete:
        return "The end: the launch was given up."
    wrong = [f"{counted(len(cells), 'cell')} of {name}" for name, cells in run.wrong.items() if cells]
    said = [f"{' and '.join(wrong)} differ{'s' if _is_one(run) else ''} from minigrad"] if wrong else []
    said += [counted(run.trace.fault_count, "fault")] if run.trace.fault_count else []
    said += [f"{name} is an input and was changed" for name, cells in run.spoilt.items() if cells]
    if said:
        return f"The end: {', '.join(said)}."
    outputs = " and ".join(run.expected)
    return f"The end: {outputs} as it should be." if outputs else "The end."


def _is_one(run: Run) -> bool:
    return sum(map(len, run.wrong.values())) == 1


def _at(run: Run, line: int | None) -> str:
    return "" if line is None or not run.source else f", line {line}"


def _faults(run: Run, step: Step, *, with_lines: bool = True) -> str:
    return "; ".join(
        f"{each.kind}: {each.message}{_at(run, each.line) if with_lines and ' line ' not in each.message else ''}"
        for each in step.faults
    )


def name(run: Run, block: Dim3 | None, thread: Dim3 | None) -> str:
    """``thread 3 of block 0``; of a kernel for the processor, ``iteration 3 of loop 1``."""
    if block is None or thread is None or run.trace is None:
        return "the launch"
    if run.loops:
        return f"iteration {thread[0]} of loop {block[0]}" if block[0] else "the kernel, outside its loops,"
    return name_of_thread(thread, block, run.trace.block, run.trace.grid)


def name_of_block(run: Run, block: Dim3) -> str:
    """``block 2 of 4``, or ``the loop``, one of several."""
    if run.loops:
        return f"parallel loop {block[0]}" if block[0] else "outside the loops"
    if run.trace is None:
        return "block 0"
    grid = run.trace.grid
    if prod(grid) == 1:
        return "block 0"
    return name_of_thread((0, 0, 0), block, run.trace.block, grid).partition(" of ")[2] + f", one of {prod(grid)}"


def _access(run: Run, step: Step) -> str:
    assert step.memory is not None and step.index is not None
    cell = name_of_index(step.memory.name or f"a {step.memory.space} array", step.index)
    value = f", now {written(step.value)}" if step.kind == "atomic" else f" = {written(step.value)}"
    return f"{name(run, step.block, step.thread)} {_DONE[step.kind]} {cell}{value}{_at(run, step.line)}"


def _barrier(run: Run, step: Step) -> str:
    assert step.block is not None
    if len(step.threads) == 1:
        thread = _begun(name(run, step.block, step.threads[0]))
        return f"{thread} meets nobody at the barrier{_at(run, step.line)}, and goes on"
    block = name_of_thread((0, 0, 0), step.block, *_shapes(run)).partition(" of ")[2]
    return f"{len(step.threads)} threads of {block} meet at the barrier{_at(run, step.line)}, and go on"


def _shapes(run: Run) -> tuple[Dim3, Dim3]:
    return (run.trace.block, run.trace.grid) if run.trace is not None else ((1, 1, 1), (1, 1, 1))


def summary(doing: tuple[Doing, ...]) -> str:
    """How many threads do what."""
    count = Counter(doing)
    return " · ".join(f"{count[each]} {words}" for each, words in _COUNTED.items() if count[each])
