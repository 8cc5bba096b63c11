"""The backward rules of map and zip are drawn cell by cell, with their numbers worked out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svg import arrows, groups, root, texts, words

import minigrad
from minigrad.draw import map_gradient, zip_gradient
from minigrad.draw.symbols import symbol, symbol_width

pytestmark = pytest.mark.on_one_python


def test_a_maps_gradient_is_worked_out_where_all_are_numbers():
    picture = map_gradient([1, 2, 3], [3, 12, 27], [1, 10, 100])
    assert texts(picture, "mg-tint")[:3] == ["3", "120", "2700"]
    assert {"× 3", "× 12", "× 27", "x = 1", "x = 2", "x = 3"} <= set(words(picture))


def test_symbols_stand_as_they_are():
    picture = map_gradient(["x₁", "x₂"], ["g′(x₁)", "g′(x₂)"], ["d₁", "d₂"])
    assert texts(picture, "mg-tint")[:2] == ["x₁", "x₂"]
    assert "g′(x₁)" in words(picture)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 6))
def test_each_element_has_an_arrow_to_its_factor_and_one_from_it_and_none_crosses(size):
    picture = map_gradient(range(size), range(size), range(size))
    shafts = arrows(picture, "mg-flow")
    assert len(shafts) == 2 * size
    for shaft in shafts:
        numbers = [float(each) for each in shaft.get("d").replace("M", "").replace("L", " ").split()]
        assert numbers[0] == numbers[2]  # straight up


def test_a_map_of_a_tensor_is_what_minigrad_computes():
    x, d = minigrad.tensor([1.0, 2.0, 3.0]), minigrad.tensor([1.0, 10.0, 100.0])
    _, gradient = minigrad.vjp(lambda x: x * x, x, d)
    shown = texts(map_gradient(x, 2 * x, d), "mg-tint")[:3]
    assert [float(each) for each in shown] == gradient.tolist()


def test_matrices_stand_beside_one_another_with_arrows_for_one_cell():
    x = np.arange(6.0).reshape(2, 3)
    plain = map_gradient(x, 2 * x, np.full((2, 3), 10))
    assert texts(plain, "mg-tint") == ["0", "20", "40", "60", "80", "100"] and not arrows(plain)
    chosen = map_gradient(x, 2 * x, np.full((2, 3), 10), cell=(1, 1))
    assert texts(chosen, "mg-chosen") == ["4", "8", "10", "80"] and len(arrows(chosen)) == 3


def test_a_zips_gradients_go_two_ways_that_differ_without_colours_too():
    picture = zip_gradient([1, 2, 3], [4, 5, 6], [4, 5, 6], [1, 2, 3], [1, 10, 100])
    assert texts(picture, "mg-tint", "mg-t0")[:3] == ["4", "50", "600"]
    assert texts(picture, "mg-second")[:3] == ["1", "20", "300"]
    assert len(arrows(picture, "mg-t0")) == len(arrows(picture, "mg-second")) == 6


def test_the_jacobian_beside_it_has_a_diagonal_and_zeros():
    picture = map_gradient([1, 2, 3], [1, 2, 3], [1, 1, 1])
    assert len(groups(picture, "mg-faint")) == 6
    assert not groups(map_gradient([1, 2], [1, 2], [1, 1], jacobian=False), "mg-faint")


@pytest.mark.parametrize(
    "given",
    [([1, 2], [1, 2, 3], [1, 2]), (1, 2, 3), (np.ones((2, 2, 2)),) * 3, ([], [], [])],
)
def test_what_does_not_belong_together_cell_by_cell_is_an_error(given):
    with pytest.raises(minigrad.MinigradError, match="cell by cell"):
        map_gradient(*given)


def test_a_number_stands_for_a_shape_full_of_it():
    assert texts(map_gradient([1, 2], -1, [10, 20]), "mg-tint")[:2] == ["-10", "-20"]


@pytest.mark.parametrize("shape", [(1000,), (60, 80)])
def test_many_elements_are_summarised(shape):
    x = np.arange(np.prod(shape), dtype=float).reshape(shape)
    picture = map_gradient(x, 2, x)
    assert "⋯" in words(picture) and picture.width < 2600 and len(picture.svg) < 60_000


def test_subscripts_and_superscripts_are_smaller_and_moved():
    from minigrad.draw.picture import Picture

    picture = root(Picture(symbol("a_{ij}b^T"), "t"))
    [spoken] = ["".join(each.itertext()) for each in picture.iter() if each.tag.endswith("}text")]
    assert spoken == "aijbT"
    moves = [float(each.get("dy")) for each in picture.iter() if each.tag.endswith("tspan")]
    assert moves[0] > 0 > moves[1] and moves[2] < 0
    assert symbol_width("a_{ij}", 13) < symbol_width("aij", 13)
