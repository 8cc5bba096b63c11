"""numba's CUDA compiler, made to work where there is no GPU, no driver and perhaps no compiler library.

Typing and lowering need none of these, but numba asks for them on the way: for the compute capability of a
device when a kernel calls a device function, a shuffle or a vote; for a compiler library (NVVM) when it wants
to know how data lies in memory. Stand-ins answer. PTX needs the real library; without one a compilation ends
after lowering, with an error that is nobody's fault (:func:`nobodys_fault`).

Only for a process of its own, without numba's simulator: it changes numba for the whole process.
"""

from __future__ import annotations

import contextlib
import importlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

CAPABILITY = (7, 5)
"""The compute capability to compile for where there is no device: the lowest that CUDA 13 knows."""

DATA_LAYOUT = (
    "e-p:64:64:64-i1:8:8-i8:8:8-i16:16:16-i32:32:32-i64:64:64-i128:128:128-f32:32:32-f64:64:64-"
    "v16:16:16-v32:32:32-v64:64:64-v128:128:128-n16:32:64"
)
"""How data lies in a GPU's memory, as the NVVM IR specification has it."""


class Unusable(Exception):
    """numba's CUDA compiler does not work here, not even on a kernel that is right. The message says why."""


class BadTypes(Exception):
    """Types that numba does not know, which is no fault of the kernel."""


@dataclass(frozen=True)
class Target:
    """What to compile for, and how far it goes here: ``no_ptx`` is empty, or why it ends after lowering."""

    capability: tuple[int, int]
    no_ptx: str = ""

    def compile(self, function: Callable[..., Any], types: Sequence[str]) -> None:
        """Compile a kernel for parameters of the given types, such as ``("float32[::1]", "int64")``.

        Raises :class:`BadTypes`, and whatever numba raises.
        """
        signature = f"void({', '.join(types)})"
        try:
            _numba("core.sigutils").normalize_signature(signature)
        except Exception as error:
            raise BadTypes(f"{signature}: {first_line(error)}") from error
        _numba("cuda").compile_ptx(function, signature, cc=self.capability)


def _numba(name: str) -> Any:
    return importlib.import_module(f"numba.{name}")


def prepare() -> Target:
    """Put the stand-ins in place and try a kernel that is right. Raises :class:`Unusable`."""
    try:
        _numba("cuda")
        target = Target(_device_capability())
        _stand_in_for_the_device(target.capability)
        _launch_nothing()
        _keep_the_simulator_off()
        _mend_max_and_min()
        try:
            target.compile(_right, ("float32[::1]", "int64"))
            return target
        except Exception as error:
            reason = first_line(error)
        _stand_in_for_the_library()
        try:
            target.compile(_right, ("float32[::1]", "int64"))
        except Exception as error:
            if not nobodys_fault(error):
                raise
        return Target(target.capability, no_ptx=reason)
    except Exception as error:
        raise Unusable(first_line(error)) from error


def _right(out: Any, size: Any) -> None:
    for i in range(size):
        out[i] += 1


def read_environment() -> None:
    """Have numba follow the environment, whatever it was when numba last looked."""
    with contextlib.suppress(Exception):
        _numba("core.config").reload_config()


def nobodys_fault(error: BaseException) -> bool:
    """Whether this tells of a missing or unsuitable library, driver or device, rather than of the kernel."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if kinds & _SUPPORT_ERRORS or isinstance(error, OSError | MemoryError):
        return True
    return bool(_SUPPORT_WORDS.search(str(error)))


_SUPPORT_ERRORS = {
    *("CudaSupportError", "NvvmSupportError", "NvvmError", "nvvmError", "NvrtcError", "NvrtcSupportError"),
    *("CCSupportError", "DynamicLibNotFoundError", "DynamicLibNotAvailableError", "CudaDriverError"),
    *("CudaAPIError", "LinkerError", "nvJitLinkError"),
}
_SUPPORT_WORDS = re.compile(
    r"\b(CudaSupportError|Nvvm(Support)?Error|DynamicLibNot\w+Error|Missing libdevice|libNVVM|libnvvm|"
    r"Error at driver init|CUDA Toolkit)\b"
)


def first_line(error: BaseException) -> str:
    """An error in one line, with its kind."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = next((line for line in lines if not line.startswith("Failed in cuda mode pipeline")), "")
    return f"{type(error).__name__}: {telling}" if telling else type(error).__name__


# The device


