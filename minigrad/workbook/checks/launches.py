"""The launches that a kernel is tried with: how many elements there are, and the threads that come for them.

A :class:`Launches` is a family of them, as data: tables to choose one entry each from, and what a choice
means. Each table begins with what makes the most readable example, because hypothesis shrinks a failing case
towards the first entries: two threads in a block, one element, no spare block, first thread first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from minigrad.workbook.checks.tables import Tables, parameters
from minigrad.workbook.checks.values import SEEDS
from minigrad.workbook.spec import Array, Case, Dims


class Launch(NamedTuple):
    """The shape of what is computed, rows first, and the grid and block that compute it, x first."""

    shape: Dims
    grid: Dims
    block: Dims
    constants: Mapping[str, int] = {}


@dataclass(frozen=True)
class Launches:
    """A family of launches: ``build`` makes a launch of one entry from each table in ``choices``.

    The tables are called what the parameters of ``build`` are called. ``telling`` are the entries of a launch that is
    small and shows what matters: a few blocks, and threads that have nothing to do.
    """

    choices: tuple[Sequence[Any], ...]
    build: Callable[..., Launch]
    telling: tuple[Any, ...]


ORDERS: tuple[str | int, ...] = ("forward", "reverse", 1, 2, 3)
"""In which order the simulator runs blocks and threads: a right kernel does not care."""

AT_LEAST_ONE = (*range(1, 10), 11, 13, 16, 17, 24, 31, 32, 33, 50, 64, 65, 130, 300)
"""Sizes where there is always an element: small ones, those around 32 and 64, where kernels go wrong, and large."""

SIZES = (*AT_LEAST_ONE, 0, 0, 0)
"""The same and 0: last, since an empty example teaches little, and often, since it has to be drawn."""

BLOCKS = (2, 3, 4, 1, 5, 6, 7, 8, 12, 16, 20, 32, 33, 48, 64, 96, 192, 256)
"""Threads in a block. Powers of two are usual; nothing in these puzzles may depend on it."""

IDLE = (0, 1, 2, 3, 4, 7, 16, 33)
"""Threads more than needed, in one block."""

SPARE = (0, 0, 1, 2)
"""Blocks more than needed: a grid may be too large, never too small."""

GRIDS = (1, 2, 3, 4, 5, 7)
"""Blocks in a launch that has nothing to do with the size."""

ROWS = (*range(1, 8), 9, 12, 17, 33, 0)
COLUMNS = (*range(1, 9), 11, 16, 33, 34, 0)
"""Rows and columns have tables of their own, so that square arrays are the exception."""

FEW_ROWS = (*range(1, 8), 9, 12, 0)
"""Rows that fit one block of at most 1024 threads, whatever the columns."""

BLOCKS_2D = (
    *((3, 2), (2, 3), (2, 1), (1, 2), (4, 2), (1, 1), (2, 5), (3, 3)),
    *((4, 8), (8, 4), (7, 5), (16, 2), (32, 1), (1, 32)),
)
"""Blocks as x, y: wide and high ones, hardly ever square."""


def blocks_for(elements: int, threads: int) -> int:
    """How many blocks of so many threads it takes; one for no elements, as no launch dimension is ever 0."""
    return max(1, -(-elements // threads))


EXACTLY = Launches(
    (AT_LEAST_ONE,),
    lambda size: Launch((size,), grid=(1,), block=(size,)),
    (8,),
)
"""One block with a thread for each element."""

ONE_BLOCK = Launches(
    (SIZES, IDLE),
    lambda size, idle: Launch((size,), grid=(1,), block=(max(1, size + idle),)),
    (6, 2),
)
"""One block with at least a thread for each element."""

COVERS = Launches(
    (BLOCKS, SIZES, SPARE),
    lambda block, size, spare: Launch((size,), grid=(blocks_for(size, block) + spare,), block=(block,)),
    (4, 9, 0),
)
"""At least enough blocks, of any size."""

ANY = Launches(
    (BLOCKS, SIZES, GRIDS),
    lambda block, size, grid: Launch((size,), grid=(grid,), block=(block,)),
    (4, 11, 2),
)
"""Any number of blocks of any size, whether or not there are threads enough."""


def _one_block_2d(rows: int, columns: int, idle_x: int, idle_y: int) -> Launch:
    x, y = max(1, columns + idle_x), max(1, rows + idle_y)
    return Launch((rows, columns), grid=(1, 1), block=(x + 1, y) if x == y else (x, y))


def _covers_2d(block: Dims, rows: int, columns: int, spare_x: int, spare_y: int) -> Launch:
    grid = (blocks_for(columns, block[0]) + spare_x, blocks_for(rows, block[1]) + spare_y)
    return Launch((rows, columns), grid, block)


ONE_BLOCK_2D = Launches((FEW_ROWS, COLUMNS, (0, 1, 2, 5), (0, 1, 2, 4)), _one_block_2d, (3, 4, 1, 1))
"""One block, never square, with at least a thread for each element: x counts columns, y counts rows."""

COVERS_2D = Launches((BLOCKS_2D, ROWS, COLUMNS, SPARE, SPARE), _covers_2d, ((3, 2), 3, 5, 0, 0))
"""At least enough blocks in both directions: x counts columns, y counts rows."""

COVERS_SQUARE = Launches(
    (BLOCKS_2D, ROWS, SPARE, SPARE),
    lambda block, size, spare_x, spare_y: _covers_2d(block, size, size, spare_x, spare_y),
    ((3, 2), 5, 0, 0),
)
"""The same for an array with as many columns as rows."""

TPBS = (8, 64)
"""What the constant ``TPB`` is in the runs of a file that has one: threads per block."""

WITH_TPB = tuple({"TPB": tpb} for tpb in TPBS)
"""The sets of constants of such a file."""

LONG_ROWS = (*range(1, 10), 15, 16, 17, 24, 31, 63, 64, 65, 100, 129, 200, 0, 0)
"""Columns of rows that a whole block works on: shorter than the block, longer, and none."""

SOME_ROWS = (1, 2, 3, 4, 5, 7)
"""Rows where a grid has a block for each: there is always one."""

TPB_ONE_BLOCK = Launches(
    (TPBS, (*range(1, 10), 13, 16, 31, 32, 33, 50, 63, 64, 0, 0, 0)),
    lambda tpb, size: Launch((min(size, tpb),), grid=(1,), block=(tpb,), constants={"TPB": tpb}),
    (8, 6),
)
"""One block of ``TPB`` threads, with one for each element at least."""

TPB_COVERS = Launches(
    (TPBS, SIZES, SPARE),
    lambda tpb, size, spare: Launch(
        (size,), grid=(blocks_for(size, tpb) + spare,), block=(tpb,), constants={"TPB": tpb}
    ),
    (8, 13, 0),
)
"""At least enough blocks of ``TPB`` threads."""


def _some_blocks(tpb: int, size: int, spare: int) -> Launch:
    blocks = blocks_for(size, tpb) + spare
    return Launch((size, blocks), grid=(blocks,), block=(tpb,), constants={"TPB": tpb})


TPB_SOME_BLOCKS = Launches((TPBS, SIZES, SPARE), _some_blocks, (8, 13, 0))
"""The same; the shape is the number of elements and that of the blocks, where each block has a result."""

TPB_ANY = Launches(
    (TPBS, SIZES, GRIDS),
    lambda tpb, size, grid: Launch((size,), grid=(grid,), block=(tpb,), constants={"TPB": tpb}),
    (8, 24, 2),
)
"""Any number of blocks of ``TPB`` threads."""

MORE_GRIDS = (*GRIDS, 9, 17)
"""Blocks in a launch, and now and then more of them than a block of 8 has threads."""


def _more_blocks(tpb: int, size: int, grid: int) -> Launch:
    if tpb > grid:
        return TPB_ANY.build(tpb, size, min(grid, 4) if tpb > TPBS[0] else grid)
    return TPB_ANY.build(tpb, size + tpb * tpb if size else 0, grid)


TPB_MORE_BLOCKS = Launches((TPBS, SIZES, MORE_GRIDS), _more_blocks, (8, 24, 2))
"""The same, where it matters that there may be more blocks than threads in a block: then some that are too many have
elements. Of large blocks there are few."""

TPB_ROWS = Launches(
    (TPBS, SOME_ROWS, LONG_ROWS),
    lambda tpb, rows, columns: Launch((rows, columns), grid=(rows,), block=(tpb,), constants={"TPB": tpb}),
    (8, 2, 9),
)
"""A block of ``TPB`` threads for each row."""

TPB_FULL_ROWS = Launches((TPBS, SOME_ROWS, tuple(each for each in LONG_ROWS if each)), TPB_ROWS.build, TPB_ROWS.telling)
"""The same, and no row is empty."""

TILES = (4, 8)
"""What the constant ``TILE`` is in the runs of a file that has one: a block is a square of so many threads a side."""

WITH_TILE = tuple({"TILE": tile} for tile in TILES)
"""The sets of constants of such a file."""

TILED_ROWS = (*range(1, 10), 12, 17, 0)
TILED_COLUMNS = (*range(1, 10), 11, 16, 19, 33, 0)
"""Rows and columns of a few tiles: fewer than a tile has, as many, more, and none."""


def _tiles(tile: int, rows: int, columns: int, spare_x: int, spare_y: int) -> Launch:
    return _covers_2d((tile, tile), rows, columns, spare_x, spare_y)._replace(constants={"TILE": tile})


TILE_COVERS = Launches((TILES, TILED_ROWS, TILED_COLUMNS, SPARE, SPARE), _tiles, (4, 3, 6, 0, 0))
"""At least enough blocks of ``TILE`` × ``TILE`` threads in both directions."""

Arguments = Callable[..., Mapping[str, "Array | int"]]
"""Makes a kernel's arguments from the shape, a seed for each input array, and whatever else is drawn."""


