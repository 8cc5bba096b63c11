"""What is shown of a tensor that is too large to be shown whole: the ends of each dimension, and what is near an index.

Of several matrices fewer rows and columns are shown than of one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import product

from minigrad.draw.cells import GAP, window
from minigrad.strides import Index, strides_of
from minigrad.strides import index as unravel

ROWS, COLUMNS = 8, 12
"""So much is shown of a large matrix; of each of several, about half as much."""

SHEETS = 6
"""So many matrices are shown."""


def shown_indices(shape: tuple[int, ...], index: Index | None) -> Iterable[Index]:
    """The indices of the cells that are shown: all, or the ends and what is near ``index``."""
    sheets, inner = shape[:-2], shape[-2:]
    near = None if index is None else sum(i * step for i, step in zip(index, strides_of(sheets), strict=False))
    fronts = [unravel(k, sheets) for k in _few(math.prod(sheets), near, SHEETS)]
    most = [ROWS, COLUMNS][-len(inner) :] if len(fronts) == 1 else [ROWS * 3 // 4, COLUMNS // 2]
    chosen = [
        _few(size, None if index is None else index[len(sheets) + dim], most[dim]) for dim, size in enumerate(inner)
    ]
    return ((*front, *at) for front in fronts for at in product(*chosen))


def _few(size: int, near: int | None, most: int) -> list[int]:
    return [each for each in window(size, [] if near is None else [near], most) if each is not None]


def left_out(positions: Sequence[int]) -> list[bool]:
    """Whether something was left out before each of these."""
    return [i > 0 and each != positions[i - 1] + 1 for i, each in enumerate(positions)]


def offsets(positions: Sequence[int], size: float, start: float) -> list[float]:
    """How far along each stands, if each takes ``size``, with a gap where something was left out."""
    found, at = [], start
    for missing in left_out(positions):
        at += GAP if missing else 0.0
        found.append(at)
        at += size
    return found
