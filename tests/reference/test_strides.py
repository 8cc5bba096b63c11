"""Layouts say where NumPy would find the same elements."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_views import drawn, indices, shapes
from hypothesis import given
from hypothesis import strategies as st

from minigrad import MinigradError, strides
from minigrad.strides import Layout


def positions(shape):
    """An array that holds, at each index, where that element lies in a row-major storage."""
    return np.arange(math.prod(shape)).reshape(shape)


def read(layout):
    """The same, read through a layout, element by element."""
    found = np.empty(layout.shape, int)
    for at in np.ndindex(layout.shape):
        found[at] = layout.offset + strides.position(at, layout.strides)
    return found


def message(call, *arguments) -> str:
    with pytest.raises(MinigradError) as caught:
        call(*arguments)
    return str(caught.value)


@given(shapes)
@drawn
def test_a_row_major_layout_counts_the_elements_in_order(shape):
    assert np.array_equal(read(strides.row_major(shape)), positions(shape))


@given(shapes.filter(lambda shape: 0 not in shape))
@drawn
def test_index_undoes_position(shape):
    for k, at in enumerate(np.ndindex(shape)):
        assert strides.index(k, shape) == at
        assert strides.position(at, strides.strides_of(shape)) == k


@given(shapes, shapes)
@drawn
def test_shapes_broadcast_as_in_numpy(a, b):
    try:
        expected = np.broadcast_shapes(a, b)
    except ValueError:
        assert str(a) in message(strides.broadcast_shapes, a, b)
        assert str(b) in message(strides.broadcast_shapes, a, b)
    else:
        assert strides.broadcast_shapes(a, b) == expected


def test_three_shapes_broadcast_together():
    assert strides.broadcast_shapes((3, 1, 1), (4, 1), (5,)) == (3, 4, 5)


@given(shapes, shapes)
@drawn
def test_expanding_repeats_what_broadcasting_repeats(shape, big_shape):
    try:
        expected = np.broadcast_to(positions(shape), big_shape)
    except ValueError:
        assert "does not expand" in message(strides.expand, strides.row_major(shape), big_shape)
    else:
        layout = strides.expand(strides.row_major(shape), big_shape)
        assert np.array_equal(read(layout), expected)
        kept = big_shape[: len(big_shape) - len(shape)] + (-1,) * len(shape)
        assert strides.expand(layout, (-1,) * len(big_shape)) == layout
        assert strides.expand(strides.row_major(shape), kept).shape[len(kept) - len(shape) :] == shape


@pytest.mark.parametrize("big_shape", [(-1, 2, 3), (2,), (2, 4), (-2, 3), (0, 3)])
def test_a_size_other_than_one_does_not_expand(big_shape):
    assert "(2, 3) does not expand" in message(strides.expand, strides.row_major((2, 3)), big_shape)


def test_a_size_of_one_does_not_grow_to_less_than_none():
    assert "(1,) does not expand to (-2,)" in message(strides.expand, strides.row_major((1,)), (-2,))
    assert strides.expand(strides.row_major((1,)), (0,)).shape == (0,)


@given(st.data())
@drawn
def test_permuting_moves_dimensions_as_numpy_does(data):
    shape = data.draw(shapes)
    order = data.draw(st.permutations(range(len(shape))))
    layout = strides.permute(strides.row_major(shape), order)
    assert np.array_equal(read(layout), positions(shape).transpose(order))


@given(st.data())
@drawn
def test_a_subscript_finds_what_numpy_finds(data):
    shape = data.draw(shapes)
    key = data.draw(indices(shape))
    assert np.array_equal(read(strides.subscript(strides.row_major(shape), key)), positions(shape)[key])


@given(st.data())
@drawn
def test_a_view_has_the_elements_in_the_same_order_or_cannot_be_had(data):
    """PyTorch and NumPy agree when a view needs no copy; NumPy says so by sharing memory."""
    shape = data.draw(shapes)
    array, layout = positions(shape), strides.row_major(shape)
    for _ in range(data.draw(st.integers(0, 2))):
        key = data.draw(indices(array.shape))
        order = data.draw(st.permutations(range(np.ndim(array[key]))))
        array = np.asarray(array[key]).transpose(order)
        layout = strides.permute(strides.subscript(layout, key), order)
    new_shape = data.draw(st.sampled_from(factorings(array.size)))
    found = strides.view(layout, new_shape)
    if found is not None:
        assert np.array_equal(read(found), array.reshape(new_shape))
    elif array.base is not None:
        assert not np.shares_memory(array, array.reshape(new_shape))


def factorings(numel):
    """Shapes of up to three dimensions with so many elements."""
    if numel == 0:
        return [(0,), (2, 0), (0, 1, 3)]
    pairs = [(a, numel // a) for a in range(1, numel + 1) if numel % a == 0]
    triples = [(a, b, rest // b) for a, rest in pairs for b in range(1, rest + 1) if rest % b == 0]
    return [(numel,), *pairs, *triples]


def test_a_row_major_layout_can_be_viewed_in_every_shape():
    for shape in factorings(12):
        for new_shape in factorings(12):
            assert strides.view(strides.row_major(shape), new_shape) == strides.row_major(new_shape)


def test_a_transposed_layout_cannot_be_flattened():
    assert strides.view(Layout((2, 3), (1, 2)), (6,)) is None


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (Layout((2, 3), (3, 1)), True),
        (Layout((2, 3), (3, 1), 7), True),
        (Layout((1, 3), (99, 1)), True),
        (Layout((0, 3), (1, 9)), True),
        (Layout((), ()), True),
        (Layout((2, 3), (1, 2)), False),
        (Layout((3,), (2,)), False),
        (Layout((3,), (0,)), False),
    ],
)
def test_contiguous_means_row_by_row_without_gaps(layout, expected):
    assert strides.is_contiguous(layout) is expected


@pytest.mark.parametrize(
    ("shape", "numel", "expected"),
    [((2, -1), 6, (2, 3)), ((-1,), 0, (0,)), ((), 1, ()), ((-1, 3), 0, (0, 3)), ((6,), 6, (6,))],
)
def test_a_size_of_minus_one_is_worked_out(shape, numel, expected):
    assert strides.resolve_shape(shape, numel) == expected


@pytest.mark.parametrize(
    ("shape", "numel"), [((4, -1), 6), ((-1, -1), 4), ((2, 2), 6), ((0, -1), 0), ((-2, -3), 6), ((), 0)]
)
def test_a_shape_that_the_elements_do_not_fill_is_refused(shape, numel):
    said = message(strides.resolve_shape, shape, numel)
    assert str(shape) in said
    assert str(numel) in said


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (2, "index 2 is outside dimension 0, which has 2 elements"),
        ((0, -4), "index -4 is outside dimension 1"),
        ((0, 0, 0), "cannot index shape (2, 3) with 3 parts"),
        ((..., ...), "cannot index shape (2, 3)"),
        (slice(None, None, -1), "step of a slice must be positive"),
        (slice(None, None, 0), "step of a slice must be positive"),
        (slice(0.5, 1), "a slice is made of integers"),
        (1.0, "cannot index with 1.0"),
        (True, "cannot index with True"),
        ("a", "cannot index with 'a'"),
        ([0, 1], "cannot index with [0, 1]"),
    ],
)
def test_a_subscript_that_means_nothing_is_explained(key, said):
    assert said in message(strides.subscript, strides.row_major((2, 3)), key)


def test_a_dimension_that_is_not_there_is_named():
    assert "no dimension 2: the tensor has dimensions -2 to 1" in message(strides.as_dim, 2, 2)
    assert "has no dimensions" in message(strides.as_dim, 0, 0)
    assert "name each dimension once" in message(strides.permute, strides.row_major((2, 3)), (0, 0))
    assert "no element 6 in shape (2, 3)" in message(strides.index, 6, (2, 3))
