"""Make ordinary ways of writing a kernel work on numba's own simulator, and find out where it falls short.

numba's simulator puts its stand-in for ``cuda`` into a kernel's globals, and only while the kernel runs. A
closure over ``cuda``, ``numba.cuda.threadIdx`` and ``from numba.cuda import threadIdx`` see the module
itself, which under the simulator has no such names. :func:`set_proxies` gives it them: each passes on to
the stand-in of the kernel that runs.

Some operations the simulator does not have at all, and two shared arrays made on one line are one array
there: :func:`lacking` and :func:`shared_arrays_on_one_line` find both in a function before it runs.
"""

from __future__ import annotations

import ast
import builtins
import dis
import functools
import inspect
import operator
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import Any

GPU_ONLY = (
    *("syncwarp", "shfl_sync", "shfl_up_sync", "shfl_down_sync", "shfl_xor_sync"),
    *("all_sync", "any_sync", "eq_sync", "ballot_sync", "match_any_sync", "match_all_sync"),
    *("activemask", "lanemask_lt", "nanosleep", "libdevice"),
    *("ldca", "ldcg", "ldcs", "ldlu", "ldcv", "stcg", "stcs", "stwb", "stwt"),
)
"""What ``numba.cuda`` offers a kernel on a GPU and no version of numba's simulator has had so far."""

COMPILER_OPTIONS = (
    *("lineinfo", "max_registers", "launch_bounds", "forceinline", "lto", "extensions", "shared_memory_carveout"),
    *("fastmath", "opt", "inline", "cache", "debug"),
)
"""Options of ``cuda.jit`` that only the compiler has a use for; numba's simulator refuses some in each version."""


class OutsideKernel(RuntimeError, AttributeError):
    """Something that only a running kernel has was asked for while none runs.

    It is an AttributeError too, so that ``hasattr`` on such a thing is False and looking at it does no harm.
    """


class NotOnNumbaSimulator(NotImplementedError):
    """The kernel uses an operation that numba's simulator does not have."""


def set_proxies(cuda: ModuleType | Any) -> None:
    """Give the module ``numba.cuda``, under numba's simulator, the names that kernels use. Idempotent."""
    stand_in = _stand_in_class()((1, 1, 1), (1, 1, 1), 0)
    for name in dir(stand_in):
        if not name.startswith("_") and not hasattr(cuda, name):
            setattr(cuda, name, _proxy(name, stand_in))
    for name in GPU_ONLY:
        if getattr(cuda, name, None) is None:
            setattr(cuda, name, _Refusal(name))
    jit: Any = cuda.jit
    if not hasattr(jit, "__wrapped__"):
        setattr(cuda, "jit", _without_compiler_options(jit))  # noqa: B010, a module's attribute to a type checker


def lacking(function: Any) -> tuple[str, ...]:
    """Which operations a kernel and the device functions it calls use that numba's simulator lacks.

    Sorted by name, for example ``("ballot_sync", "shfl_down_sync")``. Takes a kernel or a Python function;
    looks at its bytecode and runs nothing.
    """
    found: set[str] = set()
    seen: set[CodeType] = set()
    waiting = [getattr(function, "py_func", function)]
    while waiting:
        current = waiting.pop()
        ours = getattr(current, "__module__", None) == __name__
        if ours or not isinstance(current, FunctionType) or current.__code__ in seen:
            continue
        seen.add(current.__code__)
        for value, path in _uses(current.__code__, _names(current)):
            if _is_cuda(value) and path and not hasattr(_stand_in_class(), path[0]) and path[0] in GPU_ONLY:
                found.add(path[0])
            elif isinstance(value, _Refusal):
                found.add(value.operation)
            else:
                waiting.append(getattr(value, "py_func", value))
    return tuple(sorted(found))


def shared_arrays_on_one_line(function: Any) -> tuple[int, ...]:
    """Lines of the source file on which two or more shared arrays are made.

    numba's simulator tells shared arrays apart by their line, so those would be one array there. On a GPU,
    and on our simulator, they are two: worth a warning, never a refusal. Empty where there is no source.
    """
    function = inspect.unwrap(getattr(function, "py_func", function))
    try:
        lines, first = inspect.getsourcelines(function)
        tree = ast.parse(textwrap.dedent("".join(lines)))
    except (OSError, TypeError, SyntaxError):
        return ()
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    made = Counter(call.lineno for call in calls if _makes_static_shared_array(call))
    return tuple(sorted(line + first - 1 for line, times in made.items() if times > 1))


def _makes_static_shared_array(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(attr="array", value=ast.Name(id="shared") | ast.Attribute(attr="shared")):
            shapes = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "shape")]
            dynamic = bool(shapes) and isinstance(shapes[0], ast.Constant) and shapes[0].value == 0
            return not dynamic  # dynamic ones are one array everywhere
    return False


@cache
def _stand_in_class() -> Any:
    return import_module("numba.cuda.simulator.kernelapi").FakeCUDAModule


def _running() -> Any:
    """The stand-in for ``cuda`` of the kernel that runs, or None."""
    return import_module("numba.cuda.simulator.kernel")._get_kernel_context()


