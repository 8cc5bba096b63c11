"""A call of a plain function is drawn with what is wrong marked, whatever the function returned."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import minigrad
from minigrad.draw.run import Calls
from minigrad.draw.values import call
from minigrad.workbook.nodes import Node

pytestmark = pytest.mark.on_one_python

SVG = "{http://www.w3.org/2000/svg}"


def drawn(given, expected, mistake="returned the wrong thing", arguments=None):
    picture = call(Calls("a puzzle", "f(...)", arguments or {}, expected, given, mistake))
    return ElementTree.fromstring(picture.svg)


def texts(svg, kind):
    """What stands in the cells of a class."""
    cells = [each for each in svg.iter(f"{SVG}g") if {"mg-cell", kind} <= set(each.get("class", "").split())]
    return [text.text for each in cells for text in each.iter(f"{SVG}text")]


class ReprRaises:
    def __repr__(self):
        raise ValueError("no")


class EverythingRaises:
    def __getattribute__(self, name):
        raise RuntimeError(name)

    def __repr__(self):
        raise RuntimeError("no")

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None


def holds_itself():
    items = [1, 2]
    items.append(items)
    return items


STRANGE = {
    "None": None,
    "a string": "x" * 1000,
    "letters no page can show": "\x00\ud800<&>\n",
    "nan": float("nan"),
    "infinity": [float("inf"), -float("inf")],
    "ragged lists": [[1, 2], [3], []],
    "lists of nothing": [[], []],
    "a list that holds itself": holds_itself(),
    "a long list": list(range(3_000_000)),
    "a huge array": np.broadcast_to(1.0, (100_000, 100_000)),
    "a huge stack": np.broadcast_to(1.0, (1000, 1000, 1000, 3, 3)),
    "many dimensions": np.ones((1,) * 30),
    "an empty stack": np.ones((2, 0, 3)),
    "an empty stack of many dimensions": np.ones((2, 0, 3, 1, 1, 2)),
    "objects": np.array([None, "a", ReprRaises()], dtype=object),
    "an array of records": np.zeros(2, dtype=[("a", int), ("b", float)]),
    "dates": np.array(["2020-01-01"], dtype="datetime64[D]"),
    "texts": np.array(["a", "b"]),
    "a masked array": np.ma.array([1.0, 2.0], mask=[True, False]),
    "an object without a repr": ReprRaises(),
    "an object that raises": EverythingRaises(),
    "a list of objects that raise": [EverythingRaises(), ReprRaises()],
    "a dict": {"a": [1, 2], (1, 2): ReprRaises()},
    "a set": {1, 2},
    "a function": len,
    "a class": dict,
    "a generator": (i for i in range(3)),
    "an integer of many digits": 10**10_000,
    "integers of many digits": [10**10_000, 1],
    "a complex number": [1j, 2.0],
    "bytes": b"abc",
    "booleans": [True, False],
    "a tensor": minigrad.ones(2, 3),
    "a tensor with a history": minigrad.ones(2, requires_grad=True) * 2,
    "tensors": (minigrad.ones(2), minigrad.zeros(3)),
    "a range": range(5),
    "a long range": range(10**12),
}


@pytest.mark.parametrize("name", STRANGE)
def test_any_value_is_drawn_wherever_it_stands(name):
    strange = STRANGE[name]
    for value, expected in ((strange, np.arange(3.0)), (np.ones((2, 2)), strange), (strange, strange)):
        svg = drawn(value, expected, arguments={"x": strange, "y": 1})
        assert svg.get("role") == "img"
        assert float(svg.get("width")) < 3000


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | st.builds(ReprRaises),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
        | st.lists(st.floats(), max_size=6).map(np.array)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING, ANYTHING, st.text())
def test_any_two_values_are_drawn_beside_each_other(one, other, said):
    assert drawn(one, other, said, {"x": one, "y": other}).get("role") == "img"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-5, 5), min_size=1, max_size=10), st.data())
def test_the_cells_marked_are_those_that_differ(expected, data):
    value = data.draw(st.lists(st.integers(-5, 5), min_size=len(expected), max_size=len(expected)))
    svg = drawn(value, np.array(expected))
    differ = [(one, other) for one, other in zip(value, expected, strict=True) if one != other]
    assert texts(svg, "mg-wrong") == [str(one) for one, _ in differ]
    assert texts(svg, "mg-right") == [str(other) for _, other in differ]


def test_nothing_is_marked_where_nothing_is_wrong():
    svg = drawn([1.0, 2.0], [1.0, 2.5], mistake="")
    assert not texts(svg, "mg-wrong") and not texts(svg, "mg-right")
    assert "as expected" in "".join(svg.itertext())


def test_elements_that_are_too_many_are_marked():
    assert texts(drawn([1, 2, 3, 4], [1, 2]), "mg-wrong") == ["3", "4"]


@pytest.mark.parametrize("kind", [list, np.array])
def test_a_rounding_error_is_not_marked_beside_a_mistake_and_is_alone(kind):
    assert texts(drawn(kind([1 / 3, 2.0]), kind([1 / 3 + 1e-12, 3.0])), "mg-wrong") == ["2"]
    [alone] = texts(drawn(kind([0.25, 2.0]), kind([0.25 + 1e-12, 2.0])), "mg-wrong")
    assert alone == "0.25"


def test_numbers_that_differ_are_written_with_the_digits_that_differ():
    svg = drawn([1.00001], [1.00002])
    assert texts(svg, "mg-wrong") == ["1.00001"] and texts(svg, "mg-right") == ["1.00002"]


@pytest.mark.parametrize("kind", [list, np.array])
def test_nan_equals_nan(kind):
    assert texts(drawn(kind([float("nan"), 1.0]), kind([float("nan"), 2.0])), "mg-wrong") == ["1"]


def test_the_wrong_part_of_a_tuple_is_marked_and_not_the_others():
    svg = drawn((np.ones(2), np.zeros(2)), (np.ones(2), np.ones(2)))
    assert texts(svg, "mg-wrong") == ["0", "0"]


def test_matrices_of_one_shape_are_coloured_and_others_are_not():
    one, other = np.array([[1.0, -2.0], [0.0, 4.0]]), np.array([[1.0, -2.0], [0.0, 5.0]])
    svg = drawn(one, other)
    assert texts(svg, "mg-positive") == ["1", "1"]
    assert texts(svg, "mg-negative") == ["-2", "-2"]
    assert texts(svg, "mg-wrong") == ["4"]
    assert not texts(drawn(one, other[:1]), "mg-positive")


def test_a_function_among_the_arguments_goes_by_its_name():
    def sigmoid(x):
        return x

    assert "sigmoid" in texts(drawn(1, 2, arguments={"f": sigmoid}), "mg-cell")


def test_the_mistake_and_the_call_stand_in_the_picture_and_in_its_description():
    picture = call(Calls("unbroadcast", "unbroadcast(d, (1,))", {}, [7.0], 7.0, "returned 7.0, expected [7.0]", "So."))
    assert "returned 7.0, expected [7.0]" in picture.description
    words = re.sub(r"\s+", " ", " ".join(ElementTree.fromstring(picture.svg).itertext()))
    for part in ("unbroadcast(d, (1,))", "✗ returned 7.0, expected [7.0]", "So."):
        assert part in words


def test_a_call_that_raised_has_returned_nothing():
    picture = call(Calls("a", "a()", {}, 1.0, None, "raised ValueError: no"))
    assert texts(ElementTree.fromstring(picture.svg), "mg-wrong") == ["nothing"]


def test_a_node_among_the_arguments_is_drawn_with_its_graph():
    a = Node("a")
    svg = drawn(["b"], ["a"], arguments={"node": Node("b", (a, a), (2.0, 3.0))})
    shown = ["".join(each.itertext()) for each in svg.iter(f"{SVG}g") if each.get("class", "").startswith("mg-node")]
    assert shown == ["a", "b"]


def test_a_node_of_a_large_graph_goes_by_its_name():
    node = Node("first")
    for number in range(3000):
        node = Node(f"n{number}", (node,), (1.0,))
    assert texts(drawn(1, 2, arguments={"node": node}), "mg-cell")[0] == "n2999"


def test_each_line_of_a_mistake_and_of_a_remark_is_a_line():
    picture = call(
        Calls("a", "a()", {}, 1, 2, "returned 2, expected 1\nIt looks like 1 more.", "Lined up:\n    2  1\n       3")
    )
    lines = [text.text for text in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")]
    assert {"✗ returned 2, expected 1", "It looks like 1 more.", "Lined up:", "    2  1", "       3"} <= set(lines)


def test_matrices_keep_their_colours_where_nothing_is_wrong():
    assert texts(drawn([[1.0, 2.0]], np.array([[1.0, 2.0]]), mistake=""), "mg-positive") == ["1", "2"] * 2
