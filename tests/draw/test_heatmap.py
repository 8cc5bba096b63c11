"""A Jacobian is drawn as a heat map, beside the reference's, with a spotlight on one output."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svg import SVG, classes, groups, root, texts, words

import minigrad
from minigrad.draw import explore_jacobian, jacobian

pytestmark = pytest.mark.on_one_python

EXAMPLE = np.array([[1.0, 0.0, -2.0], [2.0, 3.0, 0.0]])


def test_cells_are_coloured_by_sign_and_have_their_numbers():
    picture = jacobian(EXAMPLE)
    assert texts(picture, "mg-positive") == ["1", "2", "3"]
    assert texts(picture, "mg-negative") == ["-2"]
    assert texts(picture, "mg-faint") == ["0", "0"]


def test_a_larger_derivative_has_a_stronger_colour():
    strengths = [
        float(group.find(f"{SVG}rect").get("fill-opacity")) for group in groups(jacobian([[1.0, 2, 3]]), "mg-positive")
    ]
    assert strengths == sorted(strengths) and len(set(strengths)) == 3


def test_rows_are_named_as_outputs_and_columns_as_inputs():
    shown = words(jacobian(np.full((2, 3), 12345.0)))
    assert [each for each in shown if each[0] in "xy"] == ["y[0]", "y[1]", "x[0]", "x[1]", "x[2]"]


def test_the_spotlight_is_on_one_output_and_says_which_inputs_matter():
    picture = jacobian(EXAMPLE, output=0)
    assert texts(picture, "mg-faded", "mg-cell") == ["2", "3", "0"]
    assert texts(picture, "mg-nothing") == ["0"]
    assert len([each for each in root(picture).iter(f"{SVG}rect") if "mg-spot" in classes(each)]) == 1
    assert "y[0] moves with x[0] (by 1) and x[2] (by -2); the other 1 input does not matter." in picture.description


def test_a_mistake_elsewhere_does_not_fade():
    theirs = EXAMPLE.copy()
    theirs[1, 1] = 5
    picture = jacobian(EXAMPLE, theirs, output=0)
    assert texts(picture, "mg-wrong") == ["3"] and not groups(picture, "mg-wrong", "mg-faded")


def test_an_output_that_no_input_moves_says_so():
    assert "y[0] moves with no input." in words(jacobian([[0.0, 0.0]], output=0))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_derivatives_marked_are_those_that_differ(data):
    shape = data.draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    entries = st.lists(st.integers(-3, 3), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    mine, theirs = (np.array(data.draw(entries), dtype=float).reshape(shape) for _ in range(2))
    picture = jacobian(mine, theirs)
    differ = mine != theirs
    assert texts(picture, "mg-wrong") == [str(int(each)) for each in mine[differ]]
    assert texts(picture, "mg-right") == [str(int(each)) for each in theirs[differ]]
    assert ("✓ It is the reference's." in picture.description) == (not differ.any())


def test_a_transposed_jacobian_is_told():
    picture = jacobian(EXAMPLE.T, EXAMPLE)
    assert "✗ Its shape is 3 × 2, and 2 × 3 is wanted: rows are outputs, and columns are inputs." in picture.description


def test_outputs_and_inputs_may_have_dimensions_of_their_own():
    picture = jacobian(minigrad.jacobian(lambda x: x.T, minigrad.zeros(2, 3)), output=(2, 1))
    assert "y[2, 1] moves with x[1, 2] (by 1); the other 5 inputs do not matter." in picture.description


def test_one_dimension_is_the_gradient_of_one_output():
    assert jacobian([1.0, 2.0, 3.0]).title == "A Jacobian of 1 output by 3 inputs"


def test_pointing_at_a_row_fades_the_others_without_a_script():
    picture = jacobian(EXAMPLE)
    assert ".mg-jacobian:has(.mg-out-1:is(:hover,:focus)) .mg-cell:not(.mg-out-1)" in picture.svg
    assert [each.get("aria-label") for each in groups(picture, "mg-pick")] == ["output y[0]", "output y[1]"]


def test_derivatives_that_are_no_numbers_are_drawn():
    assert texts(jacobian([[np.nan, 1.0], [np.inf, 2.0]]), "mg-unwritten") == ["nan", "inf"]


@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_a_jacobian_without_outputs_or_inputs_is_drawn(shape):
    assert "no derivatives" in words(jacobian(np.zeros(shape)))


def test_a_large_jacobian_is_summarised_with_the_mistake_in_it():
    theirs = np.ones((200, 300))
    mine = theirs.copy()
    mine[150, 250] = 7
    picture = jacobian(mine, theirs)
    assert texts(picture, "mg-wrong") == ["7"] and len(picture.svg) < 100_000


@pytest.mark.parametrize("strange", [None, "a", [[1], [1, 2]], np.zeros((2, 3, 4)), object()])
def test_what_is_no_jacobian_is_an_error(strange):
    with pytest.raises(minigrad.MinigradError):
        jacobian(strange)


def test_there_is_no_output_that_is_not_there():
    with pytest.raises(minigrad.MinigradError, match=r"no output \(2,\)"):
        jacobian(EXAMPLE, output=(2,))


# With sliders


def squares(x):
    return minigrad.jacobian(lambda x: x * x, minigrad.tensor(x))


def moved(explored, **values):
    """The page after these sliders were moved."""
    chooser, page = explored.widget.children
    sliders = {slider.description: slider for slider in chooser.children[0].children}
    for name, value in values.items():
        sliders[name].value = value
    return page.value


def test_moving_an_input_calls_both_functions_again():
    explored = explore_jacobian(lambda x: np.diag([2 * x[0], 4.0]), [1.0, 2.0], squares)
    assert "✓ It is the reference's." in moved(explored)
    assert "✓ It is the reference's." in moved(explored, **{"x[0]": 3.0})
    assert "∂y[1]/∂x[1] is 4, expected 5" in moved(explored, **{"x[1]": 2.5})


def test_choosing_an_output_moves_the_spotlight():
    explored = explore_jacobian(squares, [1.0, 2.0])
    assert "moves with" not in moved(explored)
    assert "y[1] moves with x[1] (by 4)" in moved(explored, output=1)


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x: 1 / 0, "raised ZeroDivisionError: division by zero"),
        (lambda x: "a string", "a Jacobian is made of numbers"),
        (lambda x: None, "a Jacobian is made of numbers"),
        (lambda x: np.zeros((2, 2, 2)), "which are which"),
    ],
)
def test_a_function_that_returns_no_jacobian_is_shown_with_its_call(function, said):
    explored = explore_jacobian(function, [1.0, 2.0], squares)
    assert said in moved(explored, **{"x[0]": 2.0})


def test_the_learners_function_cannot_change_the_input():
    def greedy(x):
        x[:] = 0
        return np.zeros((2, 2))

    assert "∂y[0]/∂x[0] is 0, expected 2" in moved(explore_jacobian(greedy, [1.0, 2.0], squares))
