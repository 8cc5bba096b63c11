"""Puzzles 34 to 36: their files, their statements and hints, and what costs the third star.

What is drawn for them is tested in ``test_layouts.py``, and what the bank of mistakes holds in ``tests/mistakes``.
"""

import ast
import re
from pathlib import Path

import pytest

import minigrad
from minigrad.simulator import launch
from minigrad.workbook.checks import spec_of
from minigrad.workbook.load import load
from minigrad.workbook.trial import try_case
from minigrad.workbook.untouched import file_is_untouched, is_untouched
from minigrad.workbook.variants import Variants

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]
SPECS = [spec_of(str(number)) for number in (34, 35, 36)]

every_puzzle = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.test_name)


def path_of(tree, spec):
    return ROOT / tree / spec.part / spec.file_name


def text_of(tree, spec):
    return path_of(tree, spec).read_text(encoding="utf-8")


def kernel_of(tree, spec):
    """The kernel inside the function."""
    return next(node for node in ast.walk(ast.parse(text_of(tree, spec))) if getattr(node, "name", None) == "kernel")


@every_puzzle
def test_a_stub_is_told_from_an_answer(spec):
    assert is_untouched(load(path_of("puzzles", spec)))
    assert file_is_untouched(text_of("puzzles", spec), spec.signature, spec.takes)
    assert not is_untouched(load(path_of("solutions", spec)))


@pytest.mark.parametrize("tree", ["puzzles", "solutions"])
@every_puzzle
def test_the_kernel_has_the_parameters_that_the_checks_give(spec, tree):
    assert [argument.arg for argument in kernel_of(tree, spec).args.args] == list(spec.signature)


@every_puzzle
def test_a_statement_is_complete_and_fits_a_screen(spec):
    text = text_of("puzzles", spec)
    for heading in ("Arrays", "Sizes", "Launch", "Third star"):
        assert f"- **{heading}**: " in text
    lines = text.splitlines()
    assert len(lines) <= 40 and max(map(len, lines)) <= 100
    assert (
        text_of("solutions", spec).splitlines()[1]
        == lines[1]
        == f"# Puzzle {spec.number} · CUDA tensor " + (spec.name.rpartition("_")[2])
    )


def lines_to_find(spec):
    """The lines of the solution that the stub does not have."""
    stub = {ast.unparse(node) for node in kernel_of("puzzles", spec).body}
    missing = [node for node in kernel_of("solutions", spec).body if ast.unparse(node) not in stub]
    return [line.strip() for node in missing for line in ast.unparse(node).splitlines()]


@every_puzzle
def test_hints_give_no_line_away(spec):
    given_away = [re.sub(r"\s", "", line).rstrip(":") for line in lines_to_find(spec)]
    for hint in spec.hints:
        assert 40 < len(hint) < 300
        assert not any(line in re.sub(r"\s", "", hint) for line in given_away)


@every_puzzle
def test_a_stub_says_about_how_many_lines_are_missing(spec):
    said = re.search(r"# Your code here: about (\d+) lines\.", text_of("puzzles", spec))
    assert abs(int(said[1]) - len(lines_to_find(spec))) <= 4


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
