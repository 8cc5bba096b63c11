"""Source that was written by a program, kept as files so that what is compiled from it can be kept too.

A file is named after its content, so it never changes, and processes that write the same one at once do no harm. The
folder is ``minigrad`` in ``NUMBA_CACHE_DIR`` if that is set, else in the user's folder for caches. Where it cannot be
written to, the source lives in this process alone.
"""

from __future__ import annotations

import hashlib
import linecache
import os
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import numba
from numba.core import config


def module(text: str, kind: str) -> ModuleType:
    """The module that a source makes."""
    name = f"{kind}_{hashlib.sha256(text.encode() + _versions()).hexdigest()[:24]}"
    path = _kept(f"{name}.py", text)
    if path is None:
        path = f"<minigrad {name}>"
        linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    made = ModuleType(f"minigrad.backends.{name}")
    made.__file__ = path
    sys.modules[made.__name__] = made  # numba looks for it there
    exec(compile(text, path, "exec"), made.__dict__)
    return made


def is_kept(made: ModuleType) -> bool:
    """Whether a module came from a file."""
    return Path(str(made.__file__)).is_absolute()


@lru_cache(maxsize=1)
def _versions() -> bytes:
    """What machine code depends on besides the source in the file."""
    here = Path(__file__).parent
    shared = [here / name for name in ("numba_drivers.py", "numba_math.py")]
    return str(numba.__version__).encode() + b"".join(path.read_bytes() for path in shared if path.exists())


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
    """Where generated files are kept."""
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
