"""Kernels run on numba's simulator however they name what they use, and what it lacks is known beforehand."""

import math

import numba
import numpy as np
import pytest
from numba import cuda
from numba.cuda import (  # none of these is there on numba's simulator as it comes
    atomic,
    blockDim,
    blockIdx,
    grid,
    gridDim,
    gridsize,
    laneid,
    local,
    popc,
    shared,
    shfl_down_sync,
    syncthreads,
    threadIdx,
    warpsize,
)

from minigrad.workbook.numba_proxies import (
    GPU_ONLY,
    NotOnNumbaSimulator,
    OutsideKernel,
    lacking,
    set_proxies,
    shared_arrays_on_one_line,
)
from minigrad.workbook.numba_run import run


def result(kernel, size: int, grid=2, block=4) -> list[float]:
    out = np.full(size, -1, np.float32)
    outcome = run(kernel, grid, block, [out])
    assert outcome.status == "ran", outcome.message
    return out.tolist()


def test_options_that_only_the_compiler_has_a_use_for_are_accepted():
    @cuda.jit(lineinfo=True, max_registers=32, fastmath=True, cache=True)
    def kernel(out):
        out[cuda.grid(1)] = 1

    assert result(kernel, 8) == [1.0] * 8
    with pytest.raises(TypeError, match="no_such_option"):
        cuda.jit(no_such_option=True)(kernel.py_func)


# Every way of naming things


@cuda.jit
def from_imports(out):
    i = blockIdx.x * blockDim.x + threadIdx.x
    if i < out.size:
        out[i] = grid(1) + gridsize(1) * 100 + gridDim.x * 1000


@cuda.jit
def whole_name(out):
    i = numba.cuda.blockIdx.x * numba.cuda.blockDim.x + numba.cuda.threadIdx.x
    if i < out.size:
        out[i] = numba.cuda.grid(1) + numba.cuda.gridsize(1) * 100 + numba.cuda.gridDim.x * 1000


def make_closure(cuda):
    def closure(out):
        i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
        if i < out.size:
            out[i] = cuda.grid(1) + cuda.gridsize(1) * 100 + cuda.gridDim.x * 1000

    return closure


@cuda.jit
def plain(out):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if i < out.size:
        out[i] = cuda.grid(1) + cuda.gridsize(1) * 100 + cuda.gridDim.x * 1000


@pytest.mark.parametrize(
    "kernel",
    [plain, from_imports, whole_name, make_closure(cuda), cuda.jit(make_closure(cuda))],
    ids=["cuda.x", "from-imports", "numba.cuda.x", "bare closure", "closure"],
)
def test_a_kernel_runs_however_it_names_what_it_uses(kernel):
    assert result(kernel, 8) == [2800.0 + i for i in range(8)]


def test_from_imported_shared_memory_barriers_and_atomics_work():
    @cuda.jit
    def kernel(out):
        cell = shared.array(4, numba.float32)
        mine = local.array(1, numba.int32)
        mine[0] = threadIdx.x
        cell[threadIdx.x] = mine[0] + 1
        syncthreads()
        atomic.add(out, blockIdx.x, cell[blockDim.x - 1 - threadIdx.x] * popc(3))

    out = np.zeros(2, np.float32)
    assert run(kernel, 2, 4, [out]).status == "ran"
    assert out.tolist() == [20.0, 20.0]


def test_the_lane_is_a_number_that_differs_from_thread_to_thread():
    @cuda.jit
    def kernel(out):
        i = threadIdx.x
        even = laneid % 2 == 0 and laneid < warpsize
        out[i] = 10 * laneid + (1 if even else -laneid) + out[laneid] + abs(-laneid) + 64 // warpsize

    expected = [10 * i + (1 if i % 2 == 0 else -i) - 1 + i + 2 for i in range(4)]
    assert result(kernel, 4, grid=1) == expected


def test_numbas_own_device_functions_see_them_too():
    @cuda.jit(device=True)
    def index():
        return blockIdx.x * numba.cuda.blockDim.x + cuda.threadIdx.x

    @cuda.jit
    def kernel(out):
        out[index()] = index()

    assert result(kernel, 8) == list(range(8))


def test_setting_proxies_again_changes_nothing():
    before = dict(vars(cuda))
    set_proxies(cuda)
    assert vars(cuda) == before
    assert cuda.threadIdx is threadIdx


