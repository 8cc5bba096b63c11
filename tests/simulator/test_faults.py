"""What the checked GPU catches, and that it tells the truth about it: who, where, at which line, and in which words."""

import json
from typing import Any

import numba
import numpy as np
import pytest
from numba import cuda
from sources import line_with, text_with

from minigrad.simulator import FAULT_KINDS, Fault, KernelError, Unsupported, launch
from minigrad.simulator.findings import MAX_FAULTS

TABLE = np.arange(9.0).reshape(3, 3)


def faults(kernel: Any, grid: Any, block: Any, *arguments: Any, **options: Any) -> tuple[Fault, ...]:
    """The faults of a launch, which are the same whether or not it is recorded."""
    copies = [np.copy(a) if isinstance(a, np.ndarray) else a for a in arguments]
    unrecorded = launch(kernel, grid, block, *copies, record=False, **options).faults
    recorded = launch(kernel, grid, block, *arguments, record=True, **options).faults
    assert unrecorded == recorded
    return recorded


# Every kind of fault, told in full. The marks "here" and "there" are where the thread and the other thread are.


def past_the_end(out, a):
    i = cuda.grid(1)
    out[i] = a[i] + 10  # here


def before_the_beginning(out, a):
    i = cuda.grid(1)
    out[i - 1] = a[i]  # here


def outside_in_two_dimensions(out, a):
    x, y = cuda.grid(2)
    if x < 2:
        out[y, x] = a[y, x]  # here


def outside_in_three_dimensions(out, a):
    x, y, z = cuda.grid(3)
    if x == 0:
        out[z, y, x] = a[z, y, x]  # here


def outside_in_an_atomic(out, a):
    cuda.atomic.add(out, cuda.threadIdx.x + 7, 1)  # here


def an_output_read(out, a):
    out[cuda.grid(1)] += a[0]  # here


def shared_memory_nobody_wrote(out, a):
    tile = cuda.shared.array(4, numba.float32)
    i = cuda.threadIdx.x
    tile[i] = a[i]
    cuda.syncthreads()
    out[i] = tile[i + 1]  # here


def local_memory_nobody_wrote(out, a):
    mine = cuda.local.array((2, 2), numba.int32)
    mine[1, 1] = 1
    out[cuda.grid(1)] = mine[1, 0]  # here


def dynamic_memory_nobody_wrote(out, a):
    tile = cuda.shared.array(0, numba.float32)
    out[cuda.grid(1)] = tile[1]  # here


def an_atomic_on_nothing(out, a):
    tile = cuda.shared.array(1, numba.int32)
    cuda.atomic.add(tile, 0, 1)  # here


def two_writes(out, a):
    out[0] = cuda.grid(1)  # here # there


def a_read_and_a_write(out, a):
    i = cuda.threadIdx.x
    out[i] = a[i + 1]  # there
    a[i] = 0  # here


def a_write_and_a_read_of_another_block(out, a):
    i = cuda.grid(1)
    if i == 0:
        a[1] = 1  # there
    else:
        out[i] = a[1]  # here


def an_atomic_and_a_read(out, a):
    if cuda.grid(1) == 0:
        cuda.atomic.add(a, 0, 1)  # there
    else:
        out[0] = a[0]  # here


def a_write_and_an_atomic(out, a):
    if cuda.grid(1) == 0:
        a[0] = 1  # there
    else:
        cuda.atomic.add(a, 0, 1)  # here


def two_barriers(out, a):
    if cuda.threadIdx.x < 1:
        cuda.syncthreads()  # here
    else:
        cuda.syncthreads()  # there


def a_lane_that_does_not_come(out, a):
    if cuda.threadIdx.x == 0:
        cuda.syncwarp(0b11)  # here
    else:
        cuda.syncthreads()  # there


def a_shuffle_from_a_lane_that_takes_no_part(out, a):
    if cuda.threadIdx.x == 0:
        out[0] = cuda.shfl_sync(0b1, 1, 1)  # here


def a_mask_without_oneself(out, a):
    cuda.syncwarp(0b10)  # here


def a_division(out, a):
    out[0] = 7 // cuda.threadIdx.x  # here


