"""Bank conflicts, divergence and the profile by line, against cases worked out by hand."""

from typing import Any

import numba
import numpy as np
import pytest
from numba import cuda
from sources import line_with, text_with

from minigrad.simulator import Line, SimulatorError, launch


def counted(kernel: Any, grid: Any, block: Any, *arguments: Any, **settings: Any) -> tuple[int, int]:
    """Bank conflicts and divergent branches of a launch without faults."""
    trace = launch(kernel, grid, block, *arguments, **settings)
    assert not trace.faults
    return trace.counters.bank_conflicts, trace.counters.divergent_branches


def conflicts(kernel: Any, grid: Any, block: Any, *arguments: Any) -> int:
    return counted(kernel, grid, block, *arguments)[0]


def divergent(kernel: Any, grid: Any, block: Any, *arguments: Any) -> int:
    return counted(kernel, grid, block, *arguments)[1]


# Bank conflicts of one access


def written_at(index: Any, dtype: Any, length: int = 2048) -> Any:
    """A kernel in which each thread writes one element of shared memory."""

    def kernel(out):
        tile = cuda.shared.array(length, dtype)
        tile[index(cuda.threadIdx.x)] = 1

    return kernel


ONE_WARP = [
    ("neighbours", lambda t: t, numba.float32, 0),
    ("neighbours, backwards", lambda t: 31 - t, numba.float32, 0),
    ("neighbours, shuffled", lambda t: t ^ 21, numba.float32, 0),
    ("neighbours, not from the first bank", lambda t: t + 5, numba.float32, 0),
    # Lanes 0 and 16, 1 and 17 and so on meet in a bank: two words each.
    ("stride 2", lambda t: 2 * t, numba.float32, 1),
    # An odd stride is prime to 32, so all the banks differ.
    ("stride 3", lambda t: 3 * t, numba.float32, 0),
    ("stride 4", lambda t: 4 * t, numba.float32, 3),
    ("stride 8", lambda t: 8 * t, numba.int32, 7),
    ("stride 32", lambda t: 32 * t, numba.float32, 31),
    ("stride 33", lambda t: 33 * t, numba.float32, 0),
    # Bank 0 has two words to serve, the others one.
    ("a two-way conflict of two lanes", lambda t: 32 if t == 31 else t, numba.float32, 1),
    # Three words in bank 0, two in bank 1: the busiest counts.
    ("the busiest bank", lambda t: (0, 32, 64, 1, 33)[t] if t < 5 else t, numba.float32, 2),
    # Small elements: four to a word, which they get together.
    ("bytes side by side", lambda t: t, numba.int8, 0),
    ("bytes, one to a word", lambda t: 4 * t, numba.int8, 0),
    ("bytes, 128 apart", lambda t: (128 * t) % 2048 + t // 16, numba.int8, 15),
    ("halves side by side", lambda t: t, numba.int16, 0),
    # 8 bytes: 16 lanes at a time, two words each.
    ("doubles side by side", lambda t: t, numba.float64, 0),
    # 16 lanes ask for words 0 1, 4 5, ... 60 61: each of 16 banks has two. So it is in the other half.
    ("doubles, stride 2", lambda t: 2 * t, numba.float64, 2),
    ("doubles, stride 16", lambda t: 16 * t, numba.float64, 30),
    ("doubles, stride 17", lambda t: 17 * t, numba.float64, 0),
    # Lanes 0 and 16 share a bank, but not a half.
    ("doubles, halves in the same banks", lambda t: t % 16 + t // 16 * 64, numba.float64, 0),
    ("int64, two lanes of one half", lambda t: 16 if t == 15 else t % 15, numba.int64, 1),
    # 16 bytes: 8 lanes at a time, four words each.
    ("complex doubles side by side", lambda t: t, numba.complex128, 0),
    ("complex doubles, stride 2", lambda t: 2 * t, numba.complex128, 4),
    ("complex floats side by side", lambda t: t, numba.complex64, 0),
]


@pytest.mark.parametrize(
    ("index", "dtype", "extra"), [case[1:] for case in ONE_WARP], ids=[case[0] for case in ONE_WARP]
)
def test_conflicts_of_a_warp_that_writes(index, dtype, extra: int):
    assert launch(written_at(index, dtype), 1, 32, np.zeros(1)).counters.bank_conflicts == extra


def filled(out, kind):
    """Reads, or updates, what one thread has filled."""
    tile = cuda.shared.array(1024, numba.int32)
    t = cuda.threadIdx.x
    if t == 0:
        for k in range(1024):
            tile[k] = k
    cuda.syncthreads()
    if kind == 0:
        out[t] = tile[7]
    elif kind == 1:
        out[t] = tile[t // 2 * 32]
    elif kind == 2:
        out[t] = tile[t % 4 * 32 + t // 4]
    elif kind == 3:
        cuda.atomic.add(tile, 2 * t, 1)
    elif kind == 4:
        cuda.atomic.add(tile, 7, 1)


@pytest.mark.parametrize(
    ("kind", "extra"),
    [
        (0, 0),  # a broadcast
        (1, 15),  # 16 words of bank 0, each for two lanes
        (2, 3),  # eight banks with four words each
        (3, 1),  # atomics with stride 2
        (4, 0),  # atomics on one word wait for one another, but not for a bank
    ],
)
def test_conflicts_of_a_warp_that_reads_or_updates(kind: int, extra: int):
    assert conflicts(filled, 1, 32, np.zeros(32, np.int64), kind) == extra


def test_many_lanes_in_one_word_are_no_conflict_whether_they_read_or_write():
    assert launch(written_at(lambda t: 7, numba.float32), 1, 32, np.zeros(1)).counters.bank_conflicts == 0
    assert launch(written_at(lambda t: t // 4, numba.float64), 1, 32, np.zeros(1)).counters.bank_conflicts == 0


def test_conflicts_are_those_of_one_warp_and_add_up_over_warps_and_blocks():
    kernel = written_at(lambda t: 2 * t, numba.float32)
    assert conflicts(kernel, 1, 64, np.zeros(1)) == 2
    assert conflicts(kernel, 3, 64, np.zeros(1)) == 6
    # Two warps may use the same banks, and 16 lanes with stride 2 do not collide.
    assert conflicts(written_at(lambda t: t % 32 + t // 32 * 32, numba.float32), 1, 64, np.zeros(1)) == 0
    assert conflicts(kernel, 1, 16, np.zeros(1)) == 0
    assert conflicts(kernel, 1, 17, np.zeros(1)) == 1


def test_a_warp_of_eight_threads_conflicts_among_its_eight_lanes():
    assert conflicts(written_at(lambda t: 4 * t, numba.float32), 1, 8, np.zeros(1)) == 0
    assert conflicts(written_at(lambda t: 8 * t, numba.float32), 1, 8, np.zeros(1)) == 1
    assert conflicts(written_at(lambda t: 32 * t, numba.float32), 2, 8, np.zeros(1)) == 14


def transposed(padding: int) -> Any:
    width = 32 + padding

    def kernel(out, a):
        tile = cuda.shared.array((32, width), numba.float32)
        x, y = cuda.threadIdx.x, cuda.threadIdx.y
        for row in range(y, 32, 8):
            tile[row, x] = a[row, x]
        cuda.syncthreads()
        for row in range(y, 32, 8):
            out[row, x] = tile[x, row]  # down a column

    return kernel


def test_a_tile_that_is_read_down_its_columns_needs_padding():
    a, out = np.arange(1024, dtype=np.float32).reshape(32, 32), np.zeros((32, 32), np.float32)
    assert conflicts(transposed(0), 1, (32, 8), out, a) == 32 * 31
    assert (out == a.T).all()
    assert conflicts(transposed(1), 1, (32, 8), out, a) == 0
    # 34 is even: lanes 0 and 16 meet again.
    assert conflicts(transposed(2), 1, (32, 8), out, a) == 32


def test_a_warp_is_32_threads_in_the_order_of_x_then_y():
    def rows(out):
        tile = cuda.shared.array((32, 32), numba.float32)
        tile[cuda.threadIdx.y, cuda.threadIdx.x] = 1

    def columns(out):
        tile = cuda.shared.array((32, 32), numba.float32)
        tile[cuda.threadIdx.x, cuda.threadIdx.y] = 1

    assert conflicts(rows, 1, (32, 4), np.zeros(1)) == 0
    assert conflicts(columns, 1, (32, 4), np.zeros(1)) == 4 * 31
    # A warp of 8 by 4: eight rows, 32 words apart, in each of four banks.
    assert conflicts(columns, 1, (8, 4), np.zeros(1)) == 7
    assert conflicts(rows, 1, (8, 4), np.zeros(1)) == 3


def test_a_view_and_dynamic_memory_have_the_banks_of_their_cells():
    def kernel(out):
        tile = cuda.shared.array(0, numba.float32)
        tile[1::2][cuda.threadIdx.x] = 1

    assert counted(kernel, 1, 32, np.zeros(1), dynamic_shared=256) == (1, 0)


def test_two_arrays_and_two_places_in_the_code_do_not_collide():
    def kernel(out):
        one = cuda.shared.array(32, numba.float32)
        two = cuda.shared.array(32, numba.float32)
        t = cuda.threadIdx.x
        one[t] = 1
        two[t] = one[t] + one[t]

    assert conflicts(kernel, 1, 32, np.zeros(1)) == 0


def test_global_and_local_memory_have_no_banks():
    def kernel(a):
        mine = cuda.local.array(64, numba.float32)
        mine[32 * (cuda.threadIdx.x % 2)] = 1
        a[32 * cuda.threadIdx.x] = 1

    assert conflicts(kernel, 1, 32, np.zeros(1024, np.float32)) == 0


# Which accesses belong together


def test_lanes_that_come_in_different_turns_are_not_together():
    def kernel(a):
        tile = cuda.shared.array(1024, numba.float32)
        t = cuda.threadIdx.x
        for k in range(4):
            if t % 4 == k:
                tile[32 * t] = a[8 * t]

    trace = launch(kernel, 1, 32, np.zeros(256, np.float32))
    assert trace.counters.bank_conflicts == 4 * 7
    assert trace.counters.divergent_branches == 4

    def each_its_own_turn(a):
        tile = cuda.shared.array(1024, numba.float32)
        for k in range(32):
            if cuda.threadIdx.x == k:
                tile[32 * k] = a[0]

    trace = launch(each_its_own_turn, 1, 32, np.zeros(1, np.float32))
    assert (trace.counters.bank_conflicts, trace.counters.sectors_read) == (0, 32)


def test_lanes_with_inner_loops_of_different_length_meet_again_in_the_outer_loop():
    def kernel(a):
        t = cuda.threadIdx.x
        for k in range(3):
            for _ in range(t % 2):
                a[0]
            a[32 * k + t]

    trace = launch(kernel, 1, 32, np.zeros(96, np.float32))
    assert trace.counters.sectors_read == 3 * (1 + 4)
    assert trace.counters.divergent_branches == 3

    def left_early(a):
        t = cuda.threadIdx.x
        k = 0
        while k < 3:
            for turn in range(4):
                if turn == t % 4:
                    break
            a[32 * k + t]
            k += 1

    trace = launch(left_early, 1, 32, np.zeros(96, np.float32))
    assert trace.counters.sectors_read == 3 * 4
    assert trace.counters.divergent_branches == 3 * 3


def test_what_is_called_twice_in_a_line_is_two_accesses():
    def cell(a, i):
        for k in range(i, i + 1):
            if k % 2:
                return a[k]
        return a[i]

    half = lambda a, i: a[i // 2] if i % 2 else a[i]  # noqa: E731

    def kernel(out, a):
        t = cuda.threadIdx.x
        out[t] = cell(a, 2 * t) + cell(a, 2 * t + 1)
        out[t] = half(a, 2 * t) + half(a, 2 * t + 1)

    trace = launch(kernel, 1, 8, np.zeros(8, np.float32), np.zeros(16, np.float32))
    # Each call asks for every second of 16, or for the first 8: all lanes take the same way.
    assert trace.counters.sectors_read == 2 + 2 + 2 + 1
    assert trace.counters.divergent_branches == 0


def test_lanes_that_return_from_a_function_at_different_times_meet_again():
    def search(a, t):
        for k in range(4):
            if k == t % 4:
                return k
        return 0

    def kernel(a):
        t = cuda.threadIdx.x
        search(a, t)
        a[t]

    trace = launch(kernel, 1, 32, np.zeros(32, np.float32))
    assert trace.counters.sectors_read == 4
    assert trace.counters.divergent_branches == 3


def test_barriers_keep_accesses_apart_where_there_is_no_source():
    text = """
def kernel(a):
    t = cuda.threadIdx.x
    for k in range(2):
        if (t < 8) == (k == 0):
            a[t % 8]
        cuda.syncthreads()
"""
    names: dict[str, Any] = {"cuda": cuda}
    exec(text, names)
    counters = launch(names["kernel"], 1, 16, np.zeros(32, np.float32)).counters
    assert counters.sectors_read == 2
    assert counters.divergent_branches == 0  # not known


def test_the_whole_of_a_row_is_stored_element_by_element():
    def kernel(a):
        tile = cuda.shared.array((32, 4), numba.float32)
        tile[cuda.threadIdx.x][:] = 1

    # Four writes; in each, 32 lanes with stride 4.
    assert conflicts(kernel, 1, 32, np.zeros(1)) == 4 * 3


def test_counts_do_not_depend_on_the_order_of_threads():
    def counts(order):
        trace = launch(interleaved, 2, 64, np.zeros(2), np.ones(128, np.float32), order=order)
        return trace.profile

    assert counts("forward") == counts("reverse") == counts(5)


# Divergence


def test_a_test_that_all_lanes_answer_alike_is_no_divergence():
    def kernel(a):
        t = cuda.threadIdx.x
        if t < 64:
            a[0]
        if t >= 32:  # a whole warp
            a[0]
        a[0] if a.size > 3 else a[1]
        while a.size < 1:
            a[1]
        for _ in range(5):
            a[0]

    assert divergent(kernel, 3, 64, np.zeros(3)) == 0


def test_a_warp_that_parts_is_one_divergent_branch_at_its_line():
    def kernel(a):
        t = cuda.threadIdx.x
        if t % 2:  # parts
            a[0]
        else:
            a[1]

    trace = launch(kernel, 2, 64, np.zeros(2))
    assert trace.counters.divergent_branches == 4
    (row,) = [row for row in trace.profile.lines if row.divergent_branches]
    assert (row.line, row.source) == (line_with("# parts", kernel), text_with("# parts", kernel))


@pytest.mark.parametrize(("size", "parted"), [(64, 0), (63, 1), (33, 1), (32, 0), (31, 1), (0, 0)])
def test_a_guard_parts_the_one_warp_in_which_the_array_ends(size: int, parted: int):
    def guarded(out):
        i = cuda.grid(1)
        if i < out.size:
            out[i] = i

    def returns_early(out):
        i = cuda.grid(1)
        if i >= out.size:
            return
        out[i] = i

    for kernel in (guarded, returns_early):
        assert divergent(kernel, 2, 32, np.zeros(size)) == parted


def test_a_thread_alone_in_its_warp_cannot_part():
    def kernel(a):
        i = cuda.grid(1)
        if i % 2:
            a[0]

    assert divergent(kernel, 32, 1, np.zeros(1)) == 0
    assert divergent(kernel, 1, 33, np.zeros(1)) == 1


def test_each_branch_of_a_chain_is_one():
    def kernel(a):
        t = cuda.threadIdx.x
        if t < 8:  # all 32 lanes
            a[0]
        elif t < 16:  # the 24 others
            a[1]
        elif t < 99:  # the last 16 agree
            a[2]

    trace = launch(kernel, 1, 32, np.zeros(3))
    lines = [line_with(mark, kernel) for mark in ("# all 32", "# the 24")]
    assert [row.line for row in trace.profile.lines if row.divergent_branches] == lines
    assert trace.counters.divergent_branches == 2


def test_a_test_of_several_parts_is_one_branch():
    def kernel(a):
        t = cuda.threadIdx.x
        if t > 3 and t < 9 and t != 5:
            a[0]
        if t > 3 or t <= 3:  # true for all, on two ways
            a[0]

    assert divergent(kernel, 1, 32, np.zeros(1)) == 1


def test_a_conditional_expression_is_a_branch():
    def kernel(out, a):
        t = cuda.threadIdx.x
        out[t] = a[t] if t > 3 else 0

    assert divergent(kernel, 1, 32, np.zeros(32), np.zeros(32)) == 1


@pytest.mark.parametrize("loop", ["for", "while", "for and break"])
def test_a_warp_parts_whenever_some_of_its_lanes_leave_a_loop(loop: str):
    def with_for(a, most):
        for _ in range(cuda.threadIdx.x % most):
            a[0]

    def with_while(a, most):
        k = 0
        while k < cuda.threadIdx.x % most:
            a[0]
            k += 1

    def with_break(a, most):
        for k in range(most):
            if k == cuda.threadIdx.x % most:
                break
            a[0]

    kernel = {"for": with_for, "while": with_while, "for and break": with_break}[loop]
    # Lanes with 0, 1, ... most - 1 turns: after each turn some leave, and then the last have nobody to part from.
    assert divergent(kernel, 1, 32, np.zeros(1), 4) == 3
    assert divergent(kernel, 2, 64, np.zeros(1), 2) == 4
    assert divergent(kernel, 1, 32, np.zeros(1), 1) == 0


def test_a_loop_over_a_grid_parts_only_in_the_last_warp_that_goes_on():
    def kernel(a):
        for i in range(cuda.grid(1), a.size, cuda.gridsize(1)):
            a[i]

    assert divergent(kernel, 2, 32, np.zeros(128)) == 0
    assert divergent(kernel, 2, 32, np.zeros(130)) == 1


def test_an_else_of_a_loop_still_means_what_it_meant():
    def kernel(out):
        t = cuda.threadIdx.x
        for _ in range(min(t, 3)):
            if t == 2:
                break
        else:
            out[t] = 1
            return
        out[t] += 2

    out = np.zeros(5)
    # Lane 0 leaves at once, lane 2 breaks, lane 1 leaves after a turn, and the last two stay together.
    assert divergent(kernel, 1, 5, out) == 3
    assert out.tolist() == [1, 1, 2, 1, 1]


def test_a_branch_in_a_function_belongs_to_its_line():
    @cuda.jit(device=True)
    def positive(x):
        if x > 0:  # in the function
            return x
        return 0

    def kernel(out, a):
        i = cuda.grid(1)
        out[i] = positive(a[i])

    trace = launch(kernel, 1, 4, np.zeros(4), np.array([1.0, -1.0, 2.0, 3.0]))
    (row,) = [row for row in trace.profile.lines if row.divergent_branches]
    assert row.line == line_with("# in the function", positive)


# The tree reductions of every textbook


def interleaved(out, a):
    tile = cuda.shared.array(64, numba.float32)
    t = cuda.threadIdx.x
    tile[t] = a[cuda.grid(1)]
    cuda.syncthreads()
    s = 1
    while s < 64:
        if t % (2 * s) == 0:  # parts
            tile[t] += tile[t + s]
        cuda.syncthreads()
        s *= 2
    if t == 0:
        out[cuda.blockIdx.x] = tile[0]


def strided(out, a):
    tile = cuda.shared.array(64, numba.float32)
    t = cuda.threadIdx.x
    tile[t] = a[cuda.grid(1)]
    cuda.syncthreads()
    s = 1
    while s < 64:
        i = 2 * s * t
        if i < 64:  # parts
            tile[i] += tile[i + s]  # adds
        cuda.syncthreads()
        s *= 2
    if t == 0:
        out[cuda.blockIdx.x] = tile[0]


def sequential(out, a):
    tile = cuda.shared.array(64, numba.float32)
    t = cuda.threadIdx.x
    tile[t] = a[cuda.grid(1)]
    cuda.syncthreads()
    s = 32
    while s > 0:
        if t < s:  # parts
            tile[t] += tile[t + s]
        cuda.syncthreads()
        s //= 2
    if t == 0:  # last
        out[cuda.blockIdx.x] = tile[0]


@pytest.mark.parametrize(
    ("kernel", "in_the_loop", "extra"),
    [
        # s = 1 to 16 parts both warps, s = 32 only the first. In no step do two lanes meet in a bank: lanes 2s apart
        # use words 2s apart.
        (interleaved, 11, 0),
        # The first warp has all the work: 32 lanes at s = 1, so it does not part; then 16, 8, 4, 2, 1. The lanes' words
        # are 2s apart and spread over all 64, so each bank that is used at all has two to serve, until there is only
        # one lane: in five steps, each for two reads and a write.
        (strided, 5, 5 * 3),
        # The halves are whole warps at s = 32; below, the first warp parts, and words are neighbours.
        (sequential, 5, 0),
    ],
)
def test_tree_reductions(kernel, in_the_loop: int, extra: int):
    out, a = np.zeros(1), np.arange(64, dtype=np.float32)
    trace = launch(kernel, 1, 64, out, a)
    assert out[0] == a.sum()
    at = {row.line: row for row in trace.profile.lines}
    assert at[line_with("# parts", kernel)].divergent_branches == in_the_loop
    assert trace.counters.divergent_branches == in_the_loop + 1  # one lane writes the result
    assert trace.counters.bank_conflicts == extra


# The table by line


def test_a_profile_has_a_row_for_each_line_that_does_anything():
    def kernel(out, total, a):
        tile = cuda.shared.array(64, numba.float32)  # nothing is counted here
        t = cuda.threadIdx.x
        i = cuda.grid(1)
        tile[t] = tile[t + 32] = a[2 * i]  # loads
        cuda.syncthreads()  # meets
        if t < 16:  # parts
            out[i] = tile[2 * t + t // 15 * 2]  # stores
            cuda.atomic.add(total, 0, 1)  # adds
            cuda.atomic.add(tile, 1 + 32 * (t % 2), 1)  # collides

    trace = launch(kernel, 2, 32, np.zeros(64, np.float32), np.zeros(1), np.zeros(128, np.float32))
    assert not trace.faults
    rows = trace.profile.lines
    assert [row.line for row in rows] == [
        line_with(f"# {mark}", kernel) for mark in ("loads", "meets", "parts", "stores", "adds", "collides")
    ]
    assert {row.file for row in rows} == {__file__}
    assert rows[0].source == text_with("# loads", kernel)
    expected: list[dict[str, int]] = [
        {"reads": 64, "sectors_read": 16, "shared_writes": 128},
        {"barriers": 2},
        {"divergent_branches": 2},
        {"writes": 32, "sectors_written": 4, "shared_reads": 32, "bank_conflicts": 2},
        {"atomics": 32},
        {"shared_atomics": 32, "bank_conflicts": 2},
    ]
    for row, numbers in zip(rows, expected, strict=True):
        assert row == Line(row.file, row.line, row.source, **numbers)
    total = trace.profile.total
    assert total == Line(
        "",
        None,
        reads=64,
        writes=32,
        atomics=32,
        sectors_read=16,
        sectors_written=4,
        shared_reads=32,
        shared_writes=128,
        shared_atomics=32,
        bank_conflicts=4,
        divergent_branches=2,
        barriers=2,
    )
    assert total.sectors == 20
    counters = trace.counters
    assert (counters.bank_conflicts, counters.divergent_branches, counters.sectors) == (4, 2, 20)
    assert (counters.global_reads.sum(), counters.shared_atomics.sum()) == (total.reads, total.shared_atomics)


def test_a_barrier_in_a_loop_counts_for_each_block_and_turn():
    def kernel(a):
        for _ in range(3):
            cuda.syncthreads()  # here

    trace = launch(kernel, 2, 40, np.zeros(1))
    (row,) = trace.profile.lines
    assert (row.line, row.barriers) == (line_with("# here", kernel), 6)
    assert (trace.counters.barriers == 3).all()


def test_a_launch_in_which_nothing_happens_has_an_empty_profile():
    def kernel(a):
        return

    for block in (4, 2000):
        trace = launch(kernel, 1, block, np.zeros(1))
        assert trace.profile.lines == () and trace.profile.total == Line("", None)
        assert trace.counters.sectors == 0


def test_a_launch_that_was_given_up_is_profiled_as_far_as_it_came():
    def kernel(a):
        i = cuda.grid(1)
        a[i]
        while i == 1:
            a[i]

    trace = launch(kernel, 1, 2, np.zeros(2), loop_turns=300)
    assert not trace.complete
    assert trace.profile.total.reads >= 3


def test_a_launch_that_was_not_recorded_has_no_profile():
    trace = launch(interleaved, 1, 64, np.zeros(1), np.zeros(64), record=False)
    with pytest.raises(SimulatorError, match="was not recorded; launch it with record=True"):
        _ = trace.profile
