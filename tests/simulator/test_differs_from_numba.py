"""Where our simulator and numba's rightly differ: each test shows both sides.

numba's simulator is a way to step through a kernel in Python; ours is a GPU whose memory is checked. Where they
differ, ours does what a GPU does, or names as a fault what a GPU leaves undefined.
"""

import math
from typing import Any

import numba
import numpy as np
import pytest
from numba import cuda

from minigrad.simulator import launch
from minigrad.simulator.launch import LOOP_TURNS
from minigrad.workbook.numba_run import PATIENCE, Outcome, run


def both(
    kernel: Any,
    grid: int,
    block: int,
    *arguments: Any,
    patience: float = PATIENCE,
    loop_turns: int = LOOP_TURNS,
) -> tuple[Outcome, list[Any], list[str], list[Any]]:
    """How it went on numba's simulator and its first argument; the kinds of fault on ours and its first argument."""
    numbas, ours = ([np.copy(a) if isinstance(a, np.ndarray) else a for a in arguments] for _ in range(2))
    outcome = run(kernel, grid, block, numbas, patience=patience)
    trace = launch(kernel, grid, block, *ours, record=False, loop_turns=loop_turns)
    return outcome, numbas[0].tolist(), [fault.kind for fault in trace.faults], ours[0].tolist()


# Memory


def test_numbas_shared_memory_lives_on_from_block_to_block_and_ours_is_fresh():
    def kernel(out):
        cell = cuda.shared.array(1, numba.float32)
        if cuda.blockIdx.x == 0:
            cell[0] = 5
        out[cuda.blockIdx.x] = cell[0]

    outcome, numbas, faults, ours = both(kernel, 2, 1, np.zeros(2))
    assert outcome.status == "ran" and numbas == [5, 5]
    assert faults == ["uninitialised-read"] and ours[1] != 5


def test_numbas_local_memory_holds_anything_and_ours_knows_that_nobody_wrote_it():
    def kernel(out):
        mine = cuda.local.array(2, numba.float32)
        mine[0] = 1
        out[0] = mine[0] + 0 * mine[1]

    outcome, _, faults, _ = both(kernel, 1, 1, np.zeros(1))
    assert outcome.status == "ran"
    assert faults == ["uninitialised-read"]


def test_a_negative_index_wraps_on_numbas_and_is_out_of_bounds_on_ours():
    def kernel(out, a):
        out[0] = a[cuda.threadIdx.x - 1]

    outcome, numbas, faults, _ = both(kernel, 1, 1, np.zeros(1), np.array([1.0, 2.0, 3.0]))
    assert outcome.status == "ran" and numbas == [3]
    assert faults == ["out-of-bounds"]


def test_an_index_past_the_end_ends_the_launch_on_numbas_and_ours_goes_on():
    def kernel(out):
        out[cuda.threadIdx.x] = 1

    outcome, numbas, faults, ours = both(kernel, 1, 4, np.zeros(3))
    assert outcome.status == "raised" and "IndexError" in outcome.message and numbas == [0, 0, 0]
    assert faults == ["out-of-bounds"] and ours == [1, 1, 1]


def test_two_shared_arrays_made_on_one_line_are_one_on_numbas_and_two_on_ours():
    def kernel(out):
        a, b = cuda.shared.array(1, numba.float32), cuda.shared.array(1, numba.float32)
        a[0] = 1
        b[0] = 2
        out[0] = a[0]

    _, numbas, faults, ours = both(kernel, 1, 1, np.zeros(1))
    assert numbas == [2]
    assert faults == [] and ours == [1]


# Threads


def test_a_race_goes_unnoticed_on_numbas():
    def kernel(out):
        out[0] += cuda.threadIdx.x

    outcome, _, faults, _ = both(kernel, 1, 4, np.zeros(1))
    assert outcome.status == "ran"
    assert faults == ["race"]


def test_numbas_lets_bad_barriers_pass():
    def kernel(out):
        if cuda.threadIdx.x < 2:
            cuda.syncthreads()
        else:
            cuda.syncthreads()
        out[cuda.threadIdx.x] = 1

    outcome, numbas, faults, _ = both(kernel, 1, 4, np.zeros(4))
    assert outcome.status == "ran" and numbas == [1, 1, 1, 1]
    assert faults == ["divergent-barrier"]