def _device_capability() -> tuple[int, int]:
    """The first device's compute capability; asking for it makes no context on the device."""
    try:
        major, minor = _numba("cuda.cudadrv.driver").driver.get_device(0).compute_capability
        return int(major), int(minor)
    except Exception:
        return CAPABILITY


def _stand_in_for_the_device(capability: tuple[int, int]) -> None:
    class Device:
        compute_capability = capability

    for name in ("api", "compiler", "dispatcher"):
        module = _numba(f"cuda.{name}")
        if hasattr(module, "get_current_device"):
            module.get_current_device = Device


def _launch_nothing() -> None:
    """A learner's file may launch kernels when it is imported; here that does nothing.

    So does giving a kernel its types in the decorator, which would load it onto the device; see :func:`given_types`.
    """
    dispatcher = _numba("cuda.dispatcher").CUDADispatcher
    disable_compile = dispatcher.disable_compile

    def nothing(*_: Any, **__: Any) -> None:
        return None

    def disable_if_compiled(self: Any, disabled: bool = True) -> None:
        if self.signatures:  # a device function's
            disable_compile(self, disabled)

    def note(self: Any, types: Any) -> None:
        self.types_given = [*given_types(self), tuple(types)]

    dispatcher.call = nothing
    dispatcher.compile = note
    dispatcher.disable_compile = disable_if_compiled


def given_types(kernel: Any) -> list[tuple[Any, ...]]:
    """The types of the parameters that the kernel's decorator gives, one tuple for each signature."""
    return list(getattr(kernel, "types_given", ()))


def fits(types: Sequence[Any], wanted: Sequence[str]) -> bool:
    """Whether a kernel for these types can be launched with arguments of the wanted ones (``"float32[::1]"``)."""
    numba_types = _numba("core.types")
    arguments, _ = _numba("core.sigutils").normalize_signature(f"void({', '.join(wanted)})")

    def takes(given: Any, argument: Any) -> bool:
        if isinstance(argument, numba_types.Array):
            is_array = isinstance(given, numba_types.Array) and given.layout in ("A", argument.layout)
            return is_array and (given.dtype, given.ndim) == (argument.dtype, argument.ndim)
        return isinstance(given, numba_types.Number)

    return len(types) == len(arguments) and all(map(takes, types, arguments))


def written(kind: Any) -> str:
    """A type as a signature has it: ``float32[:]``."""
    if isinstance(kind, _numba("core.types").Array):
        return f"{kind.dtype}[{', '.join([':'] * kind.ndim)}]"
    return str(kind)


def _keep_the_simulator_off() -> None:
    """A learner's file may switch numba's simulator on, which would make its kernels unknown to the compiler."""
    decorators = _numba("cuda.decorators")
    config = decorators.config

    class Compiling:
        ENABLE_CUDASIM = 0

        def __getattr__(self, name: str) -> Any:
            return getattr(config, name)

    decorators.config = Compiling()


# The compiler library


def _stand_in_for_the_library() -> None:
    missing = _numba("cuda.cudadrv.error").NvvmSupportError

    class Library:
        data_layout = DATA_LAYOUT

        def get_ir_version(self) -> tuple[int, int, int, int]:
            return 2, 0, 3, 1

        def __getattr__(self, name: str) -> Any:
            raise missing("there is no compiler library")

    _numba("cuda.cudadrv.nvvm").NVVM = Library


# max and min


def _mend_max_and_min() -> None:
    """From 0.66 on, numba's own CUDA target refuses ``max`` and ``min`` of numbers ("Signature mismatch").

    numba writes them with ``*x`` there, which its CUDA dispatcher cannot call. These have as many parameters
    as they are given arguments.
    """
    builtins, types = _numba("cpython.builtins"), _numba("core.types")
    if not hasattr(builtins, "max_vararg"):
        return

    def numbers(kinds: Iterable[Any]) -> bool:
        return all(isinstance(kind, types.Number) for kind in kinds)

    def mend(function: Callable[..., Any], of_tuple: Any) -> None:
        def typing(*x: Any) -> Any:
            if len(x) == 1 and isinstance(x[0], types.BaseTuple) and numbers(x[0]):
                return lambda x: of_tuple(x)
            if len(x) > 1 and numbers(x):
                names = ", ".join(f"x{i}" for i in range(len(x)))
                return eval(f"lambda {names}: of_tuple(({names}))", {"of_tuple": of_tuple})
            return None

        _numba("extending").overload(function, target="cuda", strict=False)(typing)

    mend(max, builtins.max_vararg)
    mend(min, builtins.min_vararg)
