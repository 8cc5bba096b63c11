"""Run a kernel on numba: the GPU, or numba's own simulator, whichever ``numba_simulator.prepare`` chose.

The arrays given are changed in place. Whatever goes wrong becomes an :class:`Outcome`; nothing that a
kernel does is raised here, but a user's interrupt is. Memory, order and barriers are not checked here: run
a kernel on :mod:`minigrad.simulator` first, since a bad access can spoil a GPU for the whole process.
"""

from __future__ import annotations

import ctypes
import os
import re
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

import numpy as np

from minigrad.workbook.numba_proxies import NotOnNumbaSimulator, lacking
from minigrad.workbook.numba_simulator import INSTALL, SWITCH, prepare
from minigrad.workbook.raised import line_reached
from minigrad.workbook.spec import Array, Dims

PATIENCE = 20.0
"""Seconds after which a launch is given up. A launch that takes a check's sizes needs well under five."""


@dataclass(frozen=True)
class Outcome:
    """How a launch on numba went.

    ``status`` is ``"ran"``; ``"raised"``, the kernel's own fault; ``"skipped"``, something that numba or
    this machine cannot do, which says nothing about the kernel; or ``"timed-out"``. ``message`` is one
    sentence, empty if it ran. ``line`` is the line of the learner's file where that is known. ``device`` is
    ``"gpu"``, ``"simulator"`` or ``"none"``. Which of several threads raised is left out: on numba's
    simulator it changes from run to run.
    """

    status: Literal["ran", "raised", "skipped", "timed-out"]
    message: str = ""
    line: int | None = None
    device: str = "simulator"
    error: BaseException | None = None


def run(
    kernel: Any,
    grid: int | Dims,
    block: int | Dims,
    arguments: Sequence[Any],
    *,
    dynamic_shared: int = 0,
    patience: float = PATIENCE,
) -> Outcome:
    """Launch ``kernel`` on ``grid`` blocks of ``block`` threads; ``arguments`` are NumPy arrays and numbers.

    ``kernel`` is a ``@cuda.jit`` object, or a bare function, which is then given to ``cuda.jit``. Arrays
    may have any strides; after a launch that ran they hold what the kernel left in them, otherwise they are
    as they were. Calls :func:`~minigrad.workbook.numba_simulator.prepare`, and so raises its
    ``SetupError``.
    """
    device = prepare()
    if device.kind == "none":
        return Outcome("skipped", device.reason, device=device.kind)
    cuda: Any = import_module("numba.cuda")
    if not hasattr(kernel, "py_func"):
        kernel = cuda.jit(kernel)
    missing = lacking(kernel) if device.kind == "simulator" else ()
    if missing:
        return Outcome("skipped", f"numba's simulator has no {_listed(missing)}")

    def launch(*passed: Any) -> None:
        kernel[grid, block, 0, dynamic_shared](*passed)

    with _one_at_a_time:
        if device.kind == "gpu":
            return _run_on_gpu(cuda, kernel, launch, arguments, patience)
        return _run_on_simulator(kernel, launch, arguments, patience)


_one_at_a_time = threading.Lock()


def _listed(operations: Sequence[str]) -> str:
    names = [f"cuda.{operation}" for operation in operations]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


# On numba's simulator


def _run_on_simulator(kernel: Any, launch: Callable[..., None], arguments: Sequence[Any], patience: float) -> Outcome:
    if getattr(kernel, "_device", False):
        return Outcome("raised", "this is a device function: it can be called by a kernel, but not launched")
    if _simulator()._get_kernel_context() is not None:
        return Outcome("skipped", "numba's simulator is still busy with another kernel, and runs one at a time")
    copies = _writable_and_contiguous(arguments)
    lost: list[BaseException] = []
    with warnings.catch_warnings(), _exceptions_that_threads_lose(lost):
        warnings.simplefilter("ignore")  # NumPy warns where a GPU quietly gives inf or nan
        error = _within(patience, lambda: launch(*copies), _stop_simulated_threads)
    error = error or (lost[0] if lost else None)
    if error is None:
        _copy_back(copies, arguments)
        return Outcome("ran")
    if error is _GIVEN_UP:
        return Outcome("timed-out", f"numba's simulator was not done after {patience:g} seconds", error=error)
    return _explain(error, kernel)


def _writable_and_contiguous(arguments: Sequence[Any]) -> list[Any]:
    def fits(array: Array) -> bool:
        return array.flags.writeable and (array.flags.c_contiguous or array.flags.f_contiguous)

    return [np.array(a, order="C") if isinstance(a, np.ndarray) and not fits(a) else a for a in arguments]


def _copy_back(copies: Sequence[Any], arguments: Sequence[Any]) -> None:
    for copy, argument in zip(copies, arguments, strict=True):
        if copy is not argument and argument.flags.writeable:
            argument[...] = copy


