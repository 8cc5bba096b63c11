"""What happened in a run, as steps: accesses, meetings at a barrier, and faults, in order, with a start and an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from minigrad.draw.run import Index, Run
from minigrad.simulator import Event, Fault, Trace

Dim3: TypeAlias = tuple[int, int, int]
Kind = Literal["start", "read", "write", "atomic", "barrier", "fault", "end"]


class Memory(NamedTuple):
    """An array of one run: a global one, a block's shared one, or a thread's local one."""

    space: str
    name: str
    block: Dim3 | None = None
    thread: Dim3 | None = None


@dataclass(frozen=True)
class Step:
    """One thing that happened.

    ``events`` counts the trace's events up to and with this one. ``threads`` are those that met at a barrier, in the
    order in which they came; for anything else, the one thread that did it, if any. ``memory``, ``index`` and ``value``
    are what an access touched; a fault may have the first two. ``error`` is what the kernel's own code raised.
    """

    kind: Kind
    events: int
    block: Dim3 | None = None
    threads: tuple[Dim3, ...] = ()
    memory: Memory | None = None
    index: Index | None = None
    value: Any = None
    line: int | None = None
    faults: tuple[Fault, ...] = ()
    error: str = ""

    @property
    def thread(self) -> Dim3 | None:
        """The thread that did it, where it was one."""
        return self.threads[0] if len(self.threads) == 1 and self.kind != "barrier" else None

    @property
    def is_faulty(self) -> bool:
        """Whether something went wrong."""
        return bool(self.faults or self.error)


def steps_of(run: Run) -> Iterator[Step]:
    """The steps of a run, one after another."""
    trace = run.trace
    yield Step("start", 0)
    count = 0
    if trace is not None:
        yield from _what_happened(trace, run)
        count = len(trace.events) if trace.recorded else 0
    if run.error:
        yield Step("fault", count, line=run.error_line, error=run.error)
    yield Step("end", count)


def _what_happened(trace: Trace, run: Run) -> Iterator[Step]:
    events = trace.events if trace.recorded else ()
    spaces = dict.fromkeys(run.shapes, "shared") | {event.array: event.space for event in events}
    spaces |= dict.fromkeys(run.before, "global")
    found: dict[int, list[Fault]] = {}
    for fault, at in zip(trace.faults, trace.fault_events, strict=False):
        found.setdefault(min(at, len(events)), []).append(fault)
    at = 0
    while at < len(events):
        event = events[at]
        here = found.get(at, [])
        own = tuple(fault for fault in here if _is_about(fault, event))
        yield from (_fault(fault, at, spaces) for fault in here if fault not in own)
        if event.verb == "barrier":
            together = at + 1
            while together < len(events) and _meet(event, events[together]):
                together += 1
            threads = tuple(each.thread for each in events[at:together])
            yield Step("barrier", together, event.block, threads, line=event.line, faults=own)
            at = together
            continue
        at += 1
        memory = _memory(event)
        kind: Any = event.verb
        yield Step(kind, at, event.block, (event.thread,), memory, event.index, event.value, event.line, own)
    yield from (_fault(fault, at, spaces) for fault in found.get(at, []))


def _meet(one: Event, other: Event) -> bool:
    return other.verb == "barrier" and other.block == one.block and other.interval == one.interval


def _memory(event: Event) -> Memory:
    return _memory_of(event.space, event.array, event.block, event.thread)


def _memory_of(space: str, name: str, block: Dim3 | None, thread: Dim3 | None) -> Memory:
    return Memory(space, name, block if space in ("shared", "local") else None, thread if space == "local" else None)


def _is_about(fault: Fault, event: Event) -> bool:
    """Whether this access, or this arrival at a barrier, is itself what the fault says of its thread."""
    if (fault.block, fault.thread) != (event.block, event.thread):
        return False
    if event.verb == "barrier":
        return fault.kind == "divergent-barrier"
    return fault.kind != "out-of-bounds" and (fault.array, fault.index) == (event.array, event.index)


def _fault(fault: Fault, events: int, spaces: Mapping[str, str]) -> Step:
    threads = () if fault.thread is None else (fault.thread,)
    memory = None
    if fault.array and fault.index is not None:
        memory = _memory_of(spaces.get(fault.array, "shared"), fault.array, fault.block, fault.thread)
    return Step("fault", events, fault.block, threads, memory, fault.index, line=fault.line, faults=(fault,))
