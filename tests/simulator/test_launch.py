"""A launch: what it takes and refuses, in which order it runs, and what it does to its arguments."""

from typing import Any

import numba
import numpy as np
import pytest
from numba import cuda

from minigrad.simulator import KernelError, SimulatorError, Unsupported, launch


def add_one(out, a):
    i = cuda.grid(1)
    if i < a.size:
        out[i] = a[i] + 1


def both(kernel: Any, grid: Any, block: Any, *arguments: Any, **options: Any) -> Any:
    """Two launches of which only the second is recorded, each with its own copies; the second's trace and arrays."""
    results = []
    for record in (False, True):
        copies = [np.copy(a, order="K") if isinstance(a, np.ndarray) else a for a in arguments]
        results.append((launch(kernel, grid, block, *copies, record=record, **options), copies))
    for one, two in zip(results[0][1], results[1][1], strict=True):
        np.testing.assert_equal(one, two)
    assert results[0][0].unwritten == results[1][0].unwritten
    return results[1]


# Order


def order_of_threads(out, count):
    ticket = cuda.atomic.add(count, 0, 1)
    out[cuda.blockIdx.x, cuda.threadIdx.x] = ticket


@pytest.mark.parametrize("record", [True, False])
def test_blocks_and_threads_run_in_the_order_that_was_asked_for(record: bool):
    orders = {}
    for order in ("forward", "reverse", 0, 1, 2**40):
        again = []
        for _ in range(2):
            out, count = np.zeros((3, 40), np.int64), np.zeros(1, np.int64)
            assert not launch(order_of_threads, 3, 40, out, count, order=order, record=record).faults
            assert sorted(out.ravel().tolist()) == list(range(120))
            again.append(out.tolist())
        assert again[0] == again[1]
        orders[order] = str(again[0])
    assert orders["forward"] == str(np.arange(120).reshape(3, 40).tolist())
    assert orders["reverse"] == str(np.arange(120)[::-1].reshape(3, 40).tolist())
    assert len(set(orders.values())) == len(orders)


def test_threads_of_a_block_are_shuffled_anew_in_every_block():
    out, count = np.zeros((3, 40), np.int64), np.zeros(1, np.int64)
    launch(order_of_threads, 3, 40, out, count, order=1)
    assert len({tuple(np.argsort(row).tolist()) for row in out}) == 3


def test_more_blocks_than_are_kept_in_a_list_run_in_order_too():
    def kernel(out, count):
        out[cuda.blockIdx.z, cuda.blockIdx.y, cuda.blockIdx.x] = cuda.atomic.add(count, 0, 1)

    for order, expected in (("forward", np.arange(4200)), ("reverse", np.arange(4200)[::-1])):
        out = np.zeros((2, 3, 700), np.int64)
        assert not launch(kernel, (700, 3, 2), 1, out, np.zeros(1, np.int64), order=order, record=False).faults
        assert out.ravel().tolist() == expected.tolist()


def test_a_kernel_that_depends_on_the_order_gives_itself_away():
    def last_writer_wins(out):
        out[0] = cuda.grid(1)

    results = {}
    for order in ("forward", "reverse"):
        out = np.zeros(1)
        launch(last_writer_wins, 1, 8, out, order=order)
        results[order] = out[0]
    assert results == {"forward": 7, "reverse": 0}


def test_positions_in_three_dimensions():
    def kernel(out):
        x, y, z = cuda.grid(3)
        gx, gy, _ = cuda.gridsize(3)
        t, b = cuda.threadIdx, cuda.blockIdx
        assert (cuda.grid(1), cuda.grid(2)) == (x, (x, y)) and (cuda.gridsize(1), cuda.gridsize(2)) == (gx, (gx, gy))
        assert (x, y, z) == (b.x * 2 + t.x, b.y * 3 + t.y, b.z * 4 + t.z)
        assert tuple(cuda.blockDim) == (2, 3, 4) and tuple(cuda.gridDim) == (3, 2, 1)
        out[z, y, x] += x + gx * (y + gy * z)

    (trace, (out,)) = both(kernel, (3, 2, 1), (2, 3, 4), np.zeros((4, 6, 6)))
    assert not trace.faults
    assert out.ravel().tolist() == list(range(144))


