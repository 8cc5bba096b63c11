"""Backward kernels as gradients: put together with their forward kernels, they go through gradcheck.

The kernels of sum, pooling and scan have forward kernels in Part 3; the other operations go forwards as minigrad does.
Most of these operations are linear in each input, so that central differences are exact for steps of any size, and a
step of an eighth suits kernels that add in float32.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minigrad import Function, Tensor, gradcheck, tensor
from minigrad.errors import MinigradError
from minigrad.workbook.as_function import as_function, launched
from minigrad.workbook.checks import spec_of
from minigrad.workbook.checks.launches import Launch, case_of
from minigrad.workbook.checks.part6_kernels import SPECS
from minigrad.workbook.checks.part6_operations import FORWARD
from minigrad.workbook.checks.values import counting, unwritten
from minigrad.workbook.load import load
from minigrad.workbook.spec import Case, Dims, KernelSpec
from minigrad.workbook.variants import Variants

pytestmark = pytest.mark.on_one_python

ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "mistakes" / "kernels" / "part6_backward"

every_puzzle = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.test_name)

ALONG_A_LINE = [Launch((size,), (blocks,), (8,), {"TPB": 8}) for size, blocks in ((1, 1), (8, 1), (11, 2), (9, 3))]
ROWS = [Launch(shape, shape[:1], (8,), {"TPB": 8}) for shape in ((1, 1), (2, 8), (3, 11))]
SHEETS = [Launch(shape, (3, 2), (4, 4), {"TILE": 4}) for shape in ((1, 1), (4, 5), (7, 3))]

LAUNCHES = {
    **dict.fromkeys(("map_backward", "zip_backward", "pooling_backward", "scan_backward"), ALONG_A_LINE),
    "broadcast_backward": SHEETS,
    "sum_backward": SHEETS,
    "max_backward": ROWS,
}
STEP = {"map_backward": 1e-5}
"""Of central differences, where an eighth is too much."""


def lines(shape: Dims) -> dict[str, Any]:
    return {"out": unwritten(shape), "a": unwritten(shape), "size": shape[0]}


def rows(shape: Dims) -> dict[str, Any]:
    return {"out": unwritten(shape[:1]), "a": unwritten(shape), "rows": shape[0], "cols": shape[1]}


FORWARD_KERNELS: dict[str, tuple[str, Callable[[Case], Case]]] = {
    "sum_backward": (
        "axis_sum",
        lambda case: case_of(Launch((), shape(case)[:1], (8,), {"TPB": 8}), rows(shape(case))),
    ),
    "pooling_backward": ("pooling", lambda case: replace(case, arguments=lines(shape(case)), constants={"TPB": 8})),
    "scan_backward": ("scan", lambda case: replace(case, arguments=lines(shape(case)))),
}
"""The forward puzzle, and its case that goes with a case of the backward one."""


def shape(case: Case) -> Dims:
    """Of what the operation computes with: the gradient of its first input is like it."""
    return np.shape(case.arguments["grad_a"])


@cache
def variants(path: Path) -> Variants:
    return Variants(load(path))


def solution(spec: KernelSpec) -> Path:
    return ROOT / "solutions" / spec.part / spec.file_name


def case_for(spec: KernelSpec, launch: Launch) -> Case:
    """A case of that launch. What is in its inputs does not matter here: they come from the Function."""
    size, length, width = launch.shape, launch.shape[:1], launch.shape[-1:]
    shapes = {
        "broadcast_backward": {"grad_a": (*length, 1), "a": (*length, 1), "grad_b": (1, *width), "b": (1, *width)},
        "sum_backward": {"d": length},
        "max_backward": {"d": length},
    }.get(spec.name, {})
    arrays = [name for name, kind in spec.signature.items() if kind.startswith("float32")]
    numbers = [name for name in spec.signature if name not in arrays]
    empty = np.zeros if spec.arrives_filled else unwritten
    arguments = {name: empty(shapes.get(name, size)).astype(np.float32) for name in arrays}
    constants = launch.constants if spec.constants else {}
    return case_of(launch._replace(constants=constants), {**arguments, **dict(zip(numbers, size, strict=True))})


def inputs_of(spec: KernelSpec, case: Case) -> dict[str, Tensor]:
    """Values to differentiate at: small halves, and for a maximum numbers of which no two are close."""
    names = [name.removeprefix("grad_") for name in spec.outputs]
    arrays = {name: counting(np.shape(case.arguments[f"grad_{name}"]), 3, place) for place, name in enumerate(names)}
    if spec.name == "max_backward":
        arrays["a"] = np.random.default_rng(1).permutation(arrays["a"].size).astype(np.float32).reshape(shape(case))
    return {name: tensor(array) for name, array in arrays.items()}


def put_together(spec: KernelSpec, case: Case, backward: Path) -> type[Function]:
    """The operation as a Function: its forward kernel, if it has one, and this backward kernel."""
    pulled_back = launched(spec, variants(backward).function(case), case)
    inputs = [name.removeprefix("grad_") for name in spec.outputs]
    if spec.name not in FORWARD_KERNELS:
        return as_function(FORWARD[spec.name], pulled_back, *inputs)
    name, case_of_it = FORWARD_KERNELS[spec.name]
    forward_spec, forward_case = spec_of(name), case_of_it(case)
    assert isinstance(forward_spec, KernelSpec)
    kernel = variants(solution(forward_spec)).function(forward_case)
    pushed = launched(forward_spec, kernel, forward_case)
    return as_function(lambda a: pushed(a=a)["out"], pulled_back, *inputs)


def is_a_gradient(spec: KernelSpec, path: Path) -> bool:
    """Whether it passes gradcheck at every launch."""
    checks = []
    for launch in LAUNCHES[spec.name]:
        case = case_for(spec, launch)
        function = put_together(spec, case, path)
        inputs = tuple(inputs_of(spec, case).values())
        checks.append(gradcheck(function.apply, inputs, eps=STEP.get(spec.name, 0.125), raise_exception=False))
    return all(checks)


@every_puzzle
def test_a_solution_is_the_gradient_of_its_forward_kernel(spec: KernelSpec) -> None:
    assert is_a_gradient(spec, solution(spec))


@every_puzzle
def test_a_gradient_of_the_wrong_sign_is_none(spec: KernelSpec) -> None:
    assert not is_a_gradient(spec, BANK / spec.name / "of_the_wrong_sign.py")


@pytest.mark.parametrize("name", ["map_backward", "zip_backward", "broadcast_backward"])
def test_a_derivative_that_forgets_what_arrives_is_none(name: str) -> None:
    (spec,) = (spec for spec in SPECS if spec.name == name)
    assert not is_a_gradient(spec, BANK / name / "without_d.py")


@pytest.mark.parametrize(
    "file",
    [
        "zip_backward/the_own_operand",
        "broadcast_backward/not_summed",
        "broadcast_backward/only_the_first_tile",
        "sum_backward/divided_by_the_columns",
        "max_backward/a_gradient_for_everybody",
        "pooling_backward/the_window_forwards",
        "scan_backward/the_whole_array",
    ],
)
def test_the_usual_mistakes_are_no_gradients(file: str) -> None:
    (spec,) = (spec for spec in SPECS if spec.name == file.partition("/")[0])
    assert not is_a_gradient(spec, BANK / f"{file}.py")


def test_what_happens_at_a_tie_is_nothing_that_slopes_can_tell() -> None:
    """So a verdict compares with the reference, which says which of equal elements it is."""
    (spec,) = (spec for spec in SPECS if spec.name == "max_backward")
    assert is_a_gradient(spec, BANK / "max_backward" / "to_the_last_tie.py")


def test_a_kernel_that_is_not_safe_is_no_function() -> None:
    (spec,) = (spec for spec in SPECS if spec.name == "pooling_backward")
    case = case_for(spec, ALONG_A_LINE[1])
    function = put_together(spec, case, BANK / "pooling_backward" / "scatters.py")
    a = tensor(np.ones(8, np.float32), requires_grad=True)
    with pytest.raises(MinigradError, match=r"pooling_backward: race: .*grad_a"):
        function.apply(a).sum().backward()


def test_a_kernel_that_leaves_out_an_element_is_no_function() -> None:
    (spec,) = (spec for spec in SPECS if spec.name == "zip_backward")
    case = case_for(spec, ALONG_A_LINE[1])
    call = launched(spec, variants(BANK / "zip_backward" / "only_one_gradient.py").function(case), case)
    ones = tensor(np.ones(8, np.float32))
    with pytest.raises(MinigradError, match="unwritten: not every element of grad_b"):
        call(d=ones, a=ones, b=ones)


def test_gradients_are_as_wide_as_what_they_are_computed_from() -> None:
    (spec,) = (spec for spec in SPECS if spec.name == "broadcast_backward")
    case = case_for(spec, SHEETS[1])
    for dtype in (np.float32, np.float64):
        a, b = (tensor(np.ones(np.shape(case.arguments[name]), dtype), requires_grad=True) for name in "ab")
        put_together(spec, case, solution(spec)).apply(a, b).sum().backward()
        assert a.grad is not None and b.grad is not None
        assert a.grad.numpy().dtype == b.grad.numpy().dtype == dtype
        assert a.grad.tolist() == [[5.0]] * 4 and b.grad.tolist() == [[4.0] * 5]
