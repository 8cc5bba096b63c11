"""The nest of loops that visits every element of some tensors of one shape, made as short as it can be.

Which loop goes inside which is free, and two loops can be one where every tensor's elements lie as if they were.
Tensors that all lie row by row need a single loop, however many dimensions they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from minigrad.strides import Shape, Strides


class Loops(NamedTuple):
    """Loops from the outermost to the innermost: how often each turns, and how far each tensor moves at a turn."""

    shape: Shape
    strides: tuple[Strides, ...]


@lru_cache(maxsize=4096)
def nest(shape: Shape, *strides: Strides) -> Loops:
    """The loops over tensors of one shape, at least one; the first tensor, which is written, decides what is inside.

    >>> nest((2, 3, 4), (12, 4, 1), (12, 4, 1))
    Loops(shape=(24,), strides=((1,), (1,)))
    >>> nest((2, 3, 4), (12, 4, 1), (0, 4, 1))
    Loops(shape=(2, 12), strides=((12, 1), (0, 1)))
    >>> nest((3, 2), (1, 3), (1, 3))
    Loops(shape=(6,), strides=((1,), (1,)))
    """
    turning = [dim for dim, size in enumerate(shape) if size != 1]
    turning.sort(key=lambda dim: tuple(stride[dim] for stride in strides), reverse=True)
    sizes: list[int] = []
    moves: list[tuple[int, ...]] = []
    for dim in turning:
        move = tuple(stride[dim] for stride in strides)
        if moves and all(outer == inner * shape[dim] for outer, inner in zip(moves[-1], move, strict=True)):
            sizes[-1] *= shape[dim]
            moves[-1] = move
        else:
            sizes.append(shape[dim])
            moves.append(move)
    if not moves:
        return Loops((1,), ((1,),) * len(strides))
    return Loops(tuple(sizes), tuple(zip(*moves, strict=True)))


def pieces(shape: Shape, limit: int) -> Iterator[tuple[slice, ...]]:
    """Subscripts that cut an array of this shape into pieces of at most ``limit`` elements.

    >>> list(pieces((5,), 2))
    [(slice(0, 2, None),), (slice(2, 4, None),), (slice(4, 6, None),)]
    """
    inside = 1
    for size in shape[1:]:
        inside *= size
    if inside <= limit:
        step = max(limit // max(inside, 1), 1)
        for start in range(0, shape[0], step):
            yield (slice(start, start + step),)
    else:
        for start in range(shape[0]):
            for rest in pieces(shape[1:], limit):
                yield (slice(start, start + 1), *rest)


class Part(NamedTuple):
    """Loops over a part of some tensors, and how far from its first element each tensor's part begins."""

    loops: Loops
    start: tuple[int, ...]


TILE = (64, 16)
"""How often the second loop and the innermost one turn in a tile."""


@lru_cache(maxsize=4096)
def tiled(loops: Loops) -> tuple[Part, ...]:
    """The same loops in parts, each made of tiles, where a tensor lies across the innermost loop; else as they are.

    A cache holds lines of neighbouring elements. A tensor that moves from line to line in the innermost loop comes back
    to each of them in another one. In a tile it comes back before the line is forgotten.

    >>> transposed = Loops((128, 40), ((40, 1), (1, 128)))
    >>> [part.loops.shape for part in tiled(transposed)]
    [(2, 2, 64, 16), (2, 1, 64, 8)]
    """
    whole = Part(loops, (0,) * len(loops.strides))
    inner = len(loops.shape) - 1
    second = _loop_along(loops)
    if second == inner or loops.shape[second] < TILE[0] or loops.shape[inner] < TILE[1]:
        return (whole,)
    order = [d for d in range(inner) if d != second]
    parts = []
    for second_start, second_size, second_tile in _cut(loops.shape[second], TILE[0]):
        for inner_start, inner_size, inner_tile in _cut(loops.shape[inner], TILE[1]):
            shape = [*[loops.shape[d] for d in order], second_size, inner_size, second_tile, inner_tile]
            strides = [
                (*[s[d] for d in order], s[second] * second_tile, s[inner] * inner_tile, s[second], s[inner])
                for s in loops.strides
            ]
            start = [s[second] * second_start + s[inner] * inner_start for s in loops.strides]
            parts.append(Part(Loops(tuple(shape), tuple(strides)), tuple(start)))
    return tuple(parts)


def _loop_along(loops: Loops) -> int:
    """The loop in which some tensor moves least, if it moves more in the innermost one; else the innermost one."""
    inner = len(loops.shape) - 1
    for strides in loops.strides:
        least = min((d for d in range(inner + 1) if strides[d]), key=lambda d: strides[d], default=inner)
        if strides[least] < strides[inner]:
            return least
    return inner


def _cut(size: int, tile: int) -> list[tuple[int, int, int]]:
    """For the whole tiles and for what is left: where they begin, how many there are, how long they are."""
    rest = size % tile
    return [(0, size // tile, tile), *([(size - rest, 1, rest)] if rest else [])]