def test_a_kernel_that_never_ends_is_a_hang_on_ours_and_only_a_clock_ends_it_on_numbas():
    def kernel(out):
        while out[0] == 0:
            pass

    outcome, _, faults, _ = both(kernel, 1, 1, np.zeros(1), patience=0.2, loop_turns=1000)
    assert outcome.status == "timed-out"
    assert faults == ["hang"]


def test_numbas_launches_a_block_that_no_gpu_has_room_for():
    def kernel(out):
        out[cuda.threadIdx.x] = 1

    outcome, _, faults, _ = both(kernel, 1, 1025, np.zeros(1025))
    assert outcome.status == "ran"
    assert faults == ["invalid-launch"]


def shuffle(out):
    out[cuda.laneid] = cuda.shfl_down_sync(0xFFFFFFFF, out[cuda.laneid], 1)


def vote(out):
    out[cuda.laneid] = cuda.ballot_sync(0xFFFFFFFF, cuda.laneid < 2)


def meet(out):
    cuda.syncwarp()
    out[cuda.laneid] += 1


@pytest.mark.parametrize(
    ("kernel", "lacking", "expected"),
    [
        (shuffle, "shfl_down_sync", [*range(1, 32), 31]),
        (vote, "ballot_sync", [3] * 32),
        (meet, "syncwarp", list(range(1, 33))),
    ],
    ids=["shuffle", "vote", "syncwarp"],
)
def test_numbas_has_no_warp_operations(kernel, lacking: str, expected: list[int]):
    outcome, _, faults, ours = both(kernel, 1, 32, np.arange(32))
    assert outcome.status == "skipped" and outcome.message == f"numba's simulator has no cuda.{lacking}"
    assert faults == [] and ours == expected


# Numbers


def exponential(out):
    out[0] = math.exp(out[0])


def logarithm(out):
    out[0] = math.log(out[0])


def root(out):
    out[0] = math.sqrt(out[0])


def reciprocal(out):
    out[0] = 1.0 / float(out[0])


def square(out):
    out[0] = float(out[0]) ** 2.0


def minus_first_power(out):
    out[0] = math.pow(out[0], -1.0)


@pytest.mark.parametrize(
    ("kernel", "value", "expected"),
    [
        (exponential, 1000.0, math.inf),
        (logarithm, 0.0, -math.inf),
        (root, -1.0, math.nan),
        (reciprocal, 0.0, math.inf),
        (square, 1e200, math.inf),
        (minus_first_power, 0.0, math.inf),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_numbas_raises_where_ieee_gives_inf_or_nan(kernel, value: float, expected: float):
    outcome, _, faults, ours = both(kernel, 1, 1, np.array([value]))
    assert outcome.status == "skipped" and "inf or nan" in outcome.message
    assert faults == []
    np.testing.assert_equal(ours, [expected])


def test_an_integer_divided_by_zero_raises_on_numbas_and_is_a_fault_on_ours():
    def kernel(out):
        out[0] = 7 // cuda.threadIdx.x

    outcome, _, faults, _ = both(kernel, 1, 1, np.zeros(1))
    assert outcome.status == "skipped"
    assert faults == ["integer-division-by-zero"]


@pytest.mark.parametrize(
    ("function", "value", "numbas_answer", "answer"),
    [
        (lambda x: cuda.popc(x), np.int32(-1), 1, 32),
        (lambda x: cuda.clz(x), np.int64(1), 31, 63),
        (lambda x: cuda.brev(x), np.uint64(1), 2**31, 2**63),
        (lambda x: cuda.cbrt(x), np.float64(64), 64 ** (1 / 3), 4.0),
    ],
    ids=["popc of a negative", "clz of 64 bits", "brev of 64 bits", "cube root"],
)
def test_numbas_takes_every_number_for_one_of_32_bits_without_a_sign(function, value, numbas_answer, answer):
    helper = cuda.jit(device=True)(function)

    def kernel(out, a):
        out[0] = helper(a[0])

    result = np.zeros(1, np.uint64 if isinstance(answer, int) else np.float64)
    _, numbas, faults, ours = both(kernel, 1, 1, result, np.array([value]))
    assert numbas == [numbas_answer]
    assert faults == [] and ours == [answer]
