"""What happens before what: the rules by which one thread's access is ordered before another's.

A race is two accesses that nothing orders. Order comes from the same thread; a block barrier; ``syncwarp`` among the
lanes of its mask; and a fence, then an atomic, then another thread's atomic on that cell. It is transitive, fences
included: an atomic hands on what was fenced by any fence that happens before it, one's own or, say, that of a thread
met at a barrier since. A thread that has ended counts as having arrived at whatever waits for it.

Atomics on one cell come one after another. So whoever comes after one of them, as the thread does that did it, comes
after all that were before it on that cell: the last of several blocks that count may set the counter back by a plain
write. Of other cells this says nothing.

Time is one counter that goes up at every such event. An access is known by its thread and its time. What a thread
knows is "everything that X did up to time t", where X is a thread, a warp or a block:

* of its own block, all up to the last barrier (``block.barrier``) and of its own warp all up to the last full
  ``syncwarp`` (``warp.sync``); these two cover nearly every kernel and cost nothing to keep;
* anything else stands in a dictionary, the thread's own (``thread.knows``) or, once a barrier has spread it, the
  block's (``block.knows``). No dictionary is changed once it stands here, only replaced, so that many may share one.

The classic form of this is a vector clock; here it is sparse, because on a GPU nearly all order comes from barriers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minigrad.simulator.access import THREAD_BITS_IN_BLOCK, Access, time_of, who_of
from minigrad.simulator.errors import Dim3

Knowledge = dict[int, int]
"""Up to which time all is known that a thread, a warp or a block did; see ``_thread_key`` and its like."""

Scope = int | None
"""How far a fence reaches: the number of a block, or None for the whole device."""

Fenced = dict[Scope, Knowledge]
"""What fences have made ready to be handed on, by their scope."""

WARP_SIZE = 32
_WARP_BITS = 5

NO_WAY = -1
"""The way (see ``paths``) of a thread that has not begun."""

_NOTHING: Any = {}


class Block:
    """A block of the launch and how far its threads know each other's work. ``number`` counts, x fastest."""

    __slots__ = ("barrier", "ended", "fenced", "index", "knows", "number", "threads", "warps")

    def __init__(self, index: Dim3, number: int) -> None:
        self.index = index
        self.number = number
        self.barrier = -1
        self.knows: Knowledge = _NOTHING
        self.fenced: Fenced = _NOTHING
        self.threads: list[Thread] = []
        self.warps: list[Warp] = []
        self.ended = 0


class Warp:
    """Up to 32 threads of a block that follow one another in x, then y, then z."""

    __slots__ = ("block", "number", "sync", "threads")

    def __init__(self, block: Block, number: int) -> None:
        self.block = block
        self.number = (block.number << THREAD_BITS_IN_BLOCK >> _WARP_BITS) + number  # in the launch
        self.sync = -1
        self.threads: list[Thread] = []


class Thread:
    """One thread of the launch.

    ``number`` counts within the block, x fastest, and ``who`` within the launch; ``rank`` is its turn to run.
    """

    __slots__ = ("block", "ended", "fenced", "index", "knows", "number", "rank", "slice", "turns", "warp", "way", "who")

    def __init__(self, block: Block, warp: Warp, index: Dim3, number: int, rank: int) -> None:
        self.block = block
        self.warp = warp
        self.index = index
        self.number = number
        self.who = (block.number << THREAD_BITS_IN_BLOCK) + number
        self.rank = rank
        self.knows: Knowledge = _NOTHING
        self.fenced: Fenced = _NOTHING
        self.turns = 0  # of its loops, so far
        self.slice = 0  # turns that it may do before it pauses for others
        self.ended = False
        self.way = NO_WAY

    @property
    def lane(self) -> int:
        """Its place in its warp."""
        return self.number % WARP_SIZE


def _thread_key(who: int) -> int:
    return who << 2


def _warp_key(who: int) -> int:
    return who >> _WARP_BITS << 2 | 1


def _block_key(who: int) -> int:
    return who >> THREAD_BITS_IN_BLOCK << 2 | 2


def is_ordered(earlier: Access, now: Thread) -> bool:
    """Whether this earlier access happens before what ``now`` does next."""
    who = who_of(earlier)
    if who == now.who:
        return True
    block, time = now.block, time_of(earlier)
    if who >> THREAD_BITS_IN_BLOCK == block.number and time <= block.barrier:
        return True
    if who >> _WARP_BITS == now.warp.number and time <= now.warp.sync:
        return True
    return any(
        time <= known.get(_thread_key(who), -1)
        or time <= known.get(_warp_key(who), -1)
        or time <= known.get(_block_key(who), -1)
        for known in (now.knows, block.knows)
        if known
    )


def _together(one: Knowledge, other: Knowledge) -> Knowledge:
    """All that either says."""
    if len(one) < len(other):
        one, other = other, one
    if not other or one is other:
        return one
    both = dict(one)
    for key, time in other.items():
        if time > both.get(key, -1):
            both[key] = time
    return both


def _fenced_together(all_of_them: Iterable[Fenced]) -> Fenced:
    fenced: Fenced = {}
    for each in all_of_them:
        for scope, known in each.items():
            fenced[scope] = _together(fenced.get(scope, {}), known)
    return fenced


def pass_barrier(block: Block, time: int) -> None:
    """All threads of the block have met, or ended: each knows what any of them did or knew."""
    block.barrier = time
    for thread in block.threads:
        if thread.knows:
            block.knows = _together(block.knows, thread.knows)
            thread.knows = _NOTHING
        if thread.fenced:
            block.fenced = _fenced_together((block.fenced, thread.fenced))
            thread.fenced = _NOTHING


def pass_warp_barrier(lanes: list[Thread], time: int) -> None:
    """These lanes of one warp, some of which may have ended, have met in a ``syncwarp``."""
    warp = lanes[0].warp
    known: Knowledge = {}
    if len(lanes) == len(warp.threads):
        # Nobody is left out, so the warp's own clock says it; knowledge of others still has to be spread.
        warp.sync = time
    else:
        known = {_thread_key(lane.who): time for lane in lanes}
    for lane in lanes:
        known = _together(known, lane.knows)
    fenced = _fenced_together(lane.fenced for lane in lanes)
    for lane in lanes:
        lane.knows = known
        lane.fenced = fenced


def fence(thread: Thread, time: int, *, device: bool) -> None:
    """What the thread has done and knows may be handed on by atomics, within the block or across the device."""
    block, warp, who = thread.block, thread.warp, thread.who
    own = {_thread_key(who): time}
    if warp.sync >= 0:
        own[_warp_key(who)] = warp.sync
    if block.barrier >= 0:
        own[_block_key(who)] = block.barrier
    # What others of the block have handed to it is in ``block.fenced`` already.
    known = _together(thread.knows, own)
    thread.fenced = {**thread.fenced, block.number: known}
    if device:
        thread.fenced[None] = known


def hand_on(released: Fenced, thread: Thread) -> Fenced:
    """The thread does an atomic on a cell that had ``released``: it learns of that, and adds what was fenced."""
    block = thread.block
    for scope in (None, block.number):
        found = released.get(scope, _NOTHING)
        thread.knows = _together(thread.knows, found)
        own = _together(thread.fenced.get(scope, _NOTHING), block.fenced.get(scope, _NOTHING))
        if found or own:
            both = _together(found, own)
            thread.fenced = {**thread.fenced, scope: both}
            released = {**released, scope: both}
    return released
