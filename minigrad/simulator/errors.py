"""What a launch raises. Wrong memory accesses are not here: those are :class:`Fault` objects, kept in the trace."""

from __future__ import annotations

Dim3 = tuple[int, int, int]


class SimulatorError(Exception):
    """The launch itself makes no sense, or the simulator cannot do what was asked: base of all errors here."""


class Unsupported(SimulatorError):
    """The kernel uses something that numba offers on a GPU and this simulator does not; the message names it."""


class TraceTooLarge(SimulatorError):
    """Recording every access would take too much memory; launch with ``record=False``."""


class KernelError(SimulatorError):
    """The kernel's own code raised an exception, kept as ``__cause__``.

    ``file`` and ``line`` (1-based) are where in the kernel, ``block`` and ``thread`` who: (x, y, z), or None when the
    kernel could not even be called.
    """

    def __init__(self, message: str, *, file: str, line: int | None, block: Dim3 | None, thread: Dim3 | None) -> None:
        super().__init__(message)
        self.file = file
        self.line = line
        self.block = block
        self.thread = thread


class OutOfTime(SimulatorError):
    """The backstop: the launch took longer than ``time_limit`` seconds. No judgement of the kernel."""