def _explain(error: BaseException, kernel: Any) -> Outcome:
    """What an exception that came out of numba's simulator says about the kernel."""
    text = str(error.args[0]) if len(error.args) == 1 else str(error)
    text = re.sub(r"^tid=\[[\d, ]+\] ctaid=\[[\d, ]+\](: )?", "", text)  # numba says which thread raised
    line = line_reached(error, kernel.py_func.__code__.co_filename)
    for kind, pattern, reason in NOT_THE_KERNELS_FAULT:
        found = re.search(pattern, text)
        if isinstance(error, kind) and found:
            reason = reason.format(*found.groups(), text=text)
            return Outcome("skipped", reason, line, error=error)
    message = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return Outcome("raised", message.splitlines()[0], line, error=error)


_AS_PYTHON = "numba's simulator computes as Python does, which"
_PYTHON_NOT_IEEE = f"{_AS_PYTHON} raises ({{text}}) where a GPU gives inf or nan"

NOT_THE_KERNELS_FAULT: tuple[tuple[type[Exception], str, str], ...] = (
    (NotOnNumbaSimulator, r"cuda\.(\w+)", "numba's simulator has no cuda.{0}"),
    (AttributeError, r"'FakeCUDA(?:Module|Atomic|Shared|Local|Const)' object has no attribute '(\w+)'",
     "numba's simulator has no {0}"),
    (Exception, r"Fake(?:WithinKernel)?CUDAArray|FakeShape|FakeCUDAModule",
     "numba's simulator cannot do what the kernel does with an array ({text})"),
    (TypeError, r"FakeCUDAKernel.*keyword argument|doesn't define __\w+__ method",
     "numba's simulator cannot make this call ({text})"),
    (TypeError, r"numpy boolean|ufunc '\w+' did not contain a loop",
     "numba's simulator cannot compute with the answer of a comparison, as a GPU does"),
    (ValueError, r"launch configuration was not specified",
     "numba's simulator calls no function under a bare @cuda.jit, as a GPU does; @cuda.jit(device=True) helps"),
    (ZeroDivisionError, "", _PYTHON_NOT_IEEE),
    (FloatingPointError, "", _PYTHON_NOT_IEEE),
    (OverflowError, r"too large to convert|out of bounds for|Python int(?:eger)? ",
     "numba's simulator raises ({text}) where an integer wraps around on a GPU"),
    (OverflowError, "", _PYTHON_NOT_IEEE),
    (ValueError, r"math \w+ error|expected a (?:number|noninteger|\w+ input)|cannot convert float",
     _PYTHON_NOT_IEEE),
    (TypeError, r"complex",
     f"{_AS_PYTHON} makes a complex number ({{text}}) where a GPU gives nan"),
    (ValueError, r"invalid literal for int\(\) with base 2|[Uu]nknown format|format code",
     "numba's simulator cannot look at the bits of this number ({text})"),
)  # fmt: skip
"""What numba's simulator raises that says nothing about the kernel: type, pattern in its text, reason."""


def _simulator() -> Any:
    return import_module("numba.cuda.simulator.kernel")


@contextmanager
def _exceptions_that_threads_lose(lost: list[BaseException]) -> Iterator[None]:
    """Collect what kills a simulated thread unnoticed: numba makes exceptions anew, and some resist."""
    block_thread = _simulator().BlockThread
    before = threading.excepthook

    def collect(information: threading.ExceptHookArgs) -> None:
        if isinstance(information.thread, block_thread) and information.exc_value is not None:
            lost.append(information.exc_value.__context__ or information.exc_value)
        else:
            before(information)

    threading.excepthook = collect
    try:
        yield
    finally:
        threading.excepthook = before


# A launch that may not end

_GIVEN_UP = TimeoutError("the launch was given up")


class _Stop(SystemExit):
    """Raised inside threads that must end; a thread that ends with a SystemExit does so silently."""


def _within(
    patience: float, launch: Callable[[], None], stop: Callable[[threading.Thread], None]
) -> BaseException | None:
    """Do ``launch`` in a thread of its own and return what it raised; ``_GIVEN_UP`` if it took too long.

    ``stop`` then ends what is left of the launch, and also when the user interrupts. The thread is a
    daemon: whatever happens, it does not outlive the process.
    """
    raised: list[BaseException] = []
    done = False

    def attempt() -> None:
        nonlocal done
        try:
            launch()
            done = True
        except BaseException as error:
            raised.append(error)

    runner = threading.Thread(target=attempt, name="numba launch", daemon=True)
    runner.start()
    in_time = False
    try:
        runner.join(patience)
        in_time = not runner.is_alive()
    finally:
        if not done:
            stop(runner)
    if not in_time:
        return _GIVEN_UP
    return raised[0] if raised else None


