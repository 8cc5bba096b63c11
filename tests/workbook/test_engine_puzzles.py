"""Puzzles 37, 38 and 70 to 72, derivatives and the engine: what is expected is right, and mistakes are named.

That the solutions solve their puzzles is what ``pytest solutions/`` is for, and that wrong answers fail the bank of
mistakes.
"""

from pathlib import Path

import pytest

import minigrad
from minigrad.workbook.checks import graphs, part5_engine
from minigrad.workbook.engine import check_file
from minigrad.workbook.notation import written

pytestmark = pytest.mark.on_one_python

BANK = Path(__file__).parents[1] / "mistakes" / "kernels" / "part5_gradients"

every_graph = pytest.mark.parametrize("graph", graphs.GRAPHS, ids=range(len(graphs.GRAPHS)))


@pytest.mark.parametrize("f", part5_engine._FORMULAS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("h", [1e-3, 1e-4, 1e-5, 1e-6])
def test_central_differences_with_any_sensible_step_are_near_enough(f, h: float) -> None:
    for point in part5_engine._POINTS:
        for i in range(len(part5_engine._DERIVATIVES[f])):
            arguments = part5_engine._function_and_point(f, point, i)
            xs, expected = arguments["xs"], part5_engine._slope(**arguments)
            left, right = ([x + step * (k == i) for k, x in enumerate(xs)] for step in (-h, h))
            given = (f(*right) - f(*left)) / (2 * h)
            assert part5_engine._a_number_nearby(arguments, expected, given) is None


@pytest.mark.parametrize("h", [10.0**-k for k in range(2, 8)])
def test_a_one_sided_difference_is_not_near_enough_unless_its_step_is_tiny(h: float) -> None:
    valley, wrong = part5_engine.valley, 0
    for point in part5_engine._POINTS:
        arguments = part5_engine._function_and_point(valley, point, 0)
        x1, x2 = arguments["xs"]
        given = (valley(x1 + h, x2) - valley(x1, x2)) / h
        wrong += part5_engine._a_number_nearby(arguments, part5_engine._slope(**arguments), given) is not None
    assert wrong


def test_all_four_derivatives_are_those_of_minigrad() -> None:
    def two(x: minigrad.Tensor) -> minigrad.Tensor:
        return minigrad.tensor([x[0], x[0] * x[1]])

    assert part5_engine._four(3.0, 2.0).tolist() == minigrad.jacobian(two, minigrad.tensor([3.0, 2.0])).tolist()


@every_graph
def test_the_expected_order_has_each_node_once_and_before_its_inputs(graph: graphs.Graph) -> None:
    order = graphs.order(graphs.built(graph))
    place = {node: k for k, node in enumerate(order)}
    assert len(order) == len(place) and {node.name for node in order} <= {name for name, _ in graph}
    assert all(place[node] < place[one] for node in order for one in node.inputs)
    assert graphs.an_order({}, order, order) is None


@pytest.mark.parametrize("graph", [graph for graph in graphs.GRAPHS if len(graph) <= 8])
def test_a_gradient_is_the_sum_over_all_paths(graph: graphs.Graph) -> None:
    sums: dict[graphs.Node, float] = {}

    def follow(node: graphs.Node, share: float) -> None:
        sums[node] = sums.get(node, 0.0) + share
        for one, slope in zip(node.inputs, node.slopes, strict=True):
            follow(one, slope * share)

    follow(graphs.built(graph), 3.0)
    assert graphs.gradients(graphs.built(graph), 3.0) == sums


def test_a_node_can_not_be_changed_and_is_written_by_its_name() -> None:
    node = graphs.built(graphs.GRAPHS[2])
    with pytest.raises(AttributeError, match="cannot be changed"):
        node.met = True  # type: ignore[attr-defined]
    assert written([node, {node: 1.0}]) == "[c, {c: 1.0}]"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("topological_order/recursive", "a list of your own"),
        ("topological_order/inputs_first", "was computed from a, so it comes first"),
        ("topological_order/a_mark_on_the_node", "keep what you want to remember"),
        ("backpropagate/every_path", "does not come to its end"),
        ("backpropagate/overwrites", "the gradient of a is"),
        ("accumulate/replaces", "accumulate(a, 1.0), then accumulate(a, 1.0) left a.grad = 1.0, expected 2.0"),
        ("all_derivatives/transposed", "dimensions swapped"),
        ("derivative/one_side_only", "within"),
    ],
)
def test_a_mistake_is_named(file: str, words: str) -> None:
    assert words in check_file(BANK / f"{file}.py", 0).checks["correct"].message