# Arguments


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0),
        np.arange(12.0)[::2],
        np.arange(6.0)[::-1],
        np.arange(6, dtype=np.int8),
        np.arange(6, dtype=">i4"),
        np.arange(6, dtype=np.float16),
        np.arange(6, dtype=np.complex64),
        np.zeros(0, np.float32),
    ],
    ids=lambda a: f"{a.dtype}{a.strides}",
)
def test_arrays_of_any_type_and_stride_are_read_and_written_in_place(array):
    for record in (True, False):
        base = array.copy()
        out = np.zeros(array.size * 2, array.dtype)[::2]
        assert not launch(add_one, 2, 4, out, base, record=record).faults
        np.testing.assert_array_equal(out, array + 1)
        assert launch(add_one, 2, 4, array, array, record=record).fault_count == 0
        np.testing.assert_array_equal(array, base + 1)
        array -= 1


def test_a_column_major_array_and_a_transpose_are_written_where_they_are():
    def kernel(out, a):
        x, y = cuda.grid(2)
        out[y, x] = 10 * a[y, x]

    base = np.zeros((3, 2))
    (trace, _) = both(kernel, 1, (3, 2), base.T, np.arange(6.0).reshape(2, 3, order="F"))
    assert not trace.faults
    launch(kernel, 1, (3, 2), base.T, np.asfortranarray(np.arange(6.0).reshape(2, 3)))
    assert base.tolist() == [[0, 30], [10, 40], [20, 50]]


def test_an_array_without_dimensions_is_one_element():
    def kernel(out):
        out[()] = out[()] + 2

    (trace, (out,)) = both(kernel, 1, 1, np.array(3.0))
    assert not trace.faults and out == 5
    assert launch(kernel, 1, 1, np.array(3.0), outputs=["out"]).faults[0].index == ()


def test_an_array_without_elements_has_none():
    def kernel(out, a):
        out[0] = a.size + len(a) + a.shape[1]
        a[0, 0]

    (trace, (out, _)) = both(kernel, 1, 1, np.zeros(1), np.zeros((0, 3)))
    assert out[0] == 3
    assert trace.faults[0].message == "thread 0 of block 0 read a[0, 0]; a is 0 x 3"


def test_scalars_keep_their_type():
    def kernel(out, f, i, b, c, pair):
        assert type(f) is np.float32 and i == 2 and b is True and c == 1j
        out[0] = f * i + pair[1]

    (trace, (out, *_)) = both(kernel, 1, 1, np.zeros(1), np.float32(1.5), 2, True, 1j, (3, 4.0))
    assert not trace.faults and out[0] == 7


def test_one_array_given_twice_is_one_memory():
    def kernel(x, y):
        i = cuda.threadIdx.x
        x[i] = 1
        y[i] += 1

    for record in (True, False):
        a = np.zeros(3)
        assert not launch(kernel, 1, 3, a, a, record=record).faults
        assert a.tolist() == [2, 2, 2]


def test_one_array_given_as_an_output_and_as_an_input_holds_the_input():
    for record in (True, False):
        a = np.arange(3.0)
        trace = launch(add_one, 1, 3, a, a, outputs=["out"], record=record)
        assert not trace.faults and not trace.unwritten
        assert a.tolist() == [1, 2, 3]


def test_an_input_may_be_read_only_and_what_is_written_may_not():
    a = np.arange(3.0)
    a.flags.writeable = False

    def counts(out, a):
        cuda.atomic.add(out, 0, a[cuda.grid(1)])

    for record in (True, False):
        out = np.zeros(3)
        assert not launch(add_one, 1, 3, out, a, record=record).faults
        assert out.tolist() == [1, 2, 3]
        assert not launch(counts, 1, 3, out, a, record=record).faults
        with pytest.raises(SimulatorError, match="argument out is a read-only array"):
            launch(add_one, 1, 3, a, out, record=record)


