"""Inner loops: a scalar function as machine code that runs over elements in memory.

The source of an inner loop is written from the function's formula and kept as a file named after its content. numba
compiles it and keeps the machine code beside it, so a function is compiled once on a machine, not in each run.

The folder is ``minigrad`` in ``NUMBA_CACHE_DIR`` if that is set, else in the user's folder for caches. Where it cannot
be written to, inner loops are compiled anew in each process.
"""

from __future__ import annotations

import hashlib
import linecache
import os
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numba
from numba.core import config

from minigrad.backends import ScalarFunction, numba_drivers
from minigrad.backends.formula import formula, typed
from minigrad.backends.source import cast, lines
from minigrad.dtypes import DType

SIGNATURE = "void(intp, voidptr, voidptr)"

_HEAD = '''\
"""{title}"""
import math

import numpy as np
from numba import carray, {types}

from minigrad.backends.numba_drivers import pointer

'''

_INSTEAD = {
    "floor": "np.floor({0})",
    "ceil": "np.ceil({0})",
    "trunc": "np.trunc({0})",
}


@lru_cache(maxsize=4096)
def inner_loop(function: ScalarFunction, pattern: str, stored: tuple[DType, ...], taken: tuple[DType, ...]) -> int:
    """The address of the inner loop of a scalar function.

    ``stored`` are the dtypes of the result and the operands in memory; the function takes the operands as ``taken``.
    ``pattern`` has a letter for the result and one for each operand, which says how its elements lie: ``1``, one
    after another; ``0``, there is only one, which is repeated; ``s``, some steps apart; ``o``, it is the result
    itself, whose elements are read before they are written.

    The loop takes the number of elements, and for each tensor the address of the first and the step in bytes.
    """
    loop = loaded(source(function, pattern, stored, taken))
    return int(_compiled(loop).address)


def source(function: ScalarFunction, pattern: str, stored: tuple[DType, ...], taken: tuple[DType, ...]) -> str:
    """The source of an inner loop.

    >>> import numpy as np
    >>> single = np.dtype(np.float32)
    >>> print(source(lambda a, b: a + b, "110", (single,) * 3, (single,) * 2).partition("pointer\\n\\n")[2])
    def loop(n, pointers, steps):
        at = carray(pointers, 3, uintp)
        out = carray(pointer(at[0]), n, float32)
        a0 = carray(pointer(at[1]), n, float32)
        a1 = carray(pointer(at[2]), n, float32)
        v1 = a1[0]
        for i in range(uintp(n)):
            v0 = a0[i]
            v2 = float32(v0 + v1)
            result = v2
            out[i] = result
    <BLANKLINE>
    """
    found = typed(formula(function, len(taken)), taken)
    tensors = [(f"a{t - 1}" if t else "out", dtype) for t, dtype in enumerate(stored)]
    before = [f"at = carray(pointers, {len(tensors)}, uintp)"]
    inside: list[str] = []
    if "s" in pattern:
        before.append(f"step = carray(steps, {len(tensors)}, intp)")
    written = "out[i]"
    for t, ((name, dtype), letter) in enumerate(zip(tensors, pattern, strict=True)):
        element = {"1": f"{name}[i]", "0": f"{name}[0]", "s": f"{name}[i * s{t}]", "o": written}[letter]
        if letter != "o":
            before.append(f"{name} = carray(pointer(at[{t}]), n, {_in_memory(dtype)})")
        if letter == "s":
            before.append(f"s{t} = uintp(step[{t}] // {dtype.itemsize})")
        if t == 0:
            written = element
        else:
            element = f"({element} != 0)" if dtype.kind == "b" else element
            element = element if dtype == taken[t - 1] else cast(taken[t - 1], element)
            (before if letter == "0" else inside).append(f"v{t - 1} = {element}")
    inside += [*lines(found, stored[0], _INSTEAD), f"{written} = result"]
    body = [*before, "for i in range(uintp(n)):", *[f"    {line}" for line in inside]]
    types = sorted(
        {_in_memory(dtype) for dtype in (*stored, *taken, *found.results, *found.meeting)} | {"intp", "uintp"}
    )
    head = _HEAD.format(title=f"{', '.join(map(str, stored))}; {pattern}", types=", ".join(types))
    return head + "\n".join(["def loop(n, pointers, steps):", *[f"    {line}" for line in body]]) + "\n"


def _in_memory(dtype: DType) -> str:
    return "uint8" if dtype.kind == "b" else dtype.name


# --- From source to machine code


def loaded(text: str) -> FunctionType:
    """The function ``loop`` of a source, from a file of its own if there is a folder for it."""
    name = f"loop_{_key(text)}.py"
    path = _kept(name, text)
    if path is None:
        path = f"<minigrad {name}>"
        linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    module = ModuleType(f"minigrad.backends.{name.removesuffix('.py')}")
    sys.modules[module.__name__] = module  # numba looks for it there
    exec(compile(text, path, "exec"), module.__dict__)
    loop: FunctionType = module.__dict__["loop"]
    return loop


def _compiled(loop: FunctionType) -> Any:
    """The loop as machine code, from the disk if it is there."""
    if Path(loop.__code__.co_filename).is_absolute():
        try:
            return numba.cfunc(SIGNATURE, cache=True, error_model="numpy")(loop)
        except Exception:  # a folder that cannot be written to, a file that is cut off: it works without
            pass
    return numba.cfunc(SIGNATURE, error_model="numpy")(loop)


@lru_cache(maxsize=1)
def _versions() -> bytes:
    """What machine code depends on besides the source of its loop."""
    return str(numba.__version__).encode() + Path(numba_drivers.__file__).read_bytes()


def _key(text: str) -> str:
    return hashlib.sha256(text.encode() + _versions()).hexdigest()[:24]


def _kept(name: str, text: str) -> str | None:
    """The path of the file of this name and content, which is written if it is missing; None if it cannot be."""
    folder = cache_folder()
    path = folder / name
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            # numba looks at the time of a file to see whether it changed. This one never does.
            os.utime(temporary, (1, 1))
            os.replace(temporary, path)  # all at once, so no other process sees half a file
    except OSError:
        return None
    return str(path)


def cache_folder() -> Path:
    """Where inner loops are kept."""
    chosen: str = getattr(config, "CACHE_DIR", "")
    if chosen:
        return Path(chosen).absolute() / "minigrad"
    if sys.platform == "win32":
        user = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        user = Path.home() / "Library" / "Caches"
    else:
        user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return user / "minigrad"
