"""Our simulator and numba's leave the same bits behind: on kernels written by hand and on kernels drawn at random.

Ours runs in several orders of threads, with and without a record of every access; numba's in whatever order
its operating-system threads happen to run.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from kernels_in_numba import EXAMPLES, Example
from random_kernels import Drawn, kernels
from share import examples

from minigrad.simulator import launch
from minigrad.workbook.numba_run import run

ORDERS = ("forward", "reverse", 1, 2)


def on_numba(example: Example | Drawn) -> list[Any]:
    """The arguments after a launch on numba's simulator."""
    arguments = example.arguments()
    shared = example.dynamic_shared
    outcome = run(example.kernel, example.grid, example.block, arguments, dynamic_shared=shared)
    assert outcome.status == "ran", outcome
    return arguments


def on_ours(example: Example | Drawn, order: str | int, record: bool) -> list[Any]:
    """The arguments after a launch on our simulator, which must not complain."""
    arguments = example.arguments()
    trace = launch(
        example.kernel,
        example.grid,
        example.block,
        *arguments,
        outputs=example.outputs,
        dynamic_shared=example.dynamic_shared,
        order=order,
        record=record,
    )
    assert not trace.faults
    assert not trace.unwritten or not any(trace.unwritten.values())
    return arguments


def assert_same_bits(ours: list[Any], numbas: list[Any]) -> None:
    """Every array has the same type, shape and bytes in both."""
    for mine, theirs in zip(ours, numbas, strict=True):
        if isinstance(theirs, np.ndarray):
            np.testing.assert_array_equal(mine, theirs, strict=True)  # says where they differ
            assert mine.tobytes() == theirs.tobytes()  # and this sees the sign of a zero


def assert_agreement(example: Example | Drawn) -> None:
    """Ours agrees with numba's in every order, recorded or not."""
    numbas = on_numba(example)
    for order in ORDERS:
        for record in (True, False):
            assert_same_bits(on_ours(example, order, record), numbas)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_they_agree_on(example: Example):
    assert_agreement(example)


def test_that_is_more_than_sixty_kernels():
    assert len({example.kernel for example in EXAMPLES}) >= 60


@settings(
    max_examples=examples(60), deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(kernels())
def test_they_agree_on_kernels_drawn_at_random(drawn: Drawn):
    assert_agreement(drawn)


# These comparisons can fail


@pytest.mark.parametrize(
    "spoil",
    [
        lambda arrays: arrays[0].__setitem__(0, -0.0),
        lambda arrays: arrays.__setitem__(0, arrays[0].astype(np.float64)),
        lambda arrays: arrays[0].__setitem__(1, np.nextafter(arrays[0][1], np.float32(9))),
    ],
    ids=["the sign of a zero", "the type", "the last bit"],
)
def test_a_difference_is_noticed_even_if_it_is_only(spoil: Callable[[list[Any]], None]):
    numbas = [np.array([0, 1], np.float32)]
    ours = [array.copy() for array in numbas]
    assert_same_bits(ours, numbas)
    spoil(ours)
    with pytest.raises(AssertionError):
        assert_same_bits(ours, numbas)