# Outside a kernel


@pytest.mark.parametrize(
    "use",
    [lambda: threadIdx.x, lambda: grid(1), lambda: laneid + 1, lambda: cuda.shared.array(1, numba.int32)],
    ids=["threadIdx.x", "grid", "laneid", "shared.array"],
)
def test_outside_a_kernel_they_say_so(use):
    with pytest.raises(OutsideKernel, match="only means something inside a kernel"):
        use()


def test_tools_that_look_at_a_module_are_not_disturbed():
    assert not hasattr(threadIdx, "x")
    assert not hasattr(threadIdx, "__wrapped__")
    assert not hasattr(shfl_down_sync, "pytestmark")
    assert repr(threadIdx) == "<cuda.threadIdx>"


# What numba's simulator lacks


@pytest.mark.parametrize("name", GPU_ONLY)
def test_what_it_lacks_can_be_imported_and_refuses_to_be_called(name: str):
    with pytest.raises(NotOnNumbaSimulator, match=f"has no cuda.{name}"):
        getattr(cuda, name)()


@cuda.jit(device=True)
def warp_sum(value):
    return value + cuda.shfl_xor_sync(0xFFFFFFFF, value, 1)


def test_lacking_names_what_a_kernel_and_its_device_functions_use():
    @cuda.jit
    def kernel(out):
        numba.cuda.syncwarp()
        out[0] = warp_sum(shfl_down_sync(0xFFFFFFFF, out[0], 1))

    assert lacking(kernel) == ("shfl_down_sync", "shfl_xor_sync", "syncwarp")
    assert lacking(kernel.py_func) == lacking(kernel)


def test_lacking_sees_closures_and_default_values():
    def make(cuda, helper):
        def kernel(out, module=cuda):
            out[0] = helper(out[0]) + cuda.activemask() + module.ballot_sync(1, 1)

        return kernel

    assert lacking(make(cuda, warp_sum)) == ("activemask", "ballot_sync", "shfl_xor_sync")


def test_what_numbas_simulator_has_is_not_lacking():
    @cuda.jit
    def kernel(out):
        any_sync = out[0]  # a name of the learner's own
        cuda.syncthreads()
        cuda.threadfence()
        out[0] = cuda.fma(math.sqrt(any_sync), cuda.popc(1), laneid)

    assert lacking(kernel) == ()


def test_functions_that_call_each_other_do_not_trouble_it():
    def even(n):
        return True if n == 0 else odd(n - 1)

    def odd(n):
        return False if n == 0 else even(cuda.lanemask_lt())

    assert lacking(even) == ("lanemask_lt",)


# Shared arrays that are one


def test_two_shared_arrays_on_one_line_are_found():
    def kernel(out):
        a, b = cuda.shared.array(4, numba.float32), shared.array(shape=4, dtype=numba.float32)
        c = cuda.shared.array(4, numba.float32)
        out[0] = a[0] + b[0] + c[0]

    first = kernel.__code__.co_firstlineno
    assert shared_arrays_on_one_line(kernel) == (first + 1,)
    assert shared_arrays_on_one_line(cuda.jit(kernel)) == (first + 1,)


def test_they_are_one_array_on_numbas_simulator_indeed():
    def kernel(out):
        a, b = cuda.shared.array(1, numba.float32), cuda.shared.array(1, numba.float32)
        a[0] = 1
        b[0] = 2
        out[0] = a[0]

    assert result(kernel, 1, grid=1, block=1) == [2.0]


def test_lines_of_their_own_and_dynamic_shared_memory_are_no_reason_to_warn():
    def kernel(out):
        a = cuda.shared.array(4, numba.float32)
        b = cuda.shared.array(4, numba.float32)
        c, d = cuda.shared.array(0, numba.float32), cuda.shared.array(0, numba.int32)
        e, f = cuda.local.array(4, numba.float32), cuda.shared.array(1, numba.float32)
        out[0] = a[0] + b[0] + c[0] + d[0] + e[0] + f[0]

    assert shared_arrays_on_one_line(kernel) == ()


def test_a_function_without_source_gets_no_warning():
    names: dict[str, object] = {}
    exec("def kernel(out): a, b = shared.array(1, int), shared.array(1, int)", names)
    assert shared_arrays_on_one_line(names["kernel"]) == ()
