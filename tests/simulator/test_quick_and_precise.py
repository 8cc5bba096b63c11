"""The quick pass never lets the guilty go: with and without a recording a launch has the same verdict and results."""

import sys
from typing import Any

import numba
import numpy as np
import pytest
from happens_before import CELLS, Program, programs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numba import cuda
from random_kernels import compiled
from share import examples

from minigrad.simulator import KernelError, launch, quick_run

launching = sys.modules["minigrad.simulator.launch"]
"""The module, whose name in the package is that of its function."""

SETTINGS = settings(
    max_examples=examples(200), deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def outcome(kernel: Any, grid: Any, block: Any, arrays: list[Any], record: bool, **options: Any) -> Any:
    """Everything that a launch says, and what it leaves in the arrays."""
    copies = [np.copy(array) for array in arrays]
    try:
        trace = launch(kernel, grid, block, *copies, record=record, **options)
    except KernelError as error:
        return str(error), error.line, error.thread
    return trace.faults, trace.notes, trace.fault_count, trace.complete, trace.unwritten, [a.tolist() for a in copies]


def assert_alike(kernel: Any, grid: Any, block: Any, *arrays: Any, **options: Any) -> Any:
    precisely = outcome(kernel, grid, block, list(arrays), True, **options)
    launching._here.quick_is_vain.clear()
    for _ in range(2):  # the second time, what the first has learnt of the kernel is known
        quickly = outcome(kernel, grid, block, list(arrays), False, **options)
        assert repr(quickly) == repr(precisely)  # in which NaN is like NaN
    return precisely


@settings(SETTINGS, max_examples=examples(400))
@given(programs(plain=True), st.sampled_from(["forward", "reverse", 1]), st.sampled_from([(), ("cells",)]))
def test_random_reads_writes_and_barriers(program: Program, order, outputs):
    assert_alike(program.kernel(), program.grid, program.block, np.zeros(CELLS, np.int32), order=order, outputs=outputs)


@settings(SETTINGS, max_examples=examples(50))
@given(programs(), st.sampled_from(["forward", "reverse", 1]))
def test_random_steps_with_every_kind_of_order(program: Program, order):
    assert_alike(program.kernel(), program.grid, program.block, np.zeros(CELLS, np.int32), order=order)


# Kernels with indices that depend on the thread, an output, shared memory and barriers; right, nearly right, and wrong


INDEX = st.sampled_from(["t", "t + 1", "n - 1 - t", "i", "0", "t // 2", "i - 1", "(t + 1) % n"])


@st.composite
def kernels(draw: Any) -> str:
    lines = []
    for _ in range(draw(st.integers(1, 6))):
        index = draw(INDEX)
        lines += draw(
            st.sampled_from(
                [
                    [f"tile[{index}] = i + 1"],
                    [f"x = x + tile[{index}]"],
                    [f"out[{index}] = x"],
                    [f"x = x + out[{index}]"],
                    [f"x = x + a[{index}]"],
                    [f"a[{index}] = 7"],
                    [f"mine[{index}] = x", f"x = mine[{draw(INDEX)}]"],
                    ["cuda.syncthreads()"],
                    ["cuda.syncthreads()"],
                    [f"if {index} < 2:", f"    tile[{index}] = 5"],
                    [f"if {index} < 2:", "    return"],
                    [f"for k in range({draw(st.sampled_from(['2', 't', 'n']))}):", "    cuda.syncthreads()"],
                    [f"x = x // ({index})"],
                ]
            )
        )
    body = "\n".join("    " + line for line in lines)
    return f"""
def kernel(out, a):
    tile = cuda.shared.array(4, numba.int64)
    mine = cuda.local.array(4, numba.int64)
    t, n, i, x = cuda.threadIdx.x, cuda.blockDim.x, cuda.grid(1), 1
{body}
"""


@SETTINGS
@given(kernels(), st.sampled_from([(1, 1), (1, 3), (2, 2), (3, 4)]), st.sampled_from(["forward", "reverse", 5]))
def test_random_kernels_right_and_wrong(text: str, dims, order):
    arrays = np.zeros(6, np.int64), np.arange(6)
    assert_alike(compiled(text, "<a random kernel>"), *dims, *arrays, outputs=["out"], order=order, loop_turns=2000)


def test_a_random_kernel_is_now_and_then_right_and_now_and_then_wrong():
    """Else the property above would say little."""
    verdicts: list[bool] = []

    @settings(SETTINGS, max_examples=100)
    @given(kernels())
    def draw(text):
        kernel = compiled(text, "<a random kernel>")
        verdicts.append(bool(launch(kernel, 2, 2, np.zeros(6, np.int64), np.arange(6), record=False).faults))

    draw()
    assert 10 < sum(verdicts) < len(verdicts) - 10


# That it is quick


def passes(kernel: Any, *arguments: Any, monkeypatch: Any, grid: int = 4, block: int = 8) -> list[str]:
    """Which passes a launch without recording takes."""
    taken: list[str] = []
    for name in ("run_plainly", "run_on_greenlets"):
        real = getattr(quick_run.QuickRun, name)

        def spy(self: Any, name: str = name, real: Any = real) -> None:
            taken.append(name)
            real(self)

        monkeypatch.setattr(quick_run.QuickRun, name, spy)
    from minigrad.simulator.precise_run import PreciseRun

    precisely = PreciseRun.run

    def precise_spy(self: Any) -> None:
        taken.append("precise")
        precisely(self)

    monkeypatch.setattr(PreciseRun, "run", precise_spy)
    launch(kernel, grid, block, *arguments, record=False)
    monkeypatch.undo()
    return taken


def a_map(out, a):
    out[cuda.grid(1)] = a[cuda.grid(1)]


def a_reduction(out, a):
    tile = cuda.shared.array(8, numba.float64)
    t = cuda.threadIdx.x
    tile[t] = a[cuda.grid(1)]
    cuda.syncthreads()
    if t == 0:
        out[cuda.blockIdx.x] = tile[0] + tile[7]


def an_atomic(out, a):
    cuda.atomic.add(out, 0, a[cuda.grid(1)])


def reads_by_everybody(out, a):
    out[cuda.grid(1)] = a[0] + a[1]


def a_second_thread_writes_after_a_barrier(out, a):
    out[cuda.threadIdx.x + 8 * cuda.blockIdx.x] = 1
    cuda.syncthreads()
    out[7 - cuda.threadIdx.x + 8 * cuda.blockIdx.x] += 1


def test_right_kernels_are_launched_quickly_and_what_was_learnt_of_them_is_kept(monkeypatch):
    out, a = np.zeros(32), np.zeros(32)
    for kernel in (a_map, reads_by_everybody):
        for _ in range(2):
            assert passes(kernel, out, a, monkeypatch=monkeypatch) == ["run_plainly"]
    for kernel in (a_reduction, a_second_thread_writes_after_a_barrier):
        assert passes(kernel, out, a, monkeypatch=monkeypatch) == ["run_plainly", "run_on_greenlets"]
        assert passes(kernel, out, a, monkeypatch=monkeypatch) == ["run_on_greenlets"]
    assert passes(an_atomic, out, a, monkeypatch=monkeypatch) == ["run_plainly", "precise"]
    assert passes(an_atomic, out, a, monkeypatch=monkeypatch) == ["precise"]


def test_a_wrong_launch_does_not_send_right_ones_down_the_slow_path(monkeypatch):
    def kernel(out, a):
        out[cuda.grid(1)] = a[cuda.grid(1)]

    assert passes(kernel, np.zeros(1), np.zeros(32), monkeypatch=monkeypatch) == ["run_plainly", "precise"]
    assert passes(kernel, np.zeros(32), np.zeros(32), monkeypatch=monkeypatch) == ["run_plainly"]


@pytest.mark.parametrize("record", [True, False])
def test_a_kernel_that_only_sometimes_meets_a_barrier_is_right_every_time(record: bool):
    def kernel(out, meet):
        tile = cuda.shared.array(4, numba.int64)
        t = cuda.threadIdx.x
        if meet[0]:
            tile[t] = t
            cuda.syncthreads()
            out[t] = tile[3 - t]
        else:
            out[t] = t

    for meet in (0, 1, 0, 1):
        out = np.zeros(4)
        assert not launch(kernel, 1, 4, out, np.array([meet]), record=record).faults
        assert out.tolist() == ([3, 2, 1, 0] if meet else [0, 1, 2, 3])


def test_operating_system_threads_may_launch_at_once():
    from concurrent.futures import ThreadPoolExecutor

    def work(number):
        out = np.zeros(4)
        for record in (False, True):
            assert not launch(a_reduction, 4, 8, out, np.full(32, number), record=record).faults
        return out.tolist()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(12))) == [[2.0 * number] * 4 for number in range(12)]
