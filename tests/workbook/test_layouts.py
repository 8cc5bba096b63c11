"""The tensors that Part 4's verbs are tried with, and what is drawn for puzzles 34 to 36."""

from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from minigrad.workbook.checks import spec_of
from minigrad.workbook.checks.layouts import (
    BROADCASTS,
    INPUT_MANNERS,
    MANNERS,
    MAX_DIMS,
    SHAPES,
    elements_of_out,
    mask,
    remark,
    shape_of,
    storage_size,
    stored,
    strided,
    strides_of,
)
from minigrad.workbook.trial import expected_outputs

pytestmark = pytest.mark.on_one_python

VERBS = [spec_of(str(number)) for number in (34, 35, 36)]

every_verb = pytest.mark.parametrize("spec", VERBS, ids=lambda spec: spec.test_name)


def places(shape, strides):
    """Where the elements lie, in the order of their indices."""
    return [sum(i * s for i, s in zip(index, strides, strict=True)) for index in product(*map(range, shape))]


# The tables


@pytest.mark.parametrize("manner", INPUT_MANNERS, ids=lambda manner: manner.name)
@pytest.mark.parametrize("shape", sorted(set(SHAPES)), ids=str)
def test_a_storage_begins_at_the_first_element_and_ends_at_the_last(shape, manner):
    strides = manner.strides(shape)
    assert len(strides) == len(shape) <= MAX_DIMS
    assert all(isinstance(stride, int) and stride >= 0 for stride in strides)
    found = places(shape, strides)
    assert storage_size(shape, strides) == (max(found) + 1 if found else 0)


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
@pytest.mark.parametrize("shape", sorted(set(SHAPES)), ids=str)
def test_an_output_never_overlaps_itself(shape, manner):
    strides = manner.strides(shape)
    found = places(shape, strides)
    assert len(set(found)) == len(found) == prod(shape)
    assert np.flatnonzero(mask(shape, strides)).tolist() == sorted(found)


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
def test_what_is_stored_is_found_again(manner):
    for shape in SHAPES:
        elements = np.arange(1, prod(shape) + 1, dtype=np.float32).reshape(shape)
        storage = stored(elements, manner.strides(shape))
        assert np.array_equal(strided(storage, shape, manner.strides(shape)), elements)


def test_the_manners_differ():
    for tables in (MANNERS, INPUT_MANNERS):
        assert len({manner.strides((2, 3, 4)) for manner in tables}) == len(tables)


@pytest.mark.parametrize("broadcast", BROADCASTS, ids=lambda broadcast: broadcast.name)
def test_an_input_broadcasts_to_the_output(broadcast):
    for shape in SHAPES:
        assert np.broadcast_shapes(broadcast.shape(shape), shape) == shape


# What is drawn