def test_an_output_holds_what_it_held_where_nobody_wrote():
    def kernel(out):
        i = cuda.grid(1)
        if i % 2:
            out[i // 4, i % 4] = i

    (trace, (out,)) = both(kernel, 1, 8, np.full((2, 4), -1.0), outputs=["out"])
    assert trace.unwritten == {"out": ((0, 0), (0, 2), (1, 0), (1, 2))}
    assert out.ravel().tolist() == [-1, 1, -1, 3, -1, 5, -1, 7]


def test_an_output_may_be_named_by_its_position_or_alone():
    for outputs in (["out"], [0], "out", (np.int64(0),), {"out"}):
        trace = launch(add_one, 1, 2, np.zeros(3), np.zeros(2), outputs=outputs)
        assert trace.unwritten == {"out": ((2,),)}
    assert launch(add_one, 1, 2, np.zeros(3), np.zeros(2)).unwritten == {}


def test_the_simulator_writes_no_array_that_the_kernel_does_not_write():
    class Watched(np.ndarray):
        def __setitem__(self, index, value):
            raise AssertionError("written")

    a = np.zeros(3).view(Watched)
    for record in (True, False):
        assert not launch(add_one, 1, 3, np.zeros(3), a, record=record).faults


def test_what_a_kernel_asks_of_an_array():
    def kernel(out, a):
        row = a[1]
        out[0] = a.ndim + row.ndim
        out[1] = a.size + len(a)
        out[2] = row.shape[0] + a.T.shape[0]
        out[3] = a.itemsize + a.nbytes
        out[4] = a.strides[0] + a.T.strides[0] + a[:, ::2].strides[1]
        out[5] = a.dtype == np.float32
        a[1:, :] = 2
        a[0, :] = row

    (trace, (out, a)) = both(kernel, 1, 1, np.zeros(6), np.ones((2, 4), np.float32))
    assert not trace.faults
    assert out.tolist() == [3, 10, 8, 36, 28, 1]
    assert a.tolist() == [[2] * 4, [2] * 4]


# Refusals


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        ((np.zeros(1),), {}, r"add_one\(out, a\) takes 2 arguments, the launch gives 1"),
        ((np.zeros(1),) * 3, {}, "takes 2 arguments, the launch gives 3"),
        (([0.0], np.zeros(1)), {}, "argument out is a list; a kernel takes NumPy arrays and scalars"),
        ((np.zeros(1), "a"), {}, "argument a is a str"),
        ((np.zeros(1), {}), {}, "argument a is a dict"),
        ((np.zeros(1), (1, "b")), {}, "an item of argument a is a str"),
        ((np.zeros(1), np.array(["a"])), {}, "arrays of <U1"),
        ((np.zeros(1), np.zeros(1, [("x", "f4")])), {}, "arrays of"),
        ((np.zeros(1), np.zeros(1, object)), {}, "arrays of object"),
        ((np.zeros(1), (np.zeros(1),)), {}, "tuples of arrays"),
        ((np.zeros(1), np.zeros(1)), {"outputs": ["b"]}, "outputs has 'b', and add_one has no such parameter"),
        ((np.zeros(1), np.zeros(1)), {"outputs": [2]}, "outputs has 2, and add_one has no such parameter"),
        ((np.zeros(1), np.zeros(1)), {"outputs": [-1]}, "outputs has -1"),
        ((np.zeros(1), 3), {"outputs": ["a"]}, "outputs has 'a', which is not an array"),
        ((np.zeros(1), np.zeros(1)), {"order": "backwards"}, "order is 'forward', 'reverse' or an integer seed"),
        ((np.zeros(1), np.zeros(1)), {"order": 1.5}, "order is"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(arguments, options, words: str):
    with pytest.raises(SimulatorError, match=words):
        launch(add_one, 1, 1, *arguments, **options)


@pytest.mark.parametrize("dims", [1.0, "1", None, (), (1, 1, 1, 1), (1, 2.5), [[1]]])
def test_a_grid_or_block_that_makes_no_sense_is_refused(dims):
    for grid, block, name in ((dims, 1, "grid"), (1, dims, "block")):
        with pytest.raises(SimulatorError, match=f"{name} is an integer or a tuple of one to three integers"):
            launch(add_one, grid, block, np.zeros(1), np.zeros(1))


def test_a_grid_may_be_given_in_numpys_integers():
    out = np.zeros(4)
    assert not launch(add_one, np.int64(2), (np.int32(2), 1), out, np.zeros(4)).faults
    assert out.all()


@pytest.mark.parametrize(
    "views",
    [lambda a: (a[1:], a[:-1]), lambda a: (a, a[::2]), lambda a: (a.reshape(2, 3)[0], a[2:])],
)
def test_arrays_that_overlap_are_refused(views):
    with pytest.raises(SimulatorError, match="arguments out and a overlap in memory"):
        launch(add_one, 1, 1, *views(np.zeros(6)))


def test_arrays_that_lie_between_each_other_do_not_overlap():
    a = np.zeros(6)
    assert not launch(add_one, 1, 3, a[::2], a[1::2]).faults
    assert a.tolist() == [1, 0] * 3


@pytest.mark.parametrize("kernel", [3, "kernel", None, print, np.add])
def test_something_that_is_no_kernel_is_refused(kernel):
    with pytest.raises(SimulatorError, match="launch takes a kernel or a Python function"):
        launch(kernel, 1, 1)


def test_a_kernel_cannot_launch_another():
    def kernel(out):
        launch(add_one, 1, 1, np.zeros(1), np.zeros(1))

    with pytest.raises(SimulatorError, match="a launch is already running"):
        launch(kernel, 1, 1, np.zeros(1))
    assert not launch(add_one, 1, 1, np.zeros(1), np.zeros(1)).faults


# Launches that no GPU would take


@pytest.mark.parametrize(
    ("grid", "block", "words"),
    [
        (1, 1025, "the block is 1025 in x; a GPU takes at most 1024"),
        (1, (32, 33), "a block of 1056 threads; a GPU takes at most 1024"),
        (1, (1, 1, 65), "the block is 65 in z; a GPU takes at most 64"),
        ((1, 65536), 1, "the grid is 65536 in y; a GPU takes at most 65535"),
        (2**31, 1, "the grid is 2147483648 in x"),
        (0, 1, "the grid is 0 in x; every dimension has to be at least 1"),
        (1, (4, 0), "the block is 0 in y; every dimension has to be at least 1"),
        ((1, 1, -2), 1, "the grid is -2 in z"),
    ],
)
@pytest.mark.parametrize("record", [True, False])
def test_a_launch_that_no_gpu_takes_is_a_fault_and_does_nothing(grid, block, words: str, record: bool):
    out = np.zeros(4)
    trace = launch(add_one, grid, block, out, np.zeros(4), record=record, outputs=["out"])
    (fault,) = trace.faults
    assert (fault.kind, fault.block, fault.thread, fault.line) == ("invalid-launch", None, None, None)
    assert fault.message.startswith(words)
    assert not trace.complete and not out.any()
    if record:
        assert trace.events == ()


def test_the_largest_block_is_taken():
    out = np.zeros(2048)
    for block in (1024, (32, 32), (4, 4, 64)):
        assert not launch(add_one, 2, block, out, np.zeros(1), record=False).faults


# Shared memory


@pytest.mark.parametrize("record", [True, False])
@pytest.mark.parametrize(
    ("static", "dynamic", "fits"),
    [(12288, 0, True), (12289, 0, False), (0, 49152, True), (0, 49153, False), (12287, 4, True), (12287, 8, False)],
)
def test_a_block_has_48_kib_of_shared_memory(static: int, dynamic: int, fits: bool, record: bool):
    def kernel(out):
        if static:
            cuda.shared.array(static, numba.float32)
        out[0] = 1

    trace = launch(kernel, 1, 1, np.zeros(1), dynamic_shared=dynamic, record=record)
    assert [fault.kind for fault in trace.faults] == ([] if fits else ["invalid-launch"])


@pytest.mark.parametrize("record", [True, False])
def test_memory_beyond_any_gpu_is_refused_before_it_is_made(record: bool):
    def too_much_shared(out):
        cuda.shared.array((10**6, 10**6), numba.float32)

    def too_much_local(out):
        cuda.local.array(10**12, numba.float32)

    assert [fault.kind for fault in launch(too_much_shared, 1, 2, np.zeros(1), record=record).faults] == [
        "invalid-launch"
    ]
    with pytest.raises(KernelError, match="4000000000000 bytes of local memory; a thread has at most 524288"):
        launch(too_much_local, 1, 2, np.zeros(1), record=record)


def test_shared_memory_is_fresh_in_every_block():
    def kernel(out):
        tile = cuda.shared.array(1, numba.float32)
        if cuda.blockIdx.x == 0:
            tile[0] = 5
        out[cuda.blockIdx.x] = tile[0]

    trace, (out,) = both(kernel, 2, 1, np.zeros(2))
    assert [(fault.kind, fault.block) for fault in trace.faults] == [("uninitialised-read", (1, 0, 0))]
    np.testing.assert_equal(out, [5, np.nan])


def test_an_unwritten_integer_is_conspicuous():
    def kernel(out):
        tile = cuda.shared.array(1, numba.uint32)
        out[0] = tile[0]

    _, (out,) = both(kernel, 1, 1, np.zeros(1, np.uint32))
    assert hex(out[0]) == "0xa5a5a5a5"


def test_dynamic_shared_arrays_are_one_memory_and_as_long_as_the_launch_says():
    def kernel(out):
        one = cuda.shared.array(0, numba.int32)
        two = cuda.shared.array(shape=0, dtype=numba.int32)
        one[2] = 7
        out[0] = two[2] + len(two)

    _, (out,) = both(kernel, 1, 1, np.zeros(1), dynamic_shared=20)
    assert out[0] == 12


def test_dynamic_shared_memory_of_two_types_is_not_offered():
    def kernel(out):
        cuda.shared.array(0, numba.int32)
        cuda.shared.array(0, numba.float32)

    with pytest.raises(Unsupported, match="as both int32 and float32"):
        launch(kernel, 1, 1, np.zeros(1), dynamic_shared=8)


@pytest.mark.parametrize("dtype", [numba.float32, np.float32, "float32", np.dtype("f4"), numba.types.float32])
def test_the_type_of_an_array_may_be_numbas_or_numpys(dtype):
    def kernel(out):
        tile = cuda.shared.array((2, 2), dtype)
        mine = cuda.local.array(2, dtype=dtype)
        tile[1, 1] = mine[0] = 1 / 3
        out[0] = tile[1, 1] == mine[0] == np.float32(1 / 3)

    _, (out,) = both(kernel, 1, 1, np.zeros(1))
    assert out[0]


def test_local_memory_is_the_threads_own():
    def kernel(out):
        i = cuda.threadIdx.x
        mine = cuda.local.array(2, numba.int64)
        mine[0] = i
        cuda.syncthreads()
        out[i] = mine[0]

    trace, (out,) = both(kernel, 1, 4, np.zeros(4))
    assert not trace.faults and out.tolist() == [0, 1, 2, 3]


def test_integers_that_do_not_fit_wrap_around():
    def kernel(out, x):
        out[0] = x
        out[1] = -1
        out[2] = 3.9
        out[3] = True

    _, (out, _) = both(kernel, 1, 1, np.zeros(4, np.uint8), 259)
    assert out.tolist() == [3, 255, 3, 1]


def test_barriers_that_answer_tell_all_threads_the_same():
    def kernel(out, a):
        i = cuda.threadIdx.x
        out[i, 0] = cuda.syncthreads_count(a[i])
        out[i, 1] = cuda.syncthreads_and(a[i] >= 0)
        out[i, 2] = cuda.syncthreads_or(a[i] == 3)
        out[i, 3] = cuda.syncthreads_and(a[i])
        out[i, 4] = cuda.syncthreads_or(a[i] == 7)

    (trace, (out, _)) = both(kernel, 1, 40, np.zeros((40, 5)), np.arange(40) % 4)
    assert not trace.faults
    assert out.tolist() == [[30, 1, 1, 0, 0]] * 40


@pytest.mark.filterwarnings("error")
def test_arithmetic_that_overflows_warns_nobody():
    def kernel(out, a):
        i = cuda.threadIdx.x
        cuda.syncthreads()
        out[i] = a[i] * a[i] / (a[i] - a[i])

    a = np.full(2, 1e30, np.float32)
    for record in (True, False):
        out = np.zeros(2, np.float32)
        launch(kernel, 1, 2, out, a, record=record)
        assert np.isinf(out).all()
    with np.errstate(all="raise"), pytest.raises(FloatingPointError):
        a * a
