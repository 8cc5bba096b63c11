"""Puzzles 34 to 36: their titles, their stubs, and what costs the third star.

What is drawn for them is tested in ``test_layouts.py``, and what the bank of mistakes holds in ``tests/mistakes``.
"""

from pathlib import Path

import pytest
from puzzle_texts import path_of, statement_of, text_of

import minigrad
from minigrad.simulator import launch
from minigrad.workbook.checks import spec_of
from minigrad.workbook.load import load
from minigrad.workbook.trial import try_case
from minigrad.workbook.untouched import is_untouched
from minigrad.workbook.variants import Variants

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]
SPECS = [spec_of(str(number)) for number in (34, 35, 36)]

every_puzzle = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.test_name)


@every_puzzle
def test_a_stub_is_told_from_an_answer(spec):
    assert is_untouched(load(path_of("puzzles", spec)))
    assert not is_untouched(load(path_of("solutions", spec)))


@every_puzzle
def test_a_title_says_which_verb_it_is(spec):
    assert statement_of("puzzles", spec).splitlines()[0].endswith("CUDA tensor " + spec.name.rpartition("_")[2])


def trace_of(spec, *replacements):
    """What the solution does at the profile launch, with some of its text replaced."""
    case = spec.profile()
    puzzle = load(path_of("solutions", spec))
    if not replacements:
        return try_case(spec, Variants(puzzle).function(case), case, record=True).trace, case
    source = text_of("solutions", spec)
    for old, new in replacements:
        assert old in source
        source = source.replace(old, new)
    names = {}
    exec(compile(source, "answer.py", "exec"), names)
    arguments = [value.copy() if hasattr(value, "copy") else value for value in case.arguments.values()]
    kernel = names[spec.name].kernel(spec.scalars[case.scalar].function)
    return launch(kernel.py_func, case.grid, case.block, *arguments, outputs=["out"]), case


@every_puzzle
def test_the_solution_is_within_the_budget(spec):
    assert spec.budget.extra(*trace_of(spec)) is None


@pytest.mark.parametrize(
    "number, old, new, why",
    [
        (34, "= f(a[place_a])", "= f(a[place_a] + a[place_a]) - f(0.0)", "a[0] is read 2 times; once would do"),
        (34, "out[place_out] =", "out[place_out] = 0.0\n            out[place_out] =", "out[0] is written 2 times"),
        (35, "b[place_b])", "b[place_b] + 0 * b[place_b])", "b[0] is read 2 times; once would do"),
    ],
)
def test_a_second_access_costs_the_star(number, old, new, why):
    spec = spec_of(str(number))
    assert spec.budget.extra(*trace_of(spec, (old, new))).startswith(why)


def test_threads_that_do_not_share_cost_the_star():
    spec = spec_of("36")
    case = spec.profile()
    tpb = case.constants["TPB"]
    lazy = (
        ("TPB = 32", f"TPB = {tpb}"),
        ("range(t, a_shape[reduce_dim], TPB)", "range(a_shape[reduce_dim] * (t == 0))"),
    )
    assert spec.budget.extra(*trace_of(spec, *lazy)).startswith("a thread reads 512 elements of a, and 8 would do")
