"""An access as one integer: when, who, where in the code, and what was done.

A launch may have to remember millions of them, so they have to be small. From the low end: two bits for what was done,
22 for the place in the code (see ``source.Places``), 41 for the thread (its block's number and ten bits for its own),
and the time (see ``order``) above.
"""

from __future__ import annotations

READ, WROTE, UPDATED, OTHER = range(4)

ACTIONS = ("read", "wrote", "updated", "")
"""The past tense of what was done."""

THREAD_BITS_IN_BLOCK = 10
"""A block has at most 1024 threads."""

PLACE_SHIFT = 2
WHO_SHIFT = PLACE_SHIFT + 22
TIME_SHIFT = WHO_SHIFT + 41
PLACE_MASK = (1 << 22) - 1
WHO_MASK = (1 << 41) - 1

Access = int


def pack(time: int, who: int, place: int, action: int) -> Access:
    """Put an access into one integer; ``who`` is a thread's number in the launch."""
    return time << TIME_SHIFT | who << WHO_SHIFT | place << PLACE_SHIFT | action


def time_of(access: Access) -> int:
    """When it was."""
    return access >> TIME_SHIFT


def who_of(access: Access) -> int:
    """Whose it was: the number of the block times 1024, plus the thread's number in it."""
    return access >> WHO_SHIFT & WHO_MASK


def where_of(access: Access) -> int:
    """Where in the code it was: what ``source.Places`` has made a number of."""
    return access >> PLACE_SHIFT & PLACE_MASK


def action_of(access: Access) -> str:
    """What was done, in the past tense."""
    return ACTIONS[access & 3]