def _ask(name: str) -> Any:
    stand_in = _running()
    if stand_in is None:
        raise OutsideKernel(f"cuda.{name} only means something inside a kernel, while it runs")
    return getattr(stand_in, name)


# What stands in the module


def _without_compiler_options(jit: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(jit)
    def simulated(*given: Any, **options: Any) -> Any:
        return jit(*given, **{name: value for name, value in options.items() if name not in COMPILER_OPTIONS})

    return simulated


def _proxy(name: str, stand_in: Any) -> Any:
    kind = getattr(type(stand_in), name, None)
    if callable(kind):
        return _function_proxy(name)
    if name == "laneid":
        return _NumberProxy(name)
    value = getattr(stand_in, name, None)  # some only have a value on a simulated thread
    return value if isinstance(value, int) or inspect.isclass(value) else _Proxy(name)


def _function_proxy(name: str) -> Callable[..., Any]:
    def call(*arguments: Any, **keywords: Any) -> Any:
        return _ask(name)(*arguments, **keywords)

    call.__name__ = call.__qualname__ = name
    call.__doc__ = f"``cuda.{name}`` of the kernel that runs."
    return call


class _Proxy:
    """``threadIdx``, ``shared``, ``atomic`` and the like, of the kernel that runs."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__") or attribute == "_name":  # what tools that look at a module ask for
            raise AttributeError(attribute)
        return getattr(_ask(self._name), attribute)

    def __iter__(self) -> Iterator[Any]:
        return iter(_ask(self._name))

    def __repr__(self) -> str:
        return f"<cuda.{self._name}>"


class _NumberProxy(_Proxy):
    """``laneid``: a number that is another one in each thread."""

    def __index__(self) -> int:
        return operator.index(_ask(self._name))

    __int__ = __index__

    def __float__(self) -> float:
        return float(self.__index__())

    def __bool__(self) -> bool:
        return bool(self.__index__())

    def __hash__(self) -> int:
        return hash(self.__index__())


def _as_number(name: str) -> Callable[..., Any]:
    def apply(self: _NumberProxy, *others: Any) -> Any:
        return getattr(self.__index__(), name)(*others)

    return apply


_ARITHMETIC = ("add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow")
_BITS = ("lshift", "rshift", "and", "or", "xor")
_OTHERS = ("lt", "le", "gt", "ge", "eq", "ne", "neg", "pos", "abs", "invert", "round")
for _name in (*_ARITHMETIC, *_BITS, *(f"r{name}" for name in (*_ARITHMETIC, *_BITS)), *_OTHERS):
    setattr(_NumberProxy, f"__{_name}__", _as_number(f"__{_name}__"))


class _Refusal:
    """An operation that numba's simulator lacks: importing it is fine, calling it is not."""

    def __init__(self, operation: str) -> None:
        self.operation = operation

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        raise NotOnNumbaSimulator(f"numba's simulator has no cuda.{self.operation}")

    def __getattr__(self, attribute: str) -> Any:
        if self.operation != "libdevice" or attribute.startswith("__"):  # the one that is a namespace
            raise AttributeError(attribute)
        return _Refusal(f"{self.operation}.{attribute}")

    def __repr__(self) -> str:
        return f"<cuda.{self.operation}, which numba's simulator does not have>"


# What a function uses


def _names(function: FunctionType) -> dict[str, dict[str, Any]]:
    """What the names that a function does not define itself stand for, by the instruction that loads them."""
    closed_over = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            closed_over[name] = cell.cell_contents
        except ValueError:  # not filled yet
            continue
    parameters = inspect.signature(function).parameters.values()
    defaults = {p.name: p.default for p in parameters if p.default is not p.empty}
    outside = {**vars(builtins), **function.__globals__}
    return {"LOAD_GLOBAL": outside, "LOAD_DEREF": closed_over, "LOAD_FAST": defaults}


def _uses(code: CodeType, names: dict[str, dict[str, Any]]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every outside value that the code loads, with the attributes then taken from it.

    Attributes of modules other than ``numba.cuda`` are looked up: ``numba.cuda.shfl_sync`` gives the module
    ``numba.cuda`` and ``("shfl_sync",)``.
    """
    value: Any = None
    path: tuple[str, ...] = ()
    for instruction in dis.get_instructions(code):
        name = instruction.argval
        if instruction.opname in ("LOAD_ATTR", "LOAD_METHOD") and value is not None:
            if isinstance(value, ModuleType) and not path and not _is_cuda(value) and hasattr(value, name):
                value = getattr(value, name)
            else:
                path += (name,)
            continue
        if value is not None:
            yield value, path
        kind = next((kind for kind in names if instruction.opname.startswith(kind)), None)
        name = name[-1] if isinstance(name, tuple) else name  # two loads in one: the last ends on top
        value, path = names[kind].get(name) if kind else None, ()
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _uses(constant, names)


def _is_cuda(value: Any) -> bool:
    return value is sys.modules.get("numba.cuda")
