"""Which numba the ``numba`` check runs on: a GPU where there is one, numba's own simulator otherwise.

numba makes this choice once, when ``numba.cuda`` is imported, so it has to be made before the first puzzle
file is. :func:`prepare` makes it and says what came out. How a kernel is then run stands in ``numba_run``,
what makes more ways of writing a kernel work on numba's simulator in ``numba_proxies``. Importing this
module does not import numba.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
import threading
from dataclasses import dataclass
from importlib import import_module, metadata
from itertools import product
from types import ModuleType
from typing import Any, Literal

SWITCH = "NUMBA_ENABLE_CUDASIM"
"""The environment variable with which a user settles the matter: 1 for numba's simulator, 0 for none."""

FITTING_NUMBA_CUDA = (0, 30, 4)
"""The first release of numba-cuda that works with numba 0.68."""

INSTALL = 'pip install -U "numba-cuda[cu13]>=0.30.4"'
INSTEAD = "[cu12] in place of [cu13] for a CUDA 12 driver"
"""What to install, and what to change in it."""


class SetupError(Exception):
    """numba cannot be used the way it is installed or was imported; the message says what to do about it."""


@dataclass(frozen=True)
class Device:
    """Where numba runs kernels in this process.

    ``kind`` is ``"gpu"``, ``"simulator"`` (numba's own) or ``"none"``; ``reason`` is a sentence that says
    why there is none, and empty otherwise.
    """

    kind: Literal["gpu", "simulator", "none"]
    reason: str = ""


_lock = threading.RLock()
_outcome: Device | str | None = None  # a string is the message of a SetupError that would only repeat itself


def prepare() -> Device:
    """Import ``numba.cuda``, simulated if need be, and say where kernels will run. Idempotent.

    Call it just before the first puzzle file is imported. With a usable GPU nothing is changed. Without
    one, numba's simulator is switched on and set up so that from-imports and closures work on it too. What
    the user set in ``NUMBA_ENABLE_CUDASIM`` or numba's configuration file stands.

    Raises :class:`SetupError` when ``numba.cuda`` cannot be imported, or when somebody imported it earlier
    in a way that leaves neither a GPU nor a simulator.
    """
    global _outcome
    with _lock:
        if _outcome is None:
            try:
                _outcome = _prepare()
            except SetupError as error:
                _outcome = str(error)
        if isinstance(_outcome, str):
            raise SetupError(_outcome)
        return _outcome


def _prepare() -> Device:
    cuda = sys.modules.get("numba.cuda")
    came_first = cuda is not None
    setting = os.environ.get(SWITCH, "").strip()
    kept_off = setting == "0"
    if cuda is None:
        cuda = _import_cuda(simulator=not setting and gpu_count() == 0)
    if is_simulator(cuda):
        from minigrad.workbook.numba_proxies import set_proxies

        set_proxies(cuda)
        return Device("simulator")
    if gpu_count() > 0:
        return Device("gpu")
    if kept_off:
        return Device("none", f"there is no GPU here, and {SWITCH}=0 keeps numba's simulator off")
    assert came_first  # had we imported it, it would be the simulator
    raise SetupError(
        "numba.cuda was imported before the workbook was, so numba looks for a GPU, and there is none here. "
        "numba's simulator can only be switched on before that import. Restart Python, and either call "
        "minigrad.workbook.numba_simulator.prepare() before anything imports numba.cuda, or set the "
        f"environment variable {SWITCH}=1."
    )


def is_simulator(cuda: ModuleType | Any) -> bool:
    """Whether this ``numba.cuda`` is numba's simulator rather than its compiler."""
    return str(cuda.jit.__module__).startswith("numba.cuda.simulator")


def gpu_count() -> int:
    """How many GPUs the CUDA driver offers; 0 if there is no driver, or if numba has been told not to use it.

    Asks the driver itself, found where numba looks for it, so numba need not be imported. Never raises.
    """
    if os.environ.get("NUMBA_DISABLE_CUDA", "0").strip() not in ("0", ""):
        return 0
    for path in _driver_paths():
        try:
            driver = _load(path)
            count = ctypes.c_int(0)
            if driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0:
                return count.value
            return 0
        except (OSError, AttributeError):  # not there, or not a driver
            continue
    return 0


def _driver_paths() -> list[str]:
    given = os.environ.get("NUMBA_CUDA_DRIVER")
    if given:
        return [] if given == "0" else [os.path.abspath(given)]
    names, folders = {
        "win32": (["nvcuda.dll"], [r"\windows\system32"]),
        "darwin": ([], []),
    }.get(sys.platform, (["libcuda.so", "libcuda.so.1"], ["/usr/lib", "/usr/lib64"]))
    return names + [os.path.join(folder, name) for folder, name in product(folders, names)]


def _load(path: str) -> ctypes.CDLL:
    kind: type[ctypes.CDLL] = getattr(ctypes, "WinDLL", ctypes.CDLL)
    return kind(path)


def _import_cuda(simulator: bool) -> ModuleType:
    try:
        if simulator:
            config: Any = import_module("numba.core.config")
            config.ENABLE_CUDASIM = 1  # works until numba.cuda is imported
        return import_module("numba.cuda")
    except Exception as error:  # installations break in many ways
        raise SetupError(_why_import_failed(error, _version("numba"), _version("numba-cuda"))) from error


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _why_import_failed(error: Exception, numba: str | None, numba_cuda: str | None) -> str:
    first_line = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
    if numba is None:
        return f"numba is not installed ({first_line}). Install it: pip install numba"
    if numba_cuda is None:
        if isinstance(error, ModuleNotFoundError) and error.name == "numba.cuda":
            return f"numba {numba} comes without numba.cuda. Install it: {INSTALL} ({INSTEAD})."
        return f"numba {numba} is installed, but cannot be imported: {first_line}. Try: pip install -U numba"
    failure = f"numba.cuda cannot be imported: {first_line}."
    both = f"numba {numba} and numba-cuda {numba_cuda} are installed"
    remedy = f"{INSTALL} ({INSTEAD}); without a GPU, pip uninstall numba-cuda will do."
    if tuple(int(part) for part in re.findall(r"\d+", numba_cuda)[:3]) < FITTING_NUMBA_CUDA:
        return f"{both} and do not fit each other, so {failure} Install a numba-cuda that fits: {remedy}"
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    if (missing or "").partition(".")[0] == "cuda" or "bindings" in first_line:
        return (
            f"{both}, but not the libraries that numba-cuda needs, so numba.cuda cannot be imported. "
            f"Install them with it: {remedy}"
        )
    return f"{both}, but {failure} Install a numba-cuda that fits: {remedy}"
