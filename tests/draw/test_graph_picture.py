"""A computation is drawn as a graph with its values and gradients, whether it is of tensors or of Values."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svg import SVG, arrows, classes, groups, root, words

import minigrad
from minigrad.draw import graph
from minigrad.draw.layered import arranged, layers
from minigrad.workbook.nodes import GradNode, Node

pytestmark = pytest.mark.on_one_python


def nodes(picture):
    """The lines that stand in each node."""
    return [tuple(text.text for text in group.iter(f"{SVG}text")) for group in groups(picture, "mg-node")]


def leaf(value):
    return minigrad.tensor(value, requires_grad=True)


class Value:
    """As somebody may write it for puzzle 40."""

    def __init__(self, data, inputs=(), slopes=()):
        self.data, self.grad, self.inputs, self.slopes = data, 0.0, inputs, slopes

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def backward(self, d=1.0):
        self.grad += d
        for one, slope in zip(self.inputs, self.slopes, strict=True):
            one.backward(d * slope)


# Tensors


def test_each_operation_has_its_value_and_the_gradient_of_the_result_by_it():
    a, b = leaf(3.0), leaf(4.0)
    picture = graph(a * b + a, a=a, b=b)
    assert set(nodes(picture)) == {("a", "3", "∂ 5"), ("b", "4", "∂ 3"), ("mul", "12", "∂ 1"), ("add", "15", "∂ 1")}
    assert len(arrows(picture)) == 4


def test_an_operand_used_twice_has_two_arrows():
    x = leaf(3.0)
    assert len(arrows(graph(x * x, x=x))) == 2


def test_small_tensors_show_their_numbers_and_large_ones_their_shape():
    x, w = leaf([1.0, 2.0]), minigrad.ones(20, 30, requires_grad=True)
    shown = nodes(graph((x * 2).sum() + w.sum(), x=x, w=w))
    assert ("x", "[1, 2]", "∂ [2, 2]") in shown
    assert ("w", "20 × 30", "∂ 20 × 30") in shown


def test_a_result_in_between_can_have_a_name():
    x = leaf(2.0)
    y = x * x
    assert ("y = mul", "4", "∂ 3") in nodes(graph(y * 3, y=y))


def test_drawing_changes_no_gradient_and_frees_nothing():
    x = leaf(3.0)
    y = x * x
    graph(y)
    assert x.grad is None
    y.backward()
    assert x.grad.item() == 6


def test_after_a_backward_pass_that_freed_what_it_needed_the_leaves_keep_their_gradients():
    x = leaf(3.0)
    y = x * x
    y.backward()
    picture = graph(y, x=x)
    assert ("x", "3", "∂ 6") in nodes(picture)
    assert "Gradients cannot be worked out" in " ".join(words(picture))


def test_a_result_of_many_elements_starts_with_1_everywhere_unless_told():
    x = leaf([1.0, 2.0])
    assert ("x", "[1, 2]", "∂ [3, 3]") in nodes(graph(x * 3, x=x))
    assert ("x", "[1, 2]", "∂ [3, 30]") in nodes(graph(x * 3, minigrad.tensor([1.0, 10.0]), x=x))


def test_a_backward_rule_that_raises_is_told():
    class Broken(minigrad.Function):
        def forward(ctx, x):
            return x * 2

        def backward(ctx, d):
            raise ValueError("not written yet")

    picture = graph(Broken.apply(leaf(1.0)))
    assert "Gradients cannot be worked out: not written yet" in " ".join(words(picture))
    assert [lines[0] for lines in nodes(picture)] == ["leaf", "Broken"]


def test_hooks_are_not_called():
    x = leaf(1.0)
    y = x * 2
    y.register_hook(lambda d: pytest.fail("called"))
    assert "Gradients are not worked out here, since hooks would be called." in " ".join(words(graph(y)))


@pytest.mark.parametrize("length", [3, 12, 60, 500, 4000])
def test_a_long_computation_is_summarised(length):
    x = leaf(1.0)
    y = x
    for _ in range(length):
        y = y * x + 1
    picture = graph(y, x=x)
    assert len(nodes(picture)) <= 40 and picture.width < 2000 and len(picture.svg) < 60_000
    assert any("more nodes" in lines[0] for lines in nodes(picture)) == (length > 7)


def test_what_has_no_history_is_an_error():
    with pytest.raises(minigrad.MinigradError, match="no history"):
        graph(minigrad.ones(2))
    with pytest.raises(minigrad.MinigradError, match="does not say what it was computed from"):
        graph(3.0)


# Values


def test_values_have_their_gradients_and_their_slopes():
    a, b = Value(3.0), Value(4.0)
    c = a * b + a
    c.backward()
    picture = graph(c, a=a, b=b)
    assert set(nodes(picture)) == {("a", "3", "∂ 5"), ("b", "4", "∂ 3"), ("12", "∂ 1"), ("15", "∂ 1")}
    assert sorted(each for each in words(picture) if each.startswith("×")) == ["× 1", "× 1", "× 3", "× 4"]


def test_the_nodes_of_the_puzzles_about_the_engine_are_drawn():
    x = Node("x")
    y = Node("y", (x, x), (2.0, 3.0))
    assert [lines[0] for lines in nodes(graph(y))] == ["x", "y"]
    g = GradNode("g")
    g.grad = 7.0
    assert nodes(graph(GradNode("h", (g,), (1.0,)))) == [("g", "∂ 7"), ("h",)]


def test_values_that_know_their_parents_by_another_name_are_drawn():
    class Scalar:
        def __init__(self, data, _prev=(), _op=""):
            self.data, self.grad, self._prev, self._op = data, 0.0, set(_prev), _op

    a = Scalar(1.0)
    assert nodes(graph(Scalar(2.0, (a,), "exp"))) == [("1", "∂ 0"), ("exp", "2", "∂ 0")]


@pytest.mark.parametrize("strange", [None, "a", float("nan"), [1, [2]], object()])
def test_any_value_at_a_node_is_drawn(strange):
    a = Value(strange)
    a.grad = strange
    assert len(nodes(graph(Value(strange, (a,), (strange,))))) == 2


def test_a_value_computed_from_itself_is_an_error():
    a = Value(1.0)
    a.inputs = (a,)
    with pytest.raises(minigrad.MinigradError, match="computed from itself"):
        graph(a)


def test_the_description_says_what_was_computed_from_what():
    a, b = Value(3.0), Value(4.0)
    said = graph(a * b, a=a, b=b).description
    assert "3: 12, gradient 0, of 2 and 1" in said or "3: 12, gradient 0, of 1 and 2" in said


def test_leaves_can_be_told_from_results():
    x = leaf(1.0)
    assert [("mg-leaf" in classes(group)) for group in groups(graph(x * 2), "mg-node")] == [True, False]
    assert root(graph(x * 2)).get("role") == "img"


# The layout


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 12))
    edges = [
        (start, end)
        for end in range(count)
        for start in draw(st.lists(st.integers(0, max(0, end - 1)), max_size=3))
        if start < end
    ]
    sizes = {vertex: (draw(st.integers(20, 80)), draw(st.integers(20, 60))) for vertex in range(count)}
    return sizes, edges


@settings(max_examples=80, deadline=None)
@given(graphs())
def test_no_box_stands_on_another_and_every_edge_leads_to_the_right(drawn):
    sizes, edges = drawn
    found = arranged(sizes, edges)
    for one, other in combinations(found.places.values(), 2):
        beside = one.right <= other.x or other.right <= one.x
        assert beside or one.bottom <= other.y + 0.01 or other.bottom <= one.y + 0.01
    for (start, end), way in zip(edges, found.ways, strict=True):
        assert way[0][0] == found.places[start].right and way[-1][0] == found.places[end].x
        assert found.places[start].y < way[0][1] < found.places[start].bottom
        assert found.places[end].y < way[-1][1] < found.places[end].bottom
        assert [x for x, _ in way] == sorted(x for x, _ in way)
    assert all(place.y >= 0 and place.bottom <= found.height + 0.01 for place in found.places.values())


@settings(max_examples=80, deadline=None)
@given(graphs())
def test_an_edge_leads_to_a_later_layer_and_no_layer_is_empty(drawn):
    sizes, edges = drawn
    layer = layers(list(sizes), edges)
    assert all(layer[start] < layer[end] for start, end in edges)
    assert set(layer.values()) == set(range(max(layer.values()) + 1))


def test_a_cycle_has_no_layers():
    with pytest.raises(ValueError, match="cycle"):
        layers("ab", [("a", "b"), ("b", "a")])
