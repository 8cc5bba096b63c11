"""The ``compiles`` check: does numba's CUDA compiler accept a kernel? No GPU is needed.

numba can have its CUDA compiler or its simulator in one process, not both, so the compiler runs in a process of
its own (``frontend_worker``). That takes about a second to get going: start it early, submit, and fetch late.

>>> source = "from numba import cuda\\n@cuda.jit\\ndef k(out):\\n    out[cuda.grid(1)] = 1\\n"
>>> with FrontEnd() as compiler:
...     compiler.submit(Request(source, "k.py", "k", {"out": "float32[:]"})).result().status
'passed'
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from minigrad.workbook.another_python import AnotherPython, search_path

PATIENCE = 60.0
"""Seconds that one kernel may take, the start of the process included, before the check is given up."""


@dataclass(frozen=True)
class Request:
    """A kernel to compile.

    ``source`` is the module that it stands in and ``filename`` where that is from; the file need not exist (a
    notebook's cell). ``function`` is the puzzle's name, or the kernel's in the module. ``signature`` maps the
    parameters, in order, to numba's names of their types, such as ``"float32[:]"`` or ``"int64"``; arrays are taken
    to be contiguous, as they are when the workbook launches a kernel. ``constants`` are other values for constants
    of the module. Where the puzzle's function makes the kernel, ``scalar`` is the name of the scalar function that it
    is given, and ``makes`` is True. ``before`` are sources and their file names that are run first: what a
    notebook's cell needs from others.
    """

    source: str
    filename: str
    function: str
    signature: Mapping[str, str]
    constants: Mapping[str, int] = field(default_factory=dict)
    scalar: str = ""
    makes: bool = False
    before: Sequence[tuple[str, str]] = ()

    def to_json(self) -> dict[str, Any]:
        """What the compiling process gets."""
        return {
            "source": self.source,
            "filename": self.filename,
            "function": self.function,
            "signature": dict(self.signature),
            "constants": dict(self.constants),
            "scalar": self.scalar,
            "makes": self.makes,
            "before": self.before,
            "path": search_path(),
        }


@dataclass(frozen=True)
class Report:
    """What the compiler said.

    ``message`` is one paragraph: why the kernel failed, why it was skipped, or what a pass leaves open. ``line`` is
    the line of the source that a failure is about, if it is known.
    """

    status: Literal["passed", "failed", "skipped"]
    message: str = ""
    line: int | None = None


class Pending:
    """A report that may still be on its way."""

    def __init__(self, front_end: FrontEnd, request: Request) -> None:
        self.request = request
        self._front_end = front_end
        self._settled = threading.Event()
        self._report = Report("skipped")

    def done(self) -> bool:
        """Whether the report is there."""
        return self._settled.is_set()

    def result(self, timeout: float = PATIENCE) -> Report:
        """Wait for the report. A compilation that takes more than ``timeout`` seconds is stopped and skipped.

        What was submitted before is waited for too, each with the same patience.
        """
        while not self.done():
            first = self._front_end._running or self
            if not first._settled.wait(timeout):
                self._front_end._stop(first, f"it took more than {timeout:g} seconds")
        return self._report

    def _settle(self, report: Report) -> None:
        self._report = report
        self._settled.set()


class FrontEnd:
    """numba's CUDA compiler in a process of its own.

    The process starts with :meth:`start` or the first :meth:`submit` and serves one request after the other; one
    that dies or has to be stopped is replaced when the next request comes. Several threads may share it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: queue.SimpleQueue[Pending] = queue.SimpleQueue()
        self._running: Pending | None = None
        self._worker: _Worker | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def start(self) -> None:
        """Start the process, so that it is ready, or nearly so, when the first request comes."""
        with self._lock, contextlib.suppress(OSError):
            self._ready_worker()

    def submit(self, request: Request) -> Pending:
        """Hand in a kernel and go on at once; what this returns gives the report when it is asked."""
        self.start()
        pending = Pending(self, request)
        with self._lock:
            self._waiting.put(pending)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._serve, name="minigrad front end", daemon=True)
                self._thread.start()
        return pending

    def close(self) -> None:
        """End the process. What is still on its way is skipped, and so is what is submitted later."""
        with self._lock:
            self._closed = True
            if self._worker:
                self._worker.stop("the check was ended")
            thread = self._thread
        if thread:
            thread.join(timeout=5)
        if self._worker:
            self._worker.clean_up()

    def __enter__(self) -> FrontEnd:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ready_worker(self) -> _Worker:
        if self._closed:
            raise OSError("the check was ended")
        if self._worker is None or not self._worker.alive:
            if self._worker:
                self._worker.clean_up()
            self._worker = _Worker()
        return self._worker

    def _serve(self) -> None:
        """Answer what is waiting; the thread that does this ends when there is nothing left to do."""
        while True:
            with self._lock:
                try:
                    self._running = self._waiting.get_nowait()
                except queue.Empty:
                    self._thread = None
                    return
                running = self._running
                try:
                    worker = self._ready_worker()
                except OSError as error:
                    worker = None
                    report = Report("skipped", f"numba's CUDA compiler could not be started: {error}.")
            if worker:
                report = worker.ask(running.request)
            with self._lock:
                self._running = None
            running._settle(report)

    def _stop(self, pending: Pending, reason: str) -> None:
        with self._lock:
            if self._running is pending and self._worker:
                self._worker.stop(reason)


class _Worker(AnotherPython):
    """One process of ``frontend_worker``, with numba set to its CUDA compiler and nothing unusual."""

    def __init__(self) -> None:
        self._stopped = ""
        super().__init__(
            "minigrad.workbook.frontend_worker",
            {"NUMBA_ENABLE_CUDASIM": "0", "NUMBA_DISABLE_JIT": "0"},
        )

    @property
    def alive(self) -> bool:
        return not self._stopped and super().alive

    def ask(self, request: Request) -> Report:
        """Have a kernel compiled; a process that dies over it, or is stopped, makes it skipped."""
        try:
            self.send(request.to_json())
            answer = json.loads(self.answers.readline())
            return Report(answer["status"], answer["message"], answer["line"])
        except (OSError, ValueError, KeyError, TypeError):
            self.kill()
            return Report("skipped", f"numba's CUDA compiler was lost: {self._stopped or self.how_it_ended()}.")

    def stop(self, reason: str) -> None:
        self._stopped = self._stopped or reason
        self.kill()

    def clean_up(self) -> None:
        super().clean_up()
        with contextlib.suppress(OSError):
            self.answers.close()


_shared: tuple[int, FrontEnd] | None = None
_shared_lock = threading.Lock()


def front_end() -> FrontEnd:
    """The one front end of this Python process; it ends with it."""
    global _shared
    with _shared_lock:
        if _shared is None or _shared[0] != os.getpid() or _shared[1]._closed:
            _shared = (os.getpid(), FrontEnd())
            atexit.register(_shared[1].close)
        return _shared[1]
