"""The operations that Part 6 goes backwards through, and what autodiff says their gradients are.

``FORWARD`` has the operations; the functions below it are the references of the puzzles of the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def _pooled(a: Any) -> Any:
    from minigrad import pad

    padded = pad(a, (2, 0))
    return padded[:-2] + padded[1:-1] + padded[2:]


def _scanned(a: Any, TPB: int) -> Any:
    from minigrad import pad

    (size,) = a.shape
    return pad(a, (0, -size % TPB)).reshape(-(-size // TPB), TPB).cumsum(1).flatten()[:size]


FORWARD: Mapping[str, Callable[..., Any]] = {
    "map_backward": lambda a: a.sigmoid(),
    "zip_backward": lambda a, b: a * b,
    "broadcast_backward": lambda a, b: a * b,
    "sum_backward": lambda a: a.sum(1),
    "max_backward": lambda a: a.max(1).values,
    "pooling_backward": _pooled,
    "scan_backward": _scanned,
}
"""By name of the puzzle, the operation whose gradient its kernel computes. That of ``scan_backward`` also gets the
constant ``TPB``."""

Gradients = Mapping[str, Any]
"""Tensors by name of the output that they are expected in."""


def _pulled_back(forward: Callable[..., Any], d: Any, **inputs: Any) -> Gradients:
    """The gradients that ``d`` makes of the inputs."""
    from minigrad import vjp

    _, grads = vjp(forward, tuple(inputs.values()), d)
    return {f"grad_{name}": grad for name, grad in zip(inputs, grads, strict=True)}


def map_backward(d: Any, a: Any, size: int) -> Gradients:
    """In float64: what is to be kept to has to be better than what keeps to it."""
    from minigrad import float32, float64

    wide = _pulled_back(FORWARD["map_backward"], d.to(float64), a=a.to(float64))
    return {name: grad.to(float32) for name, grad in wide.items()}


def zip_backward(d: Any, a: Any, b: Any, size: int) -> Gradients:
    return _pulled_back(FORWARD["zip_backward"], d, a=a, b=b)


def broadcast_backward(d: Any, a: Any, b: Any, rows: int, cols: int) -> Gradients:
    return _pulled_back(FORWARD["broadcast_backward"], d, a=a, b=b)


def sum_backward(d: Any, rows: int, cols: int) -> Gradients:
    """The operation is linear, and so are those of pooling and scan: where it is differentiated makes no difference."""
    from minigrad import zeros

    return _pulled_back(FORWARD["sum_backward"], d, a=zeros(rows, cols))


def max_backward(d: Any, a: Any, rows: int, cols: int) -> Gradients:
    return _pulled_back(FORWARD["max_backward"], d, a=a)


def pooling_backward(d: Any, size: int) -> Gradients:
    return _pulled_back(FORWARD["pooling_backward"], d, a=d)


def scan_backward(d: Any, size: int, TPB: int) -> Gradients:
    return _pulled_back(lambda a: FORWARD["scan_backward"](a, TPB), d, a=d)
