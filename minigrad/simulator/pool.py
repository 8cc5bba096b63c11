"""Greenlets to run simulated threads on, kept from launch to launch.

Making a greenlet costs about twenty times as much as switching to one, so each operating-system thread keeps a pool of
idle ones. A greenlet that ended badly, or was left half-way through a kernel, is never used again: it is dropped, and
so comes to its end.
"""

from __future__ import annotations

import threading
from contextvars import copy_context
from typing import Any

from greenlet import getcurrent, greenlet

IDLE = object()
"""What a worker hands over when its kernel has ended."""


def _work() -> None:
    """Run kernels for ever: each switch to an idle worker brings a kernel and its arguments."""
    hub = getcurrent().parent
    assert hub is not None
    wait = hub.switch
    kernel, arguments = wait(IDLE)
    while True:
        kernel(*arguments)
        kernel, arguments = wait(IDLE)


class Pool(threading.local):
    """The idle workers of this operating-system thread."""

    def __init__(self) -> None:
        self._idle: list[greenlet] = []
        self._hub: Any = None

    def take(self, count: int) -> list[greenlet]:
        """``count`` idle workers whose parent is the current greenlet."""
        hub = getcurrent()
        if self._hub is not hub:  # a launch from inside another greenlet needs workers of its own
            self._idle, self._hub = [], hub
        while len(self._idle) < count:
            worker = greenlet(_work)
            worker.gr_context = copy_context()  # where NumPy keeps what to do about overflows
            worker.switch()  # up to the first wait for work
            self._idle.append(worker)
        taken = self._idle[len(self._idle) - count :]
        del self._idle[len(self._idle) - count :]
        return taken

    def give_back(self, workers: list[greenlet]) -> None:
        """Keep the workers for later; only those that have ended their kernel may be given back."""
        self._idle.extend(workers)


pool = Pool()
