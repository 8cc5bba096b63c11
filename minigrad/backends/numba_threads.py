"""When work is shared out among threads: where there is enough of it, and where numba can.

numba's threads are of one of three kinds, its threading layers. The one that every installation has takes work from
one Python thread at a time, and ends the process when two bring it; OpenMP's ends a process that was forked from one
that used it. Where either might happen, the work is done by the thread that has it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any

from numba import get_num_threads
from numba.np.ufunc import parallel

ENOUGH = 1 << 15
"""How many elements are worth a thread."""

_layer: Any = parallel.threading_layer
_turn = threading.Lock()
_forked = False


def _note_fork() -> None:
    global _turn, _forked
    _turn = threading.Lock()
    try:
        _forked = bool(_layer())
    except ValueError:  # no threads were started yet, so this process may start its own
        _forked = False


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_note_fork)


def run(alone: Callable[..., Any], together: Callable[..., Any], elements: int, tasks: int, *given: Any) -> None:
    """Call ``together``, or ``alone`` where threads would not help, with ``given`` and how many tasks make a chunk."""
    threads = min(get_num_threads(), elements // ENOUGH, tasks) if elements >= 2 * ENOUGH else 1
    if threads > 1 and _turn.acquire(blocking=False):
        try:
            if not _forked:
                together(*given, -(-tasks // (4 * threads)))
                return
        finally:
            _turn.release()
    alone(*given, max(tasks, 1))
