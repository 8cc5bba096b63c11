"""Puzzles 23 to 29, strides: what is drawn keeps the statements' promises, and NumPy expects the same.

That the solutions solve their puzzles is what ``pytest solutions/`` is for.
"""

import math
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn_cases import drawn_from, simplest_of
from numpy.lib.stride_tricks import as_strided

import minigrad
from minigrad.workbook.checks import all_specs, answers
from minigrad.workbook.spec import Arguments, FunctionSpec, Rule

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]
SPECS = [spec for spec in all_specs() if isinstance(spec, FunctionSpec) and spec.part == "part4_strides"]
RULES = {rule.name: rule for spec in SPECS for rule in spec.rules}

every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


# What is drawn


@cache
def drawn(name: str) -> list[Arguments]:
    return drawn_from(RULES[name].cases(), 300)


COMPILED = ("offset", "broadcast_strides")


@every_rule
def test_arguments_are_of_the_kinds_that_the_statement_names(rule: Rule) -> None:
    for arguments in [*drawn(rule.name), *(rule.examples or tuple)()]:
        assert tuple(arguments) == rule.parameters
        for value in arguments.values():
            if isinstance(value, np.ndarray):
                assert rule.name in COMPILED
                assert (value.dtype, value.ndim) == (np.int64, 1)
            else:
                assert type(value) is int or (rule.name not in COMPILED and type(value) is tuple)
            numbers = np.ravel(value)
            assert numbers.size <= 4 and (numbers >= 0).all()


@every_rule
def test_every_number_of_dimensions_occurs(rule: Rule) -> None:
    ranks = {len(next(value for value in arguments.values() if np.ndim(value))) for arguments in drawn(rule.name)}
    first = 1 if rule.name in ("take_row", "every_other") else 0
    assert ranks == set(range(first, 5))


WITHOUT_ZEROS = ("index", "offset")
"""The functions for whose shapes there is always an element."""


@every_rule
def test_sizes_of_zero_and_one_occur_where_they_are_allowed(rule: Rule) -> None:
    shapes = [value for arguments in drawn(rule.name) for name, value in arguments.items() if "shape" in name]
    sizes = {int(size) for shape in shapes for size in shape}
    if shapes:
        assert 1 in sizes and max(sizes) > 4
        assert (0 in sizes) == (rule.name not in WITHOUT_ZEROS)


@every_rule
def test_strides_are_those_of_all_kinds_of_views(rule: Rule) -> None:
    if "strides" not in rule.parameters:
        return
    strides = [tuple(map(int, arguments["strides"])) for arguments in drawn(rule.name)]
    assert any(0 in each for each in strides), "expanded"
    assert any(list(each) != sorted(each, reverse=True) and 0 not in each for each in strides), "permuted"
    assert any(each and min(each) > 1 for each in strides), "every so-manieth"


@pytest.mark.parametrize("name", ["index", "offset", "take_row"])
def test_there_is_such_an_element(name: str) -> None:
    numbers = set()
    for arguments in drawn(name):
        k, shape = arguments.get("k", arguments.get("row")), arguments["shape"]
        assert 0 <= k < (shape[0] if name == "take_row" else math.prod(map(int, shape)))
        numbers.add(k)
    assert len(numbers) > 5


def raises(rule: Rule, arguments: Arguments) -> bool:
    try:
        rule.reference(**arguments)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("name", ["flatten_or_fail", "broadcast_shape"])
def test_there_is_an_answer_in_some_cases_and_none_in_others(name: str) -> None:
    failing = sum(raises(RULES[name], arguments) for arguments in drawn(name))
    assert len(drawn(name)) / 10 < failing < len(drawn(name)) / 2


@every_rule
def test_the_simplest_call_is_small(rule: Rule) -> None:
    simplest = simplest_of(rule.cases())
    assert all(np.size(value) <= 1 and np.sum(value) <= 2 for value in simplest.values())


@every_rule
def test_every_call_gets_a_remark(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        said = rule.remark(arguments)
        assert said and all(len(line) < 120 for line in said.splitlines())
        assert said.endswith(".") or "\n" in said
        assert not re.search(r"\b1 (elements|dimensions|steps)", said)


# What is expected, by NumPy


def array(shape: Any, strides: Any) -> np.ndarray:
    """A view of the numbers 0, 1, 2, …, so that each element says where it lies."""
    shape, strides = tuple(map(int, shape)), tuple(map(int, strides))
    length = 1 + sum(max(0, size - 1) * stride for size, stride in zip(shape, strides, strict=True))
    storage = np.arange(length, dtype=np.int64)
    return as_strided(storage, shape, [stride * storage.itemsize for stride in strides])


def shown(expected: tuple[Any, Any, int]) -> list[Any]:
    shape, strides, start = expected
    return (array(shape, strides) + start).tolist()


BY_NUMPY = {
    "position": lambda index, strides: array([i + 1 for i in index], strides)[index],
    "index": np.unravel_index,
    "offset": lambda k, shape, strides: array(shape, strides).flat[k],
    "transpose": lambda shape, strides: array(shape, strides).T,
    "take_row": lambda shape, strides, row: array(shape, strides)[row],
    "every_other": lambda shape, strides: array(shape, strides)[::2],
    "flatten_or_fail": lambda shape, strides: array(shape, strides).ravel(),
    "broadcast_shape": np.broadcast_shapes,
    "broadcast_strides": lambda shape, strides, big_shape: np.broadcast_to(array(shape, strides), big_shape),
}


@pytest.mark.parametrize("name", BY_NUMPY)
def test_the_reference_agrees_with_numpy(name: str) -> None:
    rule = RULES[name]
    for arguments in drawn(name):
        if name == "broadcast_shape" and raises(rule, arguments):
            with pytest.raises(ValueError):
                np.broadcast_shapes(*arguments.values())
            continue
        if name == "flatten_or_fail" and raises(rule, arguments):
            places = array(**arguments).ravel()
            assert len(set(np.diff(places))) > 1
            continue
        expected, by_numpy = rule.reference(**arguments), BY_NUMPY[name](*arguments.values())
        if name == "broadcast_strides":
            expected = (arguments["big_shape"], expected, 0)
        if rule.compare is answers.a_view or name == "broadcast_strides":
            expected, by_numpy = shown(expected), by_numpy.tolist()
        assert expected == by_numpy, arguments


def test_strides_are_those_of_a_new_array_of_numpys() -> None:
    for (shape,) in (tuple(arguments.values()) for arguments in drawn("strides_of")):
        if 0 not in shape:
            assert RULES["strides_of"].reference(shape) == np.empty(shape, np.int8).strides


@every_rule
def test_the_expected_result_is_accepted(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        if not raises(rule, arguments):
            expected = rule.reference(**arguments)
            assert rule.compare(arguments, expected, expected) is None
