"""Functions compiled for the processor by numba's ``njit``, and run, in a process of its own.

Compiling takes a second or two: submit early, and fetch late. A kernel that crashes takes only that process with it,
and one that never ends is stopped. Nothing runs before it is asked for, so whoever finds a kernel to be unsafe by
other means never runs it at all.

>>> source = "def area(shape):\\n    return shape[0] * shape[1]\\n"
>>> report = compile_and_run(Request(source, "area.py", "area", calls=[[np.array([2, 3])], [np.array([4, 5])]]))
>>> report.status, [result.value for result in report.results]
('passed', [6, 20])
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from minigrad.workbook.another_python import AnotherPython, search_path

COMPILING_SECONDS = 60.0
"""Patience with a compilation, the start of the process included."""

RUNNING_SECONDS = 10.0
"""Patience with the calls, which take thousandths of a second."""


@dataclass(frozen=True)
class Request:
    """A function to compile, and the calls to run.

    ``source`` is the module that it stands in and ``filename`` where that is from; the file need not exist (a
    notebook's cell). ``function`` is the puzzle's name, or the function's in the module; a plain one is given to
    ``njit`` first. ``calls`` has the arguments of each call: NumPy arrays, numbers, and tuples of them. It is compiled
    for their types, so there has to be a call.

    With ``makes`` the function is one that makes a kernel, and it is the kernel that is compiled and called; ``scalar``
    names which of the puzzle's scalar functions it gets, "" for none. ``before`` are sources and their file names that
    are run first: what a notebook's cell needs from others.
    """

    source: str
    filename: str
    function: str
    scalar: str = ""
    calls: Sequence[Sequence[Any]] = ()
    makes: bool = False
    before: Sequence[tuple[str, str]] = ()

    def to_json(self) -> dict[str, Any]:
        """What the compiling process gets."""
        return {
            "source": self.source,
            "filename": self.filename,
            "function": self.function,
            "scalar": self.scalar,
            "makes": self.makes,
            "before": self.before,
            "calls": [[encoded(argument) for argument in call] for call in self.calls],
            "path": search_path(),
        }


@dataclass(frozen=True)
class Result:
    """What one call returned, and its arguments as they were left. Where numba returns a list, this has a tuple."""

    value: Any
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Report:
    """What became of a function.

    ``status`` is ``"failed"`` where numba refuses the function or a call raised or crashed, ``"skipped"`` where nothing
    can be said. ``message`` is a paragraph that says why, "" if all went well, and ``line`` the line of the source that
    it is about, if that is known. ``results`` has one entry a call, once they were run.
    """

    status: Literal["passed", "failed", "skipped"]
    message: str = ""
    line: int | None = None
    results: tuple[Result, ...] = ()


def compile_and_run(request: Request) -> Report:
    """Compile a function and run its calls, and wait for it."""
    with submit(request) as pending:
        report = pending.compiled()
        return pending.run() if report.status == "passed" else report


def submit(request: Request) -> Pending:
    """Have a function compiled, and go on at once. Close what this returns, or use it in a ``with`` statement."""
    try:
        return Pending(_taken(), request)
    except OSError as error:
        return Pending(None, request, f"numba could not be started in a process of its own: {error}.")


def start() -> None:
    """Start the process, so that it is ready, or nearly so, when the first request comes."""
    with contextlib.suppress(OSError):
        _put_back(_taken())


class Pending:
    """A function that is being compiled, or has been, and can be run."""

    def __init__(self, worker: _Worker | None, request: Request, reason: str = "") -> None:
        self._worker = worker
        self._report: Report | None = None if worker else Report("skipped", reason)
        if worker:
            worker.tell({"do": "compile", **request.to_json()})

    def compiled(self, seconds: float = COMPILING_SECONDS) -> Report:
        """Wait until numba has compiled the function or refused it."""
        if self._report is None:
            assert self._worker
            answer = self._worker.answer(seconds)
            if isinstance(answer, str):
                self._report = Report("skipped", f"numba was lost while it compiled: {answer}.")
            else:
                self._report = Report(answer["status"], answer["message"], answer["line"])
        return self._report

    def run(self, seconds: float = RUNNING_SECONDS) -> Report:
        """Run the calls of a function that compiled."""
        compiled = self.compiled()
        if compiled.status != "passed":
            return compiled
        assert self._worker
        self._worker.tell({"do": "run", "seconds": seconds})
        answer = self._worker.answer(seconds)
        if isinstance(answer, str):
            crashed = "seconds" not in answer
            return Report(
                "failed" if crashed else "skipped", f"the compiled function did not come to its end: {answer}."
            )
        results = [Result(decoded(each["value"]), tuple(map(decoded, each["arguments"]))) for each in answer["results"]]
        return Report(answer["status"], answer["message"], answer["line"], tuple(results))

    def close(self) -> None:
        """Let go of the process: the next request gets it if it has nothing left to do."""
        worker, self._worker = self._worker, None
        if worker:
            _put_back(worker)

    def __enter__(self) -> Pending:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


# Arguments and results on their way


def encoded(value: Any) -> Any:
    """A value as JSON can carry it; of what is no number, array or tuple of them, the text."""
    if isinstance(value, np.ndarray):
        return {"dtype": value.dtype.str, "shape": value.shape, "elements": value.ravel().tolist()}
    if isinstance(value, tuple | list):
        return {"tuple": [encoded(each) for each in value]}
    value = value.item() if isinstance(value, np.generic) else value
    return value if isinstance(value, int | float | str | None) else repr(value)


def decoded(value: Any) -> Any:
    """The value that was :func:`encoded`."""
    if isinstance(value, dict):
        if "tuple" in value:
            return tuple(map(decoded, value["tuple"]))
        return np.array(value["elements"], dtype=value["dtype"]).reshape(value["shape"])
    return value


# The process


class _Worker(AnotherPython):
    """One process of ``processor_worker``, with numba set to compile quickly and to few threads.

    What goes wrong with it is said by :meth:`answer`.
    """

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.busy = False
        self._incoming: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        super().__init__(
            "minigrad.workbook.processor_worker",
            {
                "NUMBA_DISABLE_JIT": "0",
                "NUMBA_ENABLE_CUDASIM": "1",  # a file that imports numba.cuda too needs no driver
                "NUMBA_NUM_THREADS": "2",
                "NUMBA_OPT": "1",
            },
        )
        threading.Thread(target=self._listen, name="minigrad processor", daemon=True).start()

    def tell(self, request: Mapping[str, Any]) -> None:
        self.busy = True
        with contextlib.suppress(OSError):  # it is dead, and answer() says so
            self.send(request)

    def answer(self, seconds: float) -> dict[str, Any] | str:
        """What the process says, or how it was lost."""
        try:
            line = self._incoming.get(timeout=seconds)
            answer: dict[str, Any] = json.loads(line)
        except queue.Empty:
            self.clean_up()
            return f"it took more than {seconds:g} seconds"
        except ValueError:
            return self.how_it_ended()
        self.busy = False
        return answer

    def _listen(self) -> None:
        with self.answers as answers:
            for line in answers:
                self._incoming.put(line)
        self._incoming.put(b"")


_idle: list[_Worker] = []
_lock = threading.Lock()


def _taken() -> _Worker:
    """A process with nothing to do: one that was put back, or a new one."""
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.owner == os.getpid() and worker.alive:
                return worker
    return _Worker()


def _put_back(worker: _Worker) -> None:
    with _lock:
        if not worker.busy and worker.alive and not _idle:
            _idle.append(worker)
            return
    worker.clean_up()


def _stop_idle() -> None:
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.owner == os.getpid():
                worker.clean_up()


atexit.register(_stop_idle)
