"""A backstop against code that never ends: it is stopped when its time is up.

Only a backstop: how long something takes depends on the machine, so what is stopped here is an error and
never a judgement. What a thread waits for inside the operating system (a sleep, a socket) can only be stopped
in the main thread, by the signal that Ctrl-C sends; elsewhere it is stopped as soon as it runs Python again.
"""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Callable

AGAIN = 0.5
"""Seconds after which code that survived being stopped is stopped once more."""


class _TimeIsUp(BaseException):
    """Put into the watched thread."""


def runs_within(seconds: float, action: Callable[[], None]) -> bool:
    """Run ``action`` in this thread; False if it had to be stopped. What it raises is raised."""
    watch = _Watch(seconds)
    try:
        try:
            watch.start()
            action()
        finally:
            watch.end()
    except (KeyboardInterrupt, _TimeIsUp):
        watch.end_for_sure()
        if not watch.fired:
            raise
    except BaseException:
        if not watch.fired:
            raise
    return not watch.fired


class _Arrived(BaseException):
    """Takes the place of a shot that has not arrived yet."""


def _arrive() -> None:
    """Let whatever is on its way to this thread arrive here.

    To take it back would leave the interpreter's flag up that something is on its way. Python 3.11 looks at that flag
    for ever when it next calls a function while tracing is on.
    """
    while True:
        try:
            own = ctypes.c_ulong(threading.get_ident())
            ctypes.pythonapi.PyThreadState_SetAsyncExc(own, ctypes.py_object(_Arrived))
            for _ in range(1000):  # it arrives at the first turn
                pass
        except _Arrived:
            return
        except (KeyboardInterrupt, _TimeIsUp):
            continue


class _Watch:
    """A thread that waits for another one to end in time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.fired = False
        self._watched = threading.get_ident()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._wait, name="minigrad-watchdog", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        with self._lock:  # so no shot is fired from here on
            self._ended.set()
            if self.fired:  # and one that has not arrived yet never does
                _arrive()

    def end_for_sure(self) -> None:
        """End although a last shot may arrive meanwhile."""
        while not self._ended.is_set():
            try:
                self.end()
            except (KeyboardInterrupt, _TimeIsUp):
                continue

    def _wait(self) -> None:
        wait = self.seconds
        while not self._ended.wait(wait):
            with self._lock:
                if not self._ended.is_set():
                    self.fired = True
                    self._shoot()
            wait = AGAIN

    def _shoot(self) -> None:
        in_main_thread = self._watched == threading.main_thread().ident
        usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if in_main_thread and usual and hasattr(signal, "pthread_kill"):
            signal.pthread_kill(self._watched, signal.SIGINT)
        else:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._watched), ctypes.py_object(_TimeIsUp))
