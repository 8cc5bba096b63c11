"""What happens before what: the rules by which one thread's access is ordered before another's.

A race is two accesses that nothing orders. Order comes from the same thread; a block barrier; ``syncwarp`` among the
lanes of its mask; and a fence, then an atomic, then another thread's atomic on that cell. It is transitive.

Time is one counter that goes up at every such event. An access is known by its thread and its time. What a thread
knows is "everything that X did up to time t", where X is a thread, a warp or a block:

* of its own block, all up to the last barrier (``block.barrier``) and of its own warp all up to the last full
  ``syncwarp`` (``warp.sync``); these two cover nearly every kernel and cost nothing to keep;
* anything else stands in a dictionary, the thread's own (``thread.knows``) or, once a barrier has spread it, the
  block's (``block.knows``).

The classic form of this is a vector clock; here it is sparse, because on a GPU nearly all order comes from barriers.
"""

from __future__ import annotations

from minigrad.simulator.errors import Dim3

Knowledge = dict["Thread | Warp | Block", int]

WARP_SIZE = 32


class Block:
    """A block of the launch and how far its threads know each other's work."""

    __slots__ = ("barrier", "ended", "index", "knows", "linear", "threads", "warps")

    def __init__(self, index: Dim3, linear: int) -> None:
        self.index = index
        self.linear = linear
        self.barrier = -1
        self.knows: Knowledge = {}
        self.threads: list[Thread] = []
        self.warps: list[Warp] = []
        self.ended = 0


class Warp:
    """Up to 32 threads of a block that follow one another in x, then y, then z."""

    __slots__ = ("block", "number", "sync", "threads")

    def __init__(self, block: Block, number: int) -> None:
        self.block = block
        self.number = number
        self.sync = -1
        self.threads: list[Thread] = []


class Thread:
    """One thread of the launch. ``number`` counts within the block, x fastest; ``rank`` is its turn to run."""

    __slots__ = ("block", "ended", "fences", "index", "knows", "number", "rank", "slice", "turns", "warp")

    def __init__(self, block: Block, warp: Warp, index: Dim3, number: int, rank: int, slice: int) -> None:
        self.block = block
        self.warp = warp
        self.index = index
        self.number = number
        self.rank = rank
        self.knows: Knowledge | None = None
        self.fences: dict[bool, Knowledge] | None = None  # by scope: True for the device, False for the block
        self.turns = 0  # of its loops, so far
        self.slice = slice  # turns that it may do before it pauses for others
        self.ended = False

    @property
    def lane(self) -> int:
        """Its place in its warp."""
        return self.number % WARP_SIZE


def is_ordered(earlier: Thread, time: int, now: Thread) -> bool:
    """Whether what ``earlier`` did at ``time`` happens before what ``now`` does next."""
    if earlier is now:
        return True
    if earlier.block is now.block and time <= now.block.barrier:
        return True
    if earlier.warp is now.warp and time <= now.warp.sync:
        return True
    for known in (now.knows, now.block.knows):
        if known and (
            time <= known.get(earlier, -1)
            or time <= known.get(earlier.warp, -1)
            or time <= known.get(earlier.block, -1)
        ):
            return True
    return False


def merge(into: Knowledge, other: Knowledge) -> None:
    """Learn all that ``other`` says."""
    for who, time in other.items():
        if time > into.get(who, -1):
            into[who] = time


def all_that_is_known(thread: Thread, time: int) -> Knowledge:
    """Everything that ``thread`` knows at ``time``, its own work included, in a form that can be handed on."""
    knowledge: Knowledge = dict(thread.block.knows)
    if thread.knows:
        merge(knowledge, thread.knows)
    merge(knowledge, {thread: time, thread.warp: thread.warp.sync, thread.block: thread.block.barrier})
    return knowledge


def pass_barrier(block: Block, time: int) -> None:
    """All threads of the block have met: each knows what any of them did or knew."""
    block.barrier = time
    for thread in block.threads:
        if thread.knows:
            merge(block.knows, thread.knows)
            thread.knows = None


def pass_warp_barrier(lanes: list[Thread], time: int) -> None:
    """These lanes of one warp have met in a ``syncwarp``."""
    warp = lanes[0].warp
    if sum(not thread.ended for thread in warp.threads) == len(lanes):
        # Nobody is left out, so the warp's own clock says it; knowledge of others still has to be spread.
        warp.sync = time
        if not any(lane.knows for lane in lanes):
            return
        together: Knowledge = {}
    else:
        together = dict.fromkeys(lanes, time)
    for lane in lanes:
        if lane.knows:
            merge(together, lane.knows)
    for lane in lanes:
        lane.knows = dict(together)


def fence(thread: Thread, time: int, *, device: bool) -> None:
    """What the thread has done so far may be handed on by its next atomic, within the block or across the device."""
    known = all_that_is_known(thread, time)
    if thread.fences is None:
        thread.fences = {}
    thread.fences[False] = known
    if device:
        thread.fences[True] = known