def _stop_simulated_threads(runner: threading.Thread) -> None:
    """End every simulated thread, running or asleep at a barrier, and with them the one that launched.

    numba polls its threads for an exception and then gives up the launch, so one is put there. Raising it
    inside the launching thread instead could hit ``Thread.is_alive``, which then takes a thread that runs
    for one that ended.
    """
    block_thread = _simulator().BlockThread
    pause = threading.Event()
    for attempt in range(250):
        left = [thread for thread in threading.enumerate() if isinstance(thread, block_thread)]
        if not left and runner not in threading.enumerate():
            return
        for thread in left:
            thread.exception = (_GIVEN_UP, None)
            thread.abort = True
            thread.syncthreads_blocked = False
            thread.syncthreads_event.set()
            if attempt % 25 == 0:  # not again at once: it may be on its way out
                _raise_in(thread)
        pause.wait(0.02)


def _raise_in(thread: threading.Thread) -> None:
    if thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(_Stop))


# On a GPU

_why_the_gpu_is_lost: str = ""  # once a kernel has spoiled it, no later one in this process can be judged


def _run_on_gpu(
    cuda: Any, kernel: Any, launch: Callable[..., None], arguments: Sequence[Any], patience: float
) -> Outcome:
    global _why_the_gpu_is_lost
    if _why_the_gpu_is_lost:
        return Outcome("skipped", _why_the_gpu_is_lost, device="gpu")
    if not cuda.is_available():
        return Outcome("skipped", _why_not_available(cuda), device="gpu")
    copies = _writable_and_contiguous(arguments)

    def launch_and_wait() -> None:
        on_device = [cuda.to_device(copy) if isinstance(copy, np.ndarray) else copy for copy in copies]
        launch(*on_device)
        cuda.synchronize()
        for copy, array in zip(copies, on_device, strict=True):
            if isinstance(copy, np.ndarray):
                array.copy_to_host(copy)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numba warns that small launches are slow
        error = _within(patience, launch_and_wait, lambda runner: None)  # nothing ends a kernel on a GPU
    if error is None:
        _copy_back(copies, arguments)
        return Outcome("ran", device="gpu")
    if error is _GIVEN_UP:
        _why_the_gpu_is_lost = "the GPU is still busy with an earlier kernel that did not end"
        message = f"the GPU was not done after {patience:g} seconds"
        return Outcome("timed-out", message, device="gpu", error=error)
    outcome = _explain_gpu(error, kernel)
    if outcome.status == "raised" and _is_a(error, {"CudaAPIError"}):
        _why_the_gpu_is_lost = f"an earlier kernel spoiled the GPU for this process ({outcome.message})"
    return outcome


NOT_ON_THIS_MACHINE = {
    "CudaSupportError", "NvvmSupportError", "NvvmError", "NvrtcSupportError", "LinkerError", "CCSupportError",
    "DynamicLibNotFoundError",
}  # fmt: skip
"""Exceptions of numba that mean a missing or unsuitable library, driver or device."""

MACHINE_CODES = {2, 46, 100, 209, 222}
"""CUDA's error codes that say something about the machine, not about the kernel: out of memory, device
unavailable, no device, no binary for this device, PTX newer than the driver."""


def _explain_gpu(error: BaseException, kernel: Any) -> Outcome:
    text = (str(error).strip() or type(error).__name__).splitlines()[0]
    code = getattr(error, "code", None)
    if _is_a(error, NOT_ON_THIS_MACHINE) or (_is_a(error, {"CudaAPIError"}) and code in MACHINE_CODES):
        return Outcome("skipped", f"numba cannot use the GPU here: {text}", device="gpu", error=error)
    file = kernel.py_func.__code__.co_filename
    named = re.findall(r'File "([^"]+)", line (\d+)', str(error))
    lines = [int(line) for path, line in named if os.path.basename(path) == os.path.basename(file)]
    line = lines[-1] if lines else line_reached(error, file)
    return Outcome("raised", f"{type(error).__name__}: {text}", line, device="gpu", error=error)


def _is_a(error: BaseException, names: set[str]) -> bool:
    """By name, so that a numba that lacks or moves an exception's class does no harm."""
    return any(kind.__name__ in names for kind in type(error).__mro__)


def _why_not_available(cuda: Any) -> str:
    wrong = cuda.cuda_error()
    if wrong:
        return f"numba cannot use the GPU here: {str(wrong).strip().splitlines()[0]}"
    return (
        "numba sees a GPU but not CUDA's compiler library (NVVM). Install it with numba-cuda "
        f"({INSTALL}), or use numba's simulator with {SWITCH}=1"
    )
