"""The picture of a launch: arrays, the threads of each block, shared memory at each barrier, what differs.

Every block has a panel. In it time runs downwards: arrays that are read, the threads that read them, arrays that they
wrote, and so on from barrier to barrier. Reads are thin arrows, writes thick ones, atomics thick and dashed, what is
wrong is red. Below stand the outputs beside the reference's, what was caught, and what each thread did at most. Of a
large launch it shows what matters, or else the beginning, and says how much is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod

import numpy as np

from minigrad.draw.cells import Cell, cells, counted, number
from minigrad.draw.figure import EMPTY, Figure, column, flow, paragraph, row, text
from minigrad.draw.panel_planes import Planes
from minigrad.draw.panel_rows import Rows, lie_flat
from minigrad.draw.phases import Phase, phases_of
from minigrad.draw.picture import Picture
from minigrad.draw.run import Array, Index, Run
from minigrad.draw.steps import Dim3
from minigrad.simulator import Fault

WIDTH = 920.0
"""As wide as a picture gets, if its arrays let it."""

NARROWEST = 400.0
"""Words below a narrow picture are wrapped at this, so that it is not wider for them."""

BLOCKS = 6
"""So many blocks are shown at most, of large blocks fewer: about as many as have"""

THREADS = 100
"""so many threads together."""

FAULTS = 3
"""So many faults are written out."""


def launch_picture(run: Run) -> Picture:
    """What a launch did, in one picture."""
    blocks, outputs = _blocks(run), _outputs(run)
    width = min(WIDTH, max(NARROWEST, blocks.width, outputs.width))
    parts = [_head(run, width), blocks, outputs, _faults(run, width), _counters(run, width)]
    whole = column(*parts, paragraph(run.remark, width=width), gap=16)
    return Picture(whole, f"{run.title}: {run.launch}", describe(run))


def describe(run: Run) -> str:
    """The picture in words."""
    trace = run.trace
    if trace is None:
        return f"The kernel raised an error: {run.error}" if run.error else "The kernel did not run."
    verdict = standing(run)[0]
    faults = " ".join(fault.message + "." for fault in trace.faults[:FAULTS])
    return f"{verdict[0].upper()}{verdict[1:]}. {faults} {run.remark}".strip()


def standing(run: Run) -> tuple[str, str]:
    """How the run stands beside the reference, in words, and the class of their colour."""
    trace = run.trace
    if trace is None:
        return "the kernel raised an error", "mg-bad"
    if not trace.complete:
        return "the launch did not come to its end", "mg-bad"
    differing = sum(map(len, run.wrong.values()))
    found = [f"{counted(differing, 'cell')} {'differs' if differing == 1 else 'differ'} from minigrad"] * bool(
        differing
    )
    found += [counted(trace.fault_count, "fault")] * bool(trace.fault_count)
    found += [f"{name} is an input and was changed" for name, cells in run.spoilt.items() if cells]
    if found:
        return ", ".join(found), "mg-bad"
    return "agrees with minigrad", "mg-good"


def _head(run: Run, width: float) -> Figure:
    words, kind = standing(run)
    sign = "✓" if kind == "mg-good" else "✗"
    return column(
        row(text(run.title, "mg-strong", size=15), text(f"{sign} {words}", f"mg-strong {kind}", size=14), gap=28),
        paragraph(run.launch, "mg-soft", width=width),
        gap=2,
    )


def _blocks(run: Run) -> Figure:
    trace = run.trace
    if trace is None:
        return column(*(_array(run, name) for name, value in run.before.items() if isinstance(value, np.ndarray)))
    blocks = phases_of(run, trace)
    shown = _shown_blocks(run, blocks)
    panels = []
    for block in shown:
        panel = Rows if lie_flat(blocks[block], trace.block) else Planes
        panels.append(panel(run, block, blocks[block], trace.block, alone=prod(trace.grid) == 1).figure())
    figure = flow(panels, WIDTH) if panels else text("No thread touched anything.")
    if not panels:
        return column(
            figure, *(_array(run, name) for name, value in run.before.items() if isinstance(value, np.ndarray))
        )
    left_out = prod(trace.grid) - len(shown)
    if not left_out:
        return figure
    quiet = prod(trace.grid) - len(blocks)
    what = "another block" if left_out == 1 else f"{left_out} other blocks"
    idle = (
        "" if not quiet else ", which touched nothing" if quiet == left_out else f", {quiet} of which touched nothing"
    )
    loops = what.replace("block", "loop") if run.loops else what
    return column(figure, text(f"Not shown: {loops}{idle}.", "mg-soft", size=12), gap=6)


def _shown_blocks(run: Run, blocks: Mapping[Dim3, list[Phase]]) -> list[Dim3]:
    """The blocks where something is wrong, then the first ones; in order."""
    wrong = {(name, index) for name, indices in run.wrong.items() for index in indices}

    def weight(block: Dim3) -> int:
        phases = blocks[block]
        if any(phase.faults for phase in phases):
            return 0
        touched = ((touch.array, touch.index) for phase in phases for touch in phase.touches if touch.verb != "read")
        return 1 if any(each in wrong for each in touched) else 2

    threads = prod(run.trace.block) if run.trace is not None else 1
    most = min(BLOCKS, max(2, THREADS // threads))
    shown = sorted(blocks, key=weight)[:most]
    return [block for block in blocks if block in shown]


def _array(run: Run, name: str) -> Figure:
    value = run.before[name]
    assert isinstance(value, np.ndarray)
    unknown = name in run.unwritten
    return cells(name, value.shape, lambda index: _plain(None if unknown else value[index]))


def _plain(value: object) -> Cell:
    return Cell(number(value), "mg-unwritten" if value is None else "")


def _outputs(run: Run) -> Figure:
    """Each output, beside the reference where they differ."""
    trace = run.trace
    if trace is None or not trace.complete:
        return EMPTY
    outputs = [_output(run, name, expected) for name, expected in run.expected.items()]
    return column(*outputs, *(_spoilt(run, name, cells) for name, cells in run.spoilt.items() if cells), gap=10)


def _spoilt(run: Run, name: str, spoilt: Sequence[Index]) -> Figure:
    """An input that was written: before and afterwards."""
    before, after = run.before[name], run.after[name]
    assert isinstance(before, np.ndarray) and isinstance(after, np.ndarray)

    def look(values: Array, kind: str) -> Callable[[Index], Cell]:
        return lambda index: Cell(number(values[index]), kind if index in spoilt else "mg-faint")

    caption = text(f"{name} is an input, and was written", "mg-soft")
    first = cells(name, before.shape, look(before, ""), label="before", focus=spoilt)
    then = cells(
        name,
        after.shape,
        look(after, "mg-wrong"),
        label="afterwards",
        focus=spoilt,
        indices="none" if after.ndim < 2 else "above",
    )
    return column(caption, _lined_up(first, then, before.ndim), gap=4)


def _output(run: Run, name: str, expected: Array) -> Figure:
    trace, given = run.trace, run.after[name]
    assert trace is not None and isinstance(given, np.ndarray)
    wrong = set(run.wrong.get(name, ()))
    unwritten = set(trace.unwritten.get(name, ()))

    def yours(index: Index) -> Cell:
        value = None if index in unwritten else given[index]
        kind = "mg-wrong" if index in wrong else "mg-unwritten" if value is None else ""
        return Cell(number(value), kind, tip=f"{name}{list(index)}: expected {number(expected[index])}")

    def reference(index: Index) -> Cell:
        return Cell(number(expected[index]), "" if index in wrong else "mg-faint")

    focus = sorted(wrong)[:4]
    mine = cells(name, given.shape, yours, label="yours" if wrong else name, focus=focus)
    if not wrong:
        return (
            EMPTY if given.ndim < 2 and given.size <= 1 else column(text(f"{name} afterwards", "mg-soft"), mine, gap=4)
        )
    theirs = cells(
        name, expected.shape, reference, label="minigrad", focus=focus, indices="none" if given.ndim < 2 else "above"
    )
    together = _lined_up(mine, theirs, given.ndim)
    caption = text(f"{name} afterwards, and what it should be", "mg-soft")
    strip = _overview(given.shape, wrong)
    return column(caption, together, strip, gap=4)


def _lined_up(mine: Figure, theirs: Figure, dims: int) -> Figure:
    if dims >= 2:
        return flow([mine, theirs], WIDTH, gap=32)
    width = max(mine.width, theirs.width)
    return column(mine.moved(width - mine.width, 0), theirs.moved(width - theirs.width, 0), gap=3)


def _overview(shape: Index, wrong: set[Index]) -> Figure:
    """Where in a large output the wrong cells lie: one strip for the whole of it."""
    size = prod(shape)
    if size <= 24 or not wrong:
        return EMPTY
    import drawsvg

    pieces = min(size, 256)
    width = WIDTH * 0.6 / pieces
    flat = np.zeros(size, bool)
    flat[[int(np.ravel_multi_index(index, shape)) for index in wrong]] = True
    marks = [drawsvg.Rectangle(0.5, 0.5, round(pieces * width), 11, class_="mg-frame")]
    for piece in range(pieces):
        part = flat[piece * size // pieces : (piece + 1) * size // pieces]
        if part.any():
            marks.append(
                drawsvg.Rectangle(round(piece * width, 1), 1, round(max(width, 1.5), 1), 10, class_="mg-mark-wrong")
            )
    caption = text(f"all {size} cells: {len(wrong)} differ", "mg-soft", size=11)
    return row(Figure(pieces * width + 1, 12, tuple(marks)), caption, gap=10)


def _faults(run: Run, width: float) -> Figure:
    trace = run.trace
    if trace is None:
        where = f"line {run.error_line}" if run.error_line else ""
        return column(paragraph(f"✗ {run.error}", "mg-bad", width=width), text(where, "mg-soft"), gap=2)
    told = [_fault(fault, width) for fault in trace.faults[:FAULTS]]
    more = trace.fault_count - len(told)
    told += [text(f"and {counted(more, 'more fault')}", "mg-soft")] * (more > 0)
    return column(*told, gap=6)


def _fault(fault: Fault, width: float) -> Figure:
    words = paragraph(f"✗ {fault.kind}: {fault.message}", "mg-bad", width=width)
    where = (
        text(f"    line {fault.line}    {fault.source.strip()}", "mg-mono mg-soft", size=12) if fault.line else EMPTY
    )
    return column(words, where, gap=0)


def _counters(run: Run, width: float) -> Figure:
    """What the busiest thread did, and the whole launch."""
    trace = run.trace
    if trace is None or not trace.recorded:
        return EMPTY
    counters = trace.counters

    def most(counts: Array) -> int:
        return int(counts.max(initial=0))

    each = [
        counted(most(counters.global_reads), "read"),
        counted(most(counters.global_writes), "write"),
    ]
    shared = most(counters.shared_reads), most(counters.shared_writes)
    atomics = most(counters.global_atomics) + most(counters.shared_atomics)
    each += [f"{counted(shared[0], 'read')} and {counted(shared[1], 'write')} of shared memory"] * bool(sum(shared))
    each += [counted(atomics, "atomic")] * bool(atomics)
    each += [counted(most(counters.barriers), "barrier")] * bool(most(counters.barriers))
    who = "iteration" if run.loops else "thread"
    words = [f"busiest {who}: {', '.join(each)}"]
    if not run.loops:
        words += [f"whole launch: {counted(counters.sectors, 'sector')} of 32 bytes"]
        words += [counted(counters.bank_conflicts, "bank conflict")] * bool(counters.bank_conflicts)
        parted = counters.divergent_branches
        words += [counted(parted, "divergent branch", "divergent branches")] * bool(parted)
    return paragraph(" · ".join(words), "mg-soft", width=width, size=12)
