"""Warp operations: each against a plain model of one warp, over whole and partial warps, masks and ended lanes."""

from typing import Any

import numba
import numpy as np
import pytest
from numba import cuda

from minigrad.simulator import launch

FULL = 0xFFFFFFFF


def lanes_of(mask: int) -> list[int]:
    return [lane for lane in range(32) if mask >> lane & 1]


def bits(lanes: Any) -> int:
    return sum(1 << lane for lane in lanes)


# The model: what each lane gets. ``values`` is what the lanes that take part bring, by lane; ``k`` the parameter.

SHUFFLES = {
    "shfl_sync": lambda lane, k: k % 32,
    "shfl_up_sync": lambda lane, k: lane if lane < k else lane - k,
    "shfl_down_sync": lambda lane, k: lane if lane + k > 31 else lane + k,
    "shfl_xor_sync": lambda lane, k: lane ^ k,
}

VOTES = {
    "all_sync": lambda values, lane: all(values.values()),
    "any_sync": lambda values, lane: any(values.values()),
    "eq_sync": lambda values, lane: len({bool(value) for value in values.values()}) == 1,
    "ballot_sync": lambda values, lane: bits(other for other, value in values.items() if value),
    "match_any_sync": lambda values, lane: bits(other for other, value in values.items() if value == values[lane]),
}

MASKS = [FULL, -1, 0xF0F0F0F0, 0b111, 1 << 31 | 1]


def launched(name: str, mask: int, block: int, values: np.ndarray, parameter: Any = None) -> list[int]:
    """What the lanes of ``mask`` get, in every warp of a block; -1 where nobody takes part."""

    def kernel(out, values):
        i = cuda.threadIdx.x
        if mask >> (i % 32) & 1:
            operation = getattr(cuda, name)
            if parameter is None:
                out[i] = operation(mask, values[i])
            else:
                out[i] = operation(mask, values[i], parameter)

    out = np.full(block, -1, np.int64)
    for order in ("forward", "reverse", 3):
        trace = launch(kernel, 1, block, out, values, order=order, record=order == 3)
        assert not trace.faults
    return out.tolist()


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("name", VOTES)
def test_a_vote_tells_every_lane_about_all_of_its_warp(name: str, mask: int):
    for block, seed in ((32, 0), (64, 1), (40, 2), (20, 3)):
        values = np.random.default_rng(seed).integers(0, 3 if seed else 1, block)
        got = launched(name, mask, block, values)
        for warp in range(0, block, 32):
            brought = {lane: values[warp + lane] for lane in lanes_of(mask) if warp + lane < block}
            for lane in range(min(32, block - warp)):
                assert got[warp + lane] == (VOTES[name](brought, lane) if lane in brought else -1)


