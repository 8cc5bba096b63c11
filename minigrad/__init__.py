"""minigrad: a small tensor library, and the workbook that teaches how to write one.

``import minigrad`` costs nothing: a name is imported when it is first used. The workbook and the simulator
are packages of their own, ``minigrad.workbook`` and ``minigrad.simulator``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minigrad import draw as draw
    from minigrad import nn as nn
    from minigrad import optim as optim
    from minigrad.autodiff import *  # noqa: F403
    from minigrad.creation import *  # noqa: F403
    from minigrad.derivatives import *  # noqa: F403
    from minigrad.dtypes import *  # noqa: F403
    from minigrad.elementwise import *  # noqa: F403
    from minigrad.errors import *  # noqa: F403
    from minigrad.exponentials import *  # noqa: F403
    from minigrad.function import *  # noqa: F403
    from minigrad.layers import *  # noqa: F403
    from minigrad.moving import *  # noqa: F403
    from minigrad.products import *  # noqa: F403
    from minigrad.random import *  # noqa: F403
    from minigrad.reductions import *  # noqa: F403
    from minigrad.serialization import *  # noqa: F403
    from minigrad.tensor import *  # noqa: F403
    from minigrad.views import *  # noqa: F403

_CONTENTS = {
    "tensor": "Tensor tensor from_numpy from_dlpack",
    "creation": "empty zeros ones full arange zeros_like ones_like full_like",
    "random": "Generator manual_seed rand randn randint randperm",
    "dtypes": "float32 float64 int32 int64 bool",
    "functions": (
        "neg abs reciprocal inv exp log sqrt sin cos tanh sigmoid relu erf erfc gelu "
        "add sub mul div pow maximum minimum eq ne lt le gt ge "
        "bitwise_not bitwise_and bitwise_or bitwise_xor where masked_fill "
        "sum mean var std prod max min amax amin argmax argmin all any logsumexp softmax log_softmax cumsum "
        "permute transpose reshape flatten unsqueeze squeeze gather cat stack pad flip roll tril triu sort argsort "
        "matmul conv1d conv2d max_pool1d max_pool2d avg_pool1d avg_pool2d "
        "layer_norm embedding dropout cross_entropy clone"
    ),
    "autodiff": "no_grad enable_grad is_grad_enabled grad",
    "function": "Function",
    "derivatives": "gradcheck jacobian vjp jvp",
    "serialization": "save load",
    "errors": "MinigradError",
}
_PARTS = ("draw", "nn", "optim")
_HOME = {name: module for module, names in _CONTENTS.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name in _PARTS:
        return import_module(f"{__name__}.{name}")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_HOME[name]}")
    # Not for `tensor`: importing that module has just bound its name here, and the module can be called.
    return globals().setdefault(name, getattr(module, name))


def __dir__() -> list[str]:
    return sorted([*_HOME, *_PARTS])