def drawn(spec, number=0):
    """The cases of one verdict."""
    cases = []

    @seed(number)
    @settings(
        max_examples=120,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(spec.cases())
    def collect(case):
        cases.append(case)

    collect()
    return cases


def small(case, name):
    """Whether an input has to be broadcast."""
    return shape_of(case, name) != shape_of(case, "out")


SPECIAL = {
    "no elements": lambda case: case.arguments["out_size"] == 0,
    "gaps in the output": lambda case: not elements_of_out(case)["out"].all(),
    "an output that does not lie row by row": lambda case: (
        list(strides_of(case, "out")) != sorted(strides_of(case, "out"), reverse=True)
    ),
    "an expanded input": lambda case: 0 in strides_of(case, "a"),
    "four dimensions": lambda case: len(shape_of(case, "out")) == 4,
}
FOR_ANY_LAUNCH = {
    "no dimensions": lambda case: not shape_of(case, "out"),
    "fewer threads than elements": lambda case: case.threads < case.arguments["out_size"],
    "more threads than elements": lambda case: case.threads > case.arguments["out_size"] > 0,
    "an input to broadcast": lambda case: small(case, "a"),
    "an input of fewer dimensions": lambda case: len(shape_of(case, "a")) < len(shape_of(case, "out")),
}
FOR_ZIP = {
    "both inputs to broadcast": lambda case: small(case, "a") and small(case, "b"),
    "the second input alone to broadcast": lambda case: not small(case, "a") and small(case, "b"),
}


def along(case):
    return shape_of(case, "a")[case.arguments["reduce_dim"]]


FOR_REDUCE = {
    "nothing to combine": lambda case: along(case) == 0 and case.arguments["out_size"] > 0,
    "a dimension longer than a block": lambda case: along(case) > case.constants["TPB"],
    "a dimension shorter than a block": lambda case: 1 < along(case) < case.constants["TPB"],
    "a length that is no power of two": lambda case: along(case) & (along(case) - 1),
    "a spare block": lambda case: case.grid[0] > max(1, case.arguments["out_size"]),
    "the first dimension of several": lambda case: case.arguments["reduce_dim"] == 0 and len(shape_of(case, "a")) > 1,
    "the last dimension of several": lambda case: (
        case.arguments["reduce_dim"] > 0 and case.arguments["reduce_dim"] == len(shape_of(case, "a")) - 1
    ),
}
WANTED = {34: SPECIAL | FOR_ANY_LAUNCH, 35: SPECIAL | FOR_ANY_LAUNCH | FOR_ZIP, 36: SPECIAL | FOR_REDUCE}


@pytest.mark.parametrize("number", range(4))
@every_verb
def test_every_kind_of_case_is_drawn_whatever_the_seed(spec, number):
    cases = drawn(spec, number)
    for kind, occurs in WANTED[spec.number].items():
        assert any(map(occurs, cases)), kind
    assert {case.scalar for case in cases} == set(spec.scalars)
    assert {tuple(case.constants.values()) for case in cases} == {
        tuple(each.values()) for each in spec.constants or ({},)
    }


@every_verb
def test_a_case_fits_the_signature(spec):
    for case in (*drawn(spec), spec.profile()):
        assert list(case.arguments) == list(spec.signature)
        for name, kind in spec.signature.items():
            value = case.arguments[name]
            if "[" in kind:
                assert value.ndim == 1 and kind == f"{value.dtype}[:]"
            else:
                assert isinstance(value, int if kind == "int64" else float)
        assert case.arguments["out_size"] == prod(shape_of(case, "out"))
        assert len(case.grid) == len(case.block) == 1
        if spec.constants:
            assert case.block == (case.constants["TPB"],) and case.grid[0] >= case.arguments["out_size"]


def element(case, name, index):
    """An element of an input, at an index into the output's shape."""
    shape, strides = shape_of(case, name), strides_of(case, name)
    index = index[len(index) - len(shape) :]
    own = [0 if size == 1 else i for i, size in zip(index, shape, strict=True)]
    return case.arguments[name][sum(i * stride for i, stride in zip(own, strides, strict=True))]


def by_hand(spec, case, index):
    """An element of the output, worked out by itself."""
    f = spec.scalars[case.scalar].function
    if "reduce_dim" not in case.arguments:
        return f(*(element(case, name, index) for name in ("a", "b") if name in case.arguments))
    value, dim = case.arguments["start"], case.arguments["reduce_dim"]
    for j in range(along(case)):
        value = f(value, element(case, "a", (*index[:dim], j, *index[dim + 1 :])))
    return value


@every_verb
def test_the_reference_is_what_the_words_say(spec):
    for case in drawn(spec)[:40]:
        expected = expected_outputs(spec, case)["out"]
        shape, strides = shape_of(case, "out"), strides_of(case, "out")
        assert expected.shape == case.arguments["out"].shape
        with np.errstate(over="ignore"):
            found = [by_hand(spec, case, index) for index in product(*map(range, shape))]
        assert [expected[place] for place in places(shape, strides)] == found, case


def test_a_remark_says_how_the_tensors_lie():
    case = VERBS[0].profile()
    assert remark(case) == "out has shape (16, 64) and strides (64, 1). a has shape (16, 64) and strides (64, 1)."