def a_remainder(out, a):
    i = cuda.threadIdx.x
    i %= i  # here


def too_much_shared_memory(out, a):
    cuda.shared.array(6144, numba.float64)
    cuda.shared.array(1, numba.int8)  # here


def an_endless_loop(out, a):
    i = 1
    while i > 0:  # here
        i += 1


THREAD_0, THREAD_1, THREAD_2, THREAD_3 = ((x, 0, 0) for x in range(4))
BLOCK_0, BLOCK_1, BLOCK_2 = THREAD_0, THREAD_1, THREAD_2

CASES = [
    (past_the_end, (3, 4), (12, 9), {}, "out-of-bounds", "a", (9,), BLOCK_2, THREAD_1, None,
     "thread 1 of block 2 read a[9]; a has 9 elements"),
    (before_the_beginning, (1, 4), (4, 4), {}, "out-of-bounds", "out", (-1,), BLOCK_0, THREAD_0, None,
     "thread 0 of block 0 wrote out[-1]; out has 4 elements"),
    (outside_in_two_dimensions, ((1, 2), (3, 4)), ((7, 2), (8, 2)), {}, "out-of-bounds", "out", (7, 0),
     (0, 1, 0), (0, 3, 0), None, "thread (x=0, y=3) of block (x=0, y=1) wrote out[7, 0]; out is 7 x 2"),
    (outside_in_three_dimensions, ((1, 1, 2), (2, 1, 2)), ((4, 1, 1), (3, 1, 1)), {}, "out-of-bounds", "a", (3, 0, 0),
     (0, 0, 1), (0, 0, 1), None, "thread (x=0, y=0, z=1) of block (x=0, y=0, z=1) read a[3, 0, 0]; a is 3 x 1 x 1"),
    (outside_in_an_atomic, (1, 2), (8, 1), {}, "out-of-bounds", "out", (8,), BLOCK_0, THREAD_1, None,
     "thread 1 of block 0 updated out[8]; out has 8 elements"),
    (an_output_read, (2, 1), (2, 1), {"outputs": ["out"]}, "uninitialised-read", "out", (0,), BLOCK_0, THREAD_0, None,
     "thread 0 of block 0 read out[0] before any thread wrote it"),
    (shared_memory_nobody_wrote, (1, 3), (3, 3), {}, "uninitialised-read", "tile", (3,), BLOCK_0, THREAD_2, None,
     "thread 2 of block 0 read tile[3] before any thread wrote it"),
    (local_memory_nobody_wrote, (1, 1), (1, 1), {}, "uninitialised-read", "mine", (1, 0), BLOCK_0, THREAD_0, None,
     "thread 0 of block 0 read mine[1, 0] before any thread wrote it"),
    (dynamic_memory_nobody_wrote, (1, 1), (1, 1), {"dynamic_shared": 8}, "uninitialised-read", "tile", (1,), BLOCK_0,
     THREAD_0, None, "thread 0 of block 0 read tile[1] before any thread wrote it"),
    (an_atomic_on_nothing, (1, 1), (1, 1), {}, "uninitialised-read", "tile", (0,), BLOCK_0, THREAD_0, None,
     "thread 0 of block 0 read tile[0] before any thread wrote it"),
    (two_writes, (1, 3), (1, 1), {}, "race", "out", (0,), BLOCK_0, THREAD_1, (BLOCK_0, THREAD_0, "wrote"),
     "thread 1 of block 0 wrote out[0] and thread 0 of block 0 wrote it, and nothing orders the two"),
    (a_read_and_a_write, (1, 2), (2, 3), {}, "race", "a", (1,), BLOCK_0, THREAD_1, (BLOCK_0, THREAD_0, "read"),
     "thread 1 of block 0 wrote a[1] and thread 0 of block 0 read it, and nothing orders the two"),
    (a_write_and_a_read_of_another_block, (2, 1), (2, 2), {}, "race", "a", (1,), BLOCK_1, THREAD_0,
     (BLOCK_0, THREAD_0, "wrote"),
     "thread 0 of block 1 read a[1] and thread 0 of block 0 wrote it, and nothing orders the two"),
    (an_atomic_and_a_read, (1, 2), (1, 1), {}, "race", "a", (0,), BLOCK_0, THREAD_1, (BLOCK_0, THREAD_0, "updated"),
     "thread 1 of block 0 read a[0] and thread 0 of block 0 updated it, and nothing orders the two"),
    (a_write_and_an_atomic, (1, 2), (1, 1), {}, "race", "a", (0,), BLOCK_0, THREAD_1, (BLOCK_0, THREAD_0, "wrote"),
     "thread 1 of block 0 updated a[0] and thread 0 of block 0 wrote it, and nothing orders the two"),
    (two_barriers, (1, 4), (1, 1), {}, "divergent-barrier", "", None, BLOCK_0, THREAD_0, (BLOCK_0, THREAD_1, "waits"),
     "thread 0 of block 0 waits at the barrier in line {here} and thread 1 of block 0 at the one in line {there}"),
    (a_lane_that_does_not_come, (1, 2), (1, 1), {}, "bad-warp-operation", "", None, BLOCK_0, THREAD_0,
     (BLOCK_0, THREAD_1, "waits"),
     "thread 0 of block 0 calls syncwarp with a mask that names lane 1, which never arrives"),
    (a_shuffle_from_a_lane_that_takes_no_part, (1, 2), (1, 1), {}, "bad-warp-operation", "", None, BLOCK_0, THREAD_0,
     None, "thread 0 of block 0 reads from lane 1 in shfl_sync, and that lane takes no part"),
    (a_mask_without_oneself, (1, 1), (1, 1), {}, "bad-warp-operation", "", None, BLOCK_0, THREAD_0, None,
     "thread 0 of block 0 calls syncwarp with a mask that does not name its own lane, 0"),
    (a_division, (1, 1), (1, 1), {}, "integer-division-by-zero", "", None, BLOCK_0, THREAD_0, None,
     "thread 0 of block 0 divided an integer by zero"),
    (a_remainder, (1, 1), (1, 1), {}, "integer-division-by-zero", "", None, BLOCK_0, THREAD_0, None,
     "thread 0 of block 0 divided an integer by zero"),
    (too_much_shared_memory, (1, 1), (1, 1), {}, "invalid-launch", "", None, BLOCK_0, THREAD_0, None,
     "thread 0 of block 0 asks for 49153 bytes of shared memory; a block has at most 49152"),
    (an_endless_loop, (1, 1), (1, 1), {"loop_turns": 1000}, "hang", "", None, BLOCK_0, THREAD_0, None,
     "thread 0 of block 0 is still in this loop after 1024 turns"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kernel", "dims", "shapes", "options", "kind", "array", "index", "block", "thread", "other", "message"),
    CASES,
    ids=[case[0].__name__ for case in CASES],
)
def test_a_fault_is_told_in_full(
    kernel, dims, shapes, options, kind, array, index, block, thread, other, message
) -> None:
    out, a = np.zeros(shapes[0]), np.ones(shapes[1])
    fault = faults(kernel, *dims, out, a, **options)[0]
    assert (fault.kind, fault.array, fault.index, fault.block, fault.thread) == (kind, array, index, block, thread)
    here, there = line_with("# here", kernel), None
    if other is None:
        assert fault.other is None
    else:
        there = line_with("# there", kernel)
        assert fault.other is not None
        party = fault.other
        assert (party.block, party.thread, party.action) == other
        assert (party.line, party.source) == (there, text_with("# there", kernel))
    assert (fault.line, fault.source, fault.file) == (here, text_with("# here", kernel), __file__)
    assert fault.message == message.format(here=here, there=there)


def test_every_kind_of_fault_stands_in_that_table():
    assert {case[4] for case in CASES} == FAULT_KINDS.keys()


@pytest.mark.parametrize("case", CASES, ids=[case[0].__name__ for case in CASES])
def test_a_fault_goes_through_json_and_back(case):
    kernel, dims, shapes, options, kind, _, index, *_ = case
    found = faults(kernel, *dims, np.zeros(shapes[0]), np.ones(shapes[1]), **options)[0]
    told = json.loads(json.dumps(found.to_json()))
    assert told.keys() == {"kind", "array", "index", "block", "thread", "line", "source", "message", "other"}
    assert told["kind"] == kind and told["line"] == found.line and told["message"] == found.message
    assert told["index"] == (None if index is None else list(index))
    if found.other is not None:
        assert told["other"]["line"] == found.other.line and told["other"]["thread"] == list(found.other.thread)


# Which element it was


def element(index: Any, make: Any, use: Any) -> list[tuple[int, ...] | None]:
    """The indices reported when ``use`` touches the view that ``make`` takes of a 4 x 6 array."""

    def kernel(a):
        use(make(a), index)

    return [fault.index for fault in faults(kernel, 1, 1, np.zeros((4, 6)))]


def read(view, index):
    return view[index]


def write(view, index):
    view[index] = 1


VIEWS = [
    ("a row", lambda a: a[2], 6, (2, 6)),
    ("a row before its beginning", lambda a: a[2], -1, (2, -1)),
    ("a row of a slice of rows", lambda a: a[1:3], (2, 0), (3, 0)),
    ("a slice", lambda a: a[2, 1:5], 4, (2, 5)),
    ("every other column", lambda a: a[1, 1::2], 3, (1, 7)),
    ("a slice backwards", lambda a: a[0, ::-1], 6, (0, -1)),
    ("a column", lambda a: a[:, 3], 4, (4, 3)),
    ("the transpose", lambda a: a.T, (5, 4), (4, 5)),
    ("a row of the transpose", lambda a: a.T[5], 4, (4, 5)),
    ("a slice of a slice", lambda a: a[1:, 2:][1:, 1:], (2, 0), (4, 3)),
    ("every other one of every other one", lambda a: a[0, ::2][::2], 2, (0, 8)),
    ("an ellipsis", lambda a: a[..., 1], 4, (4, 1)),
    ("a row below the last", lambda a: a[4], 2, (4, 2)),
    ("a row above the first", lambda a: a[-1], 2, (-1, 2)),
    ("a part of a row below the last", lambda a: a[5, 2:], 1, (5, 3)),
    ("a part of a row below the last, taken later", lambda a: a[5][2:], 1, (5, 3)),
    ("a place beyond a row below the last", lambda a: a[5], 9, (5, 9)),
    ("NumPy's integers", lambda a: a, (np.int64(9), np.int32(0)), (9, 0)),
]


@pytest.mark.parametrize(("make", "index", "expected"), [v[1:] for v in VIEWS], ids=[v[0] for v in VIEWS])
@pytest.mark.parametrize("use", [read, write])
def test_an_element_of_a_view_is_named_by_its_index_in_the_whole_array(make, index, expected, use):
    assert element(index, make, use) == [expected]


def test_a_row_below_the_last_is_no_fault_until_an_element_of_it_is_used():
    def kernel(out, a):
        row = a[7]
        part = row[2:4]
        out[0] = row.size + len(part)

    out = np.zeros(1)
    assert not faults(kernel, 1, 1, out, np.zeros((4, 6)))
    assert out[0] == 8


def test_iterating_over_an_array_faults_on_the_kernels_own_line():
    def kernel(out, a):
        total = 0
        for x in out:  # here
            total += x
        p, q = a  # there
        out[0] = p + q

    first, second, third = faults(kernel, 1, 1, np.zeros(1), np.zeros(2), outputs=["out", "a"])
    assert (first.array, first.line) == ("out", line_with("# here", kernel))
    assert {(fault.array, fault.line) for fault in (second, third)} == {("a", line_with("# there", kernel))}


def test_copying_an_array_into_another_faults_on_the_kernels_own_line():
    def kernel(out, a):
        out[:] = a[1:3]  # here

    (fault,) = faults(kernel, 1, 1, np.zeros(2), np.zeros(3), outputs=["a"])[:1]
    assert (fault.array, fault.index, fault.line) == ("a", (1,), line_with("# here", kernel))


def test_reading_outside_a_constant_array_is_a_fault():
    def kernel(out):
        constants = cuda.const.array_like(TABLE)
        out[0] = constants[1, 2] + TABLE[3, 0] + constants[0][3] + TABLE[4][1]

    found = faults(kernel, 1, 1, np.zeros(1))
    assert [(fault.kind, fault.array) for fault in found] == [("out-of-bounds", "TABLE")] * 3
    assert [fault.index for fault in found][:2] == [(3, 0), (0, 3)]


def test_the_name_of_a_shared_array_without_a_variable_says_what_it_is():
    def kernel(out):
        out[0] = cuda.shared.array(1, numba.int32)[0]

    (fault,) = faults(kernel, 1, 1, np.zeros(1))
    assert fault.message == "thread 0 of block 0 read a shared array[0] before any thread wrote it"
    assert fault.array == ""


# Faults are collected


def test_a_launch_goes_on_after_a_fault():
    def kernel(out, a):
        i = cuda.grid(1)
        out[i] = a[i] + 1

    out = np.zeros(5)
    found = faults(kernel, 1, 5, out, np.ones(3))
    assert [fault.thread[0] for fault in found if fault.thread] == [3, 4]
    assert out[:3].tolist() == [2, 2, 2]


def test_faults_are_kept_up_to_a_bound_and_counted_beyond():
    def kernel(a):
        a[cuda.grid(1)]

    trace = launch(kernel, 10, 100, np.zeros(1))
    assert len(trace.faults) == MAX_FAULTS
    assert trace.fault_count == 999
    assert trace.complete
    assert not launch(kernel, 1, 1, np.zeros(1)).fault_count


def test_a_division_by_zero_ends_neither_the_thread_nor_the_others():
    def kernel(out):
        i = cuda.threadIdx.x
        x = 6 // i
        out[i] = x + 1

    out = np.zeros(3)
    found = faults(kernel, 1, 3, out)
    assert [fault.kind for fault in found] == ["integer-division-by-zero"]
    assert out.tolist() == [1, 7, 4]


def test_a_race_over_one_cell_is_reported_once():
    def kernel(out):
        for k in range(3):
            out[0] = cuda.threadIdx.x + k

    assert len(faults(kernel, 1, 8, np.zeros(1))) == 1


# What the kernel itself raises


def raises_a_value_error(out):
    if cuda.grid(1) == 5:
        raise ValueError("five")  # here
    out[cuda.grid(1)] = 1


def calls_something_that_is_not_there(out):
    out[0] = no_such_name  # noqa: F821  # here


def fails_in_a_helper(out):
    out[0] = helper_that_fails(3)


def helper_that_fails(x):
    return x.nothing  # in the helper


def stores_a_tuple(out):
    out[0] = cuda.grid(2)  # here


def stores_nothing(out):
    out[0] = None  # here


def stores_an_array(out):
    out[0] = out  # here


def has_an_index_that_is_no_integer(out):
    out[0.5] = 1  # here


def has_too_many_indices(out):
    out[0, 1] = 1  # here


def writes_a_constant(out):
    TABLE[0, 0] = 1  # here


def updates_a_constant(out):
    cuda.atomic.add(TABLE, (0, 0), 1)  # here


def fills_from_another_shape(out):
    out[:] = out[1:]  # here


def exits(out):
    raise SystemExit(3)  # here


@pytest.mark.parametrize("record", [True, False])
@pytest.mark.parametrize(
    ("kernel", "thread", "what"),
    [
        (raises_a_value_error, (1, 0, 0), "ValueError: five"),
        (calls_something_that_is_not_there, (0, 0, 0), "NameError: name 'no_such_name' is not defined"),
        (stores_a_tuple, (0, 0, 0), "TypeError: an array of float64 holds numbers, not (0, 0), a tuple"),
        (stores_nothing, (0, 0, 0), "TypeError: an array of float64 holds numbers, not None"),
        (stores_an_array, (0, 0, 0), "TypeError: an array of float64 holds numbers, not <out: 9 float64>"),
        (has_an_index_that_is_no_integer, (0, 0, 0), "TypeError: an index has to be an integer, and this one is 0.5"),
        (has_too_many_indices, (0, 0, 0), "IndexError: too many indices: the array has 1 dimensions"),
        (writes_a_constant, (0, 0, 0), "TypeError: a constant array cannot be written"),
        (updates_a_constant, (0, 0, 0), "TypeError: an atomic works on an array that can be written"),
        (fills_from_another_shape, (0, 0, 0), "ValueError: an array of shape (8,) cannot be stored in a view of"),
        (exits, (0, 0, 0), "SystemExit: 3"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_the_kernel_raises_names_the_thread_and_the_line(kernel, thread, what: str, record: bool):
    with pytest.raises(KernelError) as raised:
        launch(kernel, 2, 4, np.zeros(9), record=record)
    error = raised.value
    assert (error.file, error.line) == (__file__, line_with("# here", kernel))
    assert error.thread == thread and error.block == ((1, 0, 0) if kernel is raises_a_value_error else (0, 0, 0))
    assert f"thread {thread[0]} of block {error.block[0]} raised {what}" in str(error)
    assert type(error.__cause__).__name__ == what.split(":")[0]


def test_what_a_helper_raises_is_at_the_helpers_line():
    with pytest.raises(KernelError) as raised:
        launch(fails_in_a_helper, 1, 1, np.zeros(1))
    assert raised.value.line == line_with("# in the helper", helper_that_fails)


def test_a_launch_that_raised_leaves_the_arrays_alone_and_the_next_one_works():
    out = np.zeros(8)
    with pytest.raises(KernelError):
        launch(raises_a_value_error, 2, 4, out)
    assert not out.any()
    assert not faults(past_the_end, 1, 4, out, np.ones(8))
    assert out.sum() == 44


# What the simulator does not offer


@pytest.mark.parametrize(
    ("use", "named"),
    [
        (lambda a: cuda.nanosleep(1), "cuda.nanosleep"),
        (lambda a: cuda.cg.this_grid(), "cuda.cg"),
        (lambda a: cuda.fp16.hadd(1, 2), "cuda.fp16"),
        (lambda a: a.sum(), ".sum of an array"),
        (lambda a: a.reshape(1), ".reshape of an array"),
        (lambda a: a[None], "None (a new axis)"),
        (lambda a: cuda.shared.array(1, "S3"), "|S3"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_numba_has_and_the_simulator_has_not_is_named(use, named: str):
    def kernel(a):
        use(a)

    for record in (True, False):
        with pytest.raises(Unsupported, match="does not offer") as raised:
            launch(kernel, 1, 1, np.zeros(1), record=record)
        assert named in str(raised.value)


def test_what_nobody_has_is_an_error_of_the_kernel():
    def kernel(a):
        cuda.syncthread()

    with pytest.raises(KernelError, match="AttributeError: cuda has no 'syncthread'"):
        launch(kernel, 1, 1, np.zeros(1))


# What is passed over


def position_by_zip(out, strides):
    index = cuda.local.array(4, numba.int32)
    index[0] = 1
    index[1] = 2
    position = 0
    for i, step in zip(index, strides):  # noqa: B905
        position += i * step
    out[0] = position


def sum_of_all(out, strides):
    index = cuda.local.array(3, numba.int32)
    index[0] = strides[0]
    for i in index:
        out[0] += i


def stored_as_it_is(out, strides):
    index = cuda.local.array(3, numba.int32)
    for i in index:
        out[0] = i


def test_zip_may_take_one_more_than_it_hands_on():
    out = np.zeros(1)
    assert not faults(position_by_zip, 1, 1, out, np.array([3, 1]))
    assert out[0] == 5


@pytest.mark.parametrize(
    ("kernel", "unwritten", "mark"), [(sum_of_all, [1, 2], "+= i"), (stored_as_it_is, [0, 1, 2], "= i")]
)
def test_what_was_passed_over_is_a_fault_once_it_is_used(kernel: Any, unwritten: list[int], mark: str):
    found = faults(kernel, 1, 1, np.zeros(1), np.array([3, 1]))
    assert [(fault.kind, fault.index) for fault in found] == [("uninitialised-read", (at,)) for at in unwritten]
    assert {fault.line for fault in found} == {line_with("for i in index", kernel)}
