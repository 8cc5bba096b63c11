"""minigrad: a small tensor library, and the workbook that teaches how to write one.

``import minigrad`` costs nothing: a name is imported when it is first used. The workbook and the simulator
are packages of their own, ``minigrad.workbook`` and ``minigrad.simulator``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minigrad.creation import *  # noqa: F403
    from minigrad.dtypes import *  # noqa: F403
    from minigrad.errors import *  # noqa: F403
    from minigrad.functions import *  # noqa: F403
    from minigrad.tensor import *  # noqa: F403

_CONTENTS = {
    "tensor": "Tensor tensor from_numpy",
    "creation": "empty zeros ones full arange",
    "dtypes": "float32 float64 int32 int64 bool",
    "functions": (
        "neg abs reciprocal exp log sqrt sin cos tanh sigmoid relu "
        "add sub mul div pow maximum minimum eq ne lt le gt ge where roll tril triu"
    ),
    "errors": "MinigradError",
}
_HOME = {name: module for module, names in _CONTENTS.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_HOME[name]}")
    # Not for `tensor`: importing that module has just bound its name here, and the module can be called.
    return globals().setdefault(name, getattr(module, name))


def __dir__() -> list[str]:
    return sorted(_HOME)