def case_of(launch: Launch, arguments: Mapping[str, Array | int], order: str | int = "forward") -> Case:
    """A launch and its arguments, put together."""
    return Case(arguments, launch.grid, launch.block, order, launch.constants)


def cases(
    launches: Launches, arguments: Arguments, arrays: int = 1, others: tuple[Sequence[Any], ...] = ()
) -> Tables[Case]:
    """The cases of these launches.

    ``arguments(shape, *seeds, *others)`` gets one seed for each of the ``arrays``, and one entry of each
    further table in ``others``. The tables are called what its parameters are called.
    """
    names, chosen = parameters(launches.build), len(launches.choices)
    _, *given = parameters(arguments)
    seeds, further = given[:arrays], given[arrays : arrays + len(others)]
    tables: dict[str, Sequence[Any]] = {
        **dict(zip(names, launches.choices, strict=True)),
        **dict(zip(further, others, strict=True)),
        **dict.fromkeys(seeds, SEEDS),
        "order": ORDERS,
    }

    def put_together(*drawn: Any) -> Case:
        launch = launches.build(*drawn[:chosen])
        further, seeds = drawn[chosen : chosen + len(others)], drawn[chosen + len(others) : -1]
        return case_of(launch, arguments(launch.shape, *seeds, *further), drawn[-1])

    return Tables(put_together, tables, dict(zip(names, launches.telling, strict=True)))