@pytest.mark.parametrize("k", [0, 1, 5, 16, 31])
@pytest.mark.parametrize("name", SHUFFLES)
def test_a_shuffle_reads_another_lane_of_the_warp(name: str, k: int):
    values = np.random.default_rng(k).integers(0, 1000, 64)
    got = launched(name, FULL, 64, values, k)
    assert got == [values[i // 32 * 32 + SHUFFLES[name](i % 32, k)] for i in range(64)]


def test_a_shuffle_among_the_lanes_of_a_mask():
    values = np.arange(100, 132)
    got = launched("shfl_xor_sync", 0xFF, 32, values, 3)
    assert got == [100 + (lane ^ 3) if lane < 8 else -1 for lane in range(32)]


def test_each_lane_may_name_another_source_and_bring_another_type():
    def kernel(out, a):
        i = cuda.threadIdx.x
        out[i] = cuda.shfl_sync(FULL, a[i], (i * 3) % 4) + cuda.shfl_sync(FULL, 0.5, i)

    out = np.zeros(4)
    assert not launch(kernel, 1, 4, out, np.arange(4, dtype=np.float32)).faults
    assert out.tolist() == [0.5, 3.5, 2.5, 1.5]


def test_match_all_gives_the_mask_only_if_all_have_the_same():
    def kernel(out, a):
        i = cuda.threadIdx.x
        mask, same = cuda.match_all_sync(FULL, a[i])
        out[i, 0] = mask
        out[i, 1] = same

    for a, expected in ((np.full(20, 4), [2**20 - 1, 1]), (np.arange(20), [0, 0])):
        out = np.zeros((20, 2), np.int64)
        assert not launch(kernel, 1, 20, out, a).faults
        assert out.tolist() == [expected] * 20


def test_a_sum_over_a_warp_by_shuffles():
    def kernel(out, a):
        x = a[cuda.grid(1)]
        for k in (16, 8, 4, 2, 1):
            x += cuda.shfl_down_sync(FULL, x, k)
        if cuda.laneid == 0:
            out[cuda.grid(1) // 32] = x

    a = np.arange(128.0)
    out = np.zeros(4)
    for record in (True, False):
        assert not launch(kernel, 2, 64, out, a, record=record, outputs=["out"]).faults
        assert out.tolist() == a.reshape(4, 32).sum(axis=1).tolist()


def test_lanes_are_counted_through_x_then_y_then_z():
    def kernel(out):
        t, d = cuda.threadIdx, cuda.blockDim
        out[t.x + d.x * (t.y + d.y * t.z)] = cuda.laneid + 100 * cuda.lanemask_lt()

    out = np.zeros(60, np.int64)
    for record in (True, False):
        assert not launch(kernel, 1, (5, 4, 3), out, record=record).faults
        assert out.tolist() == [i % 32 + 100 * (2 ** (i % 32) - 1) for i in range(60)]


def test_a_warp_has_as_many_lanes_as_warpsize_says():
    def kernel(out):
        out[0] = cuda.warpsize

    out = np.zeros(1)
    launch(kernel, 1, 1, out)
    assert out[0] == 32


def test_active_lanes_are_those_that_are_here():
    def kernel(out):
        i = cuda.threadIdx.x
        if i % 2:
            return
        cuda.syncwarp(0x55555555)
        out[i] = cuda.activemask()

    out = np.zeros(8, np.int64)
    assert not launch(kernel, 1, 8, out).faults
    assert out.tolist() == [0b01010101, 0] * 4


# What goes wrong


def kinds(kernel: Any, block: int, *arguments: Any) -> list[str]:
    found = []
    for order in ("forward", "reverse"):
        for record in (True, False):
            trace = launch(kernel, 1, block, *map(np.copy, arguments), order=order, record=record)
            found.append([fault.kind for fault in trace.faults])
    assert all(each == found[0] for each in found)
    return found[0]


def test_a_full_mask_is_right_for_a_partial_warp_and_for_lanes_that_have_ended():
    def kernel(out):
        i = cuda.threadIdx.x
        if i >= 12:
            return
        out[i] = cuda.ballot_sync(FULL, i < 2)

    assert kinds(kernel, 20, np.zeros(12)) == []


@pytest.mark.parametrize("operation", ["shfl_sync", "ballot_sync", "all_sync", "match_any_sync", "syncwarp"])
def test_a_mask_that_names_a_lane_which_goes_elsewhere_is_a_fault(operation: str):
    def kernel(out):
        i = cuda.threadIdx.x
        if i < 3:
            if operation == "syncwarp":
                cuda.syncwarp(0b1111)
            elif operation == "shfl_sync":
                cuda.shfl_sync(0b1111, i, 0)
            else:
                getattr(cuda, operation)(0b1111, i)
        cuda.syncthreads()

    assert kinds(kernel, 8, np.zeros(1)) == ["bad-warp-operation"]


def test_a_lane_that_comes_later_has_come():
    def kernel(out):
        i = cuda.threadIdx.x
        if i < 3:
            x = i
        else:
            x = 0
            for k in range(1000):
                x += k
        out[i] = cuda.ballot_sync(0b1111, x > 2)

    out = np.zeros(4)
    for order in ("forward", "reverse"):
        assert not launch(kernel, 1, 4, out, order=order).faults
        assert out.tolist() == [8] * 4


def test_lanes_that_part_meet_in_masks_of_their_own():
    def kernel(out):
        i = cuda.threadIdx.x
        if i % 2:
            out[i] = cuda.shfl_sync(0xAAAAAAAA, i, 1)
        else:
            out[i] = cuda.shfl_sync(0x55555555, i, 2)

    out = np.zeros(32)
    assert not launch(kernel, 1, 32, out).faults
    assert out.tolist() == [2, 1] * 16


@pytest.mark.parametrize("order", ["forward", "reverse"])
def test_lanes_that_have_met_go_on_in_the_order_of_the_launch(order: str):
    def kernel(out):
        i = cuda.threadIdx.x
        if i % 2:
            cuda.syncwarp(0b1010)
        else:
            cuda.syncwarp(0b0101)
        out[i] = 1

    events = launch(kernel, 1, 4, np.zeros(4), order=order).events
    assert [event.thread[0] for event in events] == ([0, 1, 2, 3] if order == "forward" else [3, 2, 1, 0])


def test_two_different_operations_do_not_meet():
    def kernel(out):
        if cuda.threadIdx.x:
            cuda.any_sync(0b11, 1)
        else:
            cuda.all_sync(0b11, 1)

    assert set(kinds(kernel, 2, np.zeros(1))) == {"bad-warp-operation"}


def test_a_shuffle_from_a_lane_that_has_ended_is_a_fault_and_gives_a_conspicuous_value():
    def kernel(out):
        i = cuda.threadIdx.x
        if i == 3:
            return
        out[i] = cuda.shfl_sync(FULL, 1.0, i + 1)

    out = np.zeros(3)
    trace = launch(kernel, 1, 4, out)
    assert [(fault.kind, fault.thread) for fault in trace.faults] == [("bad-warp-operation", (2, 0, 0))]
    assert "lane 3" in trace.faults[0].message
    np.testing.assert_equal(out, [1, 1, np.nan])


def test_a_shuffle_from_beyond_a_partial_warp_is_a_note_and_gives_a_conspicuous_value():
    def kernel(out):
        i = cuda.threadIdx.x
        out[i] = cuda.shfl_down_sync(FULL, float(i), 1)

    out = np.zeros(20)
    trace = launch(kernel, 1, 20, out)
    assert not trace.faults
    assert [(note.kind, note.thread) for note in trace.notes] == [("missing-lane", (19, 0, 0))]
    assert trace.notes[0].message.endswith("reads from lane 20 in shfl_down_sync, and the block has no thread there")
    np.testing.assert_equal(out, [*range(1, 20), np.nan])
    assert not launch(kernel, 1, 32, np.zeros(32)).notes


def test_a_lane_has_to_name_itself():
    def kernel(out):
        out[cuda.threadIdx.x] = cuda.any_sync(0b1110, 1)

    out = np.zeros(4)
    trace = launch(kernel, 1, 4, out)
    assert trace.faults[0].message.endswith("mask that does not name its own lane, 0")


def test_warps_do_not_wait_for_each_other_in_a_warp_operation():
    def kernel(out):
        tile = cuda.shared.array(2, numba.int32)
        i = cuda.threadIdx.x
        total = cuda.ballot_sync(FULL, 1)
        if cuda.laneid == 0:
            tile[i // 32] = total & 0xFF
        cuda.syncthreads()
        out[i] = tile[0] + tile[1]

    out = np.zeros(64)
    assert not launch(kernel, 1, 64, out).faults
    assert out.tolist() == [510] * 64
