"""How parameters are filled at the start. Each function fills a tensor in place and returns it.

A layer keeps the size of what passes through it if its weights have the right variance, which depends on how many
inputs are summed (the fan-in) and how many outputs each input goes to (the fan-out). Numbers come from the
generator that ``minigrad.manual_seed`` seeds, unless another is given.
"""

from __future__ import annotations

import math

from minigrad.autodiff import no_grad
from minigrad.errors import MinigradError
from minigrad.random import Generator, rand, randn
from minigrad.tensor import Tensor


def uniform_(tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Generator | None = None) -> Tensor:
    """Numbers drawn evenly from ``a`` to ``b``."""
    drawn = rand(tensor.shape, generator=generator, dtype=tensor.dtype, backend=tensor.backend)
    return _filled(tensor, drawn * (b - a) + a)


def normal_(tensor: Tensor, mean: float = 0.0, std: float = 1.0, generator: Generator | None = None) -> Tensor:
    """Numbers drawn from the bell curve with this mean and standard deviation."""
    drawn = randn(tensor.shape, generator=generator, dtype=tensor.dtype, backend=tensor.backend)
    return _filled(tensor, drawn * std + mean)


def constant_(tensor: Tensor, val: float) -> Tensor:
    """The same number everywhere."""
    return _filled(tensor, val)


def zeros_(tensor: Tensor) -> Tensor:
    """Zeros."""
    return constant_(tensor, 0)


def ones_(tensor: Tensor) -> Tensor:
    """Ones."""
    return constant_(tensor, 1)


def xavier_uniform_(tensor: Tensor, gain: float = 1.0, generator: Generator | None = None) -> Tensor:
    """Drawn evenly, with variance ``gain² · 2 / (fan_in + fan_out)`` (Glorot and Bengio 2010)."""
    return _evenly(tensor, gain * math.sqrt(2 / sum(_fans(tensor))), generator)


def xavier_normal_(tensor: Tensor, gain: float = 1.0, generator: Generator | None = None) -> Tensor:
    """Drawn from a bell curve, with variance ``gain² · 2 / (fan_in + fan_out)`` (Glorot and Bengio 2010)."""
    return normal_(tensor, 0, gain * math.sqrt(2 / sum(_fans(tensor))), generator)


def kaiming_uniform_(
    tensor: Tensor,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Drawn evenly, with variance ``gain² / fan`` (He et al. 2015); see :func:`calculate_gain`."""
    return _evenly(tensor, _kaiming(tensor, a, mode, nonlinearity), generator)


def kaiming_normal_(
    tensor: Tensor,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Drawn from a bell curve, with variance ``gain² / fan`` (He et al. 2015); see :func:`calculate_gain`."""
    return normal_(tensor, 0, _kaiming(tensor, a, mode, nonlinearity), generator)


_GAINS = {"linear": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "relu": math.sqrt(2)}


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """By how much the standard deviation has to grow to make up for a nonlinearity.

    ``param`` is the slope of ``leaky_relu`` below 0.

    >>> calculate_gain("relu") ** 2
    2.0000000000000004
    """
    if nonlinearity == "leaky_relu":
        return math.sqrt(2 / (1 + (0.01 if param is None else param) ** 2))
    if nonlinearity not in _GAINS:
        raise MinigradError(f"the gain of {nonlinearity!r} is not known; it is of {', '.join(_GAINS)} and leaky_relu")
    return _GAINS[nonlinearity]


def _filled(tensor: Tensor, value: Tensor | float) -> Tensor:
    with no_grad():
        return tensor.copy_(value)


def _kaiming(tensor: Tensor, a: float, mode: str, nonlinearity: str) -> float:
    fans = dict(zip(("fan_in", "fan_out"), _fans(tensor), strict=True))
    if mode not in fans:
        raise MinigradError(f"the mode is fan_in or fan_out, not {mode!r}")
    return calculate_gain(nonlinearity, a) / math.sqrt(max(fans[mode], 1))


def _evenly(tensor: Tensor, std: float, generator: Generator | None) -> Tensor:
    """Drawn evenly around 0 with this standard deviation: from ``-b`` to ``b``, that is ``b / sqrt(3)``."""
    bound = math.sqrt(3) * std
    return uniform_(tensor, -bound, bound, generator)


def _fans(tensor: Tensor) -> tuple[int, int]:
    """The fan-in and fan-out of a weight of shape (out, in, *window)."""
    if tensor.ndim < 2:
        raise MinigradError(f"a tensor of shape {tensor.shape} has no fan-in and fan-out: it needs two dimensions")
    out, into, *window = tensor.shape
    return into * math.prod(window), out * math.prod(window)
