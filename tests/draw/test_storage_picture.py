"""A tensor's cells are drawn with their places in the storage."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svg import arrows, groups, root, texts, words

import minigrad
from minigrad.draw import explore_strides, strides

pytestmark = pytest.mark.on_one_python


def places(picture):
    """The place that stands in each cell of the tensor, in order."""
    return [int(list(group.itertext())[-1].removeprefix("@")) for group in groups(picture, "mg-pick")]


def row_by_row(x):
    elements = np.lib.stride_tricks.as_strided
    size = x.storage.size
    positions = np.arange(size)
    return elements(positions[x.storage_offset() :], x.shape, [8 * step for step in x.stride()]).ravel().tolist()


VIEWS = {
    "row by row": lambda x: x,
    "transposed": lambda x: x.T,
    "every other column": lambda x: x[:, ::2],
    "a row": lambda x: x[1],
    "from the second row on": lambda x: x[1:],
    "in three dimensions": lambda x: x.reshape(2, 2, 3).permute(2, 0, 1),
    "in four dimensions": lambda x: x.reshape(2, 1, 2, 3),
    "expanded": lambda x: x[:, :1].expand(3, 4),
    "one element": lambda x: x[1, 2],
}


@pytest.mark.parametrize("view", VIEWS)
def test_each_cell_has_the_number_of_its_place_and_its_value(view):
    x = VIEWS[view](minigrad.arange(100, 112).reshape(3, 4) if view != "four" else None)
    picture = strides(x)
    assert places(picture) == row_by_row(x)
    assert texts(picture, "mg-pick") == [str(100 + place) for place in row_by_row(x)]


@pytest.mark.parametrize("view", VIEWS)
def test_a_cell_has_the_colour_of_its_place(view):
    picture = strides(VIEWS[view](minigrad.arange(12).reshape(3, 4)))
    colours = {}
    for group in groups(picture, "mg-tint"):
        [at] = re.findall(r"mg-at-\d+", group.get("class"))
        [colour] = re.findall(r"mg-t\d", group.get("class"))
        assert colours.setdefault(at, colour) == colour


def test_the_chosen_cell_and_its_place_are_marked_and_joined_and_the_sum_is_written_out():
    picture = strides(minigrad.arange(24).reshape(2, 3, 4).permute(2, 0, 1)[1:], (1, 0, 2))
    assert texts(picture, "mg-chosen") == ["10", "10"]
    assert len(arrows(picture, "mg-link")) == 1
    shown = " ".join(words(picture))
    assert "1 offset + 1 · 1 dimension 0 + 0 · 12 dimension 1 + 2 · 4 dimension 2 = 10 place" in shown


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.data())
def test_the_sum_leads_to_the_element(shape, data):
    x = minigrad.arange(int(np.prod(shape))).reshape(shape)
    x = x.permute(data.draw(st.permutations(range(len(shape)))))
    index = tuple(data.draw(st.integers(-size, size - 1)) for size in x.shape)
    picture = strides(x, index)
    assert texts(picture, "mg-chosen") == [str(x[index].item())] * 2
    [said] = re.findall(r"[\d +·]+ = (\d+)\.", picture.description)
    assert int(said) == x[index].item()


def test_an_expanded_dimension_says_how_many_cells_share_a_place():
    picture = strides(minigrad.tensor([[1.0], [2.0]]).expand(2, 3))
    assert places(picture) == [0, 0, 0, 1, 1, 1]
    assert words(picture).count("3×") == 2
    assert "Dimension 1 was expanded: the stride is 0, and 3 cells share each place." in " ".join(words(picture))


def test_places_that_are_not_in_the_tensor_are_told_apart():
    picture = strides(minigrad.arange(6)[1::2])
    assert texts(picture, "mg-unused") == ["0", "2", "4"]
    assert "3 of the 6 places are not in this tensor." in words(picture)


def test_pointing_at_a_cell_lights_up_its_place_without_a_script():
    picture = strides(minigrad.arange(4).reshape(2, 2).T)
    assert ".mg-strides:has(.mg-at-2:is(:hover,:focus)) .mg-at-2 rect" in picture.svg
    assert "<script" not in picture.svg
    stops = [group.get("aria-label") for group in groups(picture, "mg-pick") if group.get("tabindex") == "0"]
    assert stops[1] == "[0, 1] lies at place 2"
    assert root(picture).get("role") == "group"


@pytest.mark.parametrize("shape", [(1000,), (300, 400), (20, 30, 40), (7, 8, 9, 10)])
def test_a_large_tensor_is_summarised_and_its_chosen_cell_is_there(shape):
    x = minigrad.arange(int(np.prod(shape))).reshape(shape)
    index = tuple(size // 2 for size in shape)
    for picture in (strides(x), strides(x, index)):
        assert len(picture.svg) < 100_000
        assert picture.width < 900
        assert f"of {x.numel()} cells are shown." in " ".join(words(picture))
    assert texts(strides(x, index), "mg-chosen") == [str(x[index].item())] * 2


@pytest.mark.parametrize("shape", [(0,), (0, 3), (2, 0, 3)])
def test_a_tensor_without_elements_is_drawn(shape):
    assert "no elements" in words(strides(minigrad.zeros(*shape)))


def test_an_array_of_numpys_will_do():
    assert places(strides(np.arange(6.0).reshape(2, 3).T)) == [0, 3, 1, 4, 2, 5]


def test_a_tensor_with_a_history_is_drawn():
    assert texts(strides(minigrad.ones(2, requires_grad=True) * 3), "mg-pick") == ["3", "3"]


@pytest.mark.parametrize("index", [(2, 0), (0,), (0, 0, 0), (0, slice(2))])
def test_an_index_of_no_element_is_an_error(index):
    with pytest.raises(minigrad.MinigradError):
        strides(minigrad.zeros(2, 3), index)


def test_the_element_is_compared_with_what_lies_at_its_place():
    x = minigrad.tensor([[1.5, float("nan")], [2.0, 3.0]]).T
    assert "✓ tensor[1, 0] is nan, and so is place 1 of the storage" in words(strides(x, (1, 0)))


def test_an_element_that_is_not_what_lies_at_its_place_is_told(monkeypatch):
    monkeypatch.setattr("minigrad.draw.storage.stored_elements", lambda x: np.zeros(4))
    assert "✗ tensor[1] is 1, and place 1 of the storage 0" in words(strides(minigrad.arange(4), 1))


def test_a_slider_for_each_dimension_moves_the_chosen_cell():
    explored = explore_strides(minigrad.arange(6).reshape(2, 3).T)
    picture = explored.widget.children[-1]
    sliders = explored.widget.children[0].children[0].children
    assert [slider.description for slider in sliders] == ["dimension 0", "dimension 1"]
    assert "place 0 of the storage" in picture.value
    sliders[0].value = 2
    sliders[1].value = 1
    assert "✓ tensor[2, 1] is 5, and so is place 5 of the storage" in picture.value


def test_there_is_nothing_to_choose_in_an_empty_tensor():
    with pytest.raises(minigrad.MinigradError, match="no element to choose"):
        explore_strides(minigrad.zeros(0, 3))
