"""Puzzles, solutions and tables fit together: the files, the stubs, the statements, the walkthroughs, the hints.

It is all read as text. That the solutions solve their puzzles is what ``pytest solutions/`` is for, and what is drawn
and expected is tested beside it, part by part.
"""

import ast
import re

import pytest
from puzzle_texts import (
    ROOT,
    Spec,
    asked_for,
    asks_for_a_class,
    class_of,
    functions_of,
    lines_around,
    lines_to_find,
    statement_of,
    text_of,
)

from minigrad.workbook.checks import all_specs
from minigrad.workbook.spec import FunctionSpec, KernelSpec
from minigrad.workbook.untouched import file_is_untouched, text_is_untouched

pytestmark = pytest.mark.on_one_python

SPECS = list(all_specs())

every_puzzle = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.test_name)
every_unsolved_puzzle = pytest.mark.parametrize("spec", SPECS[1:], ids=lambda spec: spec.test_name)
every_kernel = pytest.mark.parametrize(
    "spec", [spec for spec in SPECS if isinstance(spec, KernelSpec)], ids=lambda spec: spec.test_name
)
every_plain_function = pytest.mark.parametrize(
    "spec",
    [spec for spec in SPECS if not isinstance(spec, KernelSpec) and not asks_for_a_class(spec)],
    ids=lambda spec: spec.test_name,
)
every_class = pytest.mark.parametrize("spec", list(filter(asks_for_a_class, SPECS)), ids=lambda spec: spec.test_name)
in_both_trees = pytest.mark.parametrize("tree", ["puzzles", "solutions"])


@in_both_trees
def test_each_puzzle_has_its_file_and_there_is_no_other(tree: str) -> None:
    found = {path.relative_to(ROOT / tree).as_posix() for path in (ROOT / tree).glob("part*/*.py")}
    assert found == {f"{spec.part}/{spec.file_name}" for spec in SPECS}


# Stubs and answers


@in_both_trees
@every_kernel
def test_a_file_defines_the_kernel_that_is_asked_for(spec: KernelSpec, tree: str) -> None:
    function = functions_of(tree, spec)[spec.name]
    decorators = [ast.unparse(each) for each in function.decorator_list]
    if spec.makes_kernel:
        assert decorators == [f"puzzle('{spec.name}')"]
        assert tuple(argument.arg for argument in function.args.args) == spec.takes
    else:
        assert decorators == [f"puzzle('{spec.name}')", "cuda.jit"]
    (kernel,) = asked_for(tree, spec).values()
    assert tuple(argument.arg for argument in kernel.args.args) == tuple(spec.signature)


@in_both_trees
@every_plain_function
def test_a_file_defines_the_functions_that_are_asked_for(spec: Spec, tree: str) -> None:
    functions = functions_of(tree, spec)
    assert [name for name, function in functions.items() if function.decorator_list] == list(asked_for(tree, spec))
    for rule in spec.rules:
        assert tuple(argument.arg for argument in functions[rule.name].args.args) == rule.parameters
        assert [ast.unparse(each) for each in functions[rule.name].decorator_list] == [f"puzzle('{spec.name}')"]


@in_both_trees
@every_class
def test_a_file_defines_the_class_that_is_asked_for(spec: FunctionSpec, tree: str) -> None:
    answer, asked = class_of(tree, spec), spec.methods_of
    assert answer.name == asked.name
    assert [ast.unparse(base) for base in answer.bases] == [asked.base.rpartition(".")[2]] * bool(asked.base)
    assert [ast.unparse(each) for each in answer.decorator_list] == [f"puzzle('{spec.name}')"]
    methods = functions_of(tree, spec)
    for rule in spec.rules:
        given = tuple(argument.arg for argument in methods[rule.name].args.args)
        assert given[: len(rule.parameters)] == rule.parameters
        assert tree == "solutions" or given == rule.parameters


@every_unsolved_puzzle
def test_a_puzzle_is_a_stub_and_a_solution_is_not(spec: Spec) -> None:
    for tree in ("puzzles", "solutions"):
        text = text_of(tree, spec)
        untouched = (
            file_is_untouched(text, spec.signature, spec.takes)
            if isinstance(spec, KernelSpec)
            else text_is_untouched(text, spec)
        )
        assert untouched == (tree == "puzzles")


@every_kernel
def test_a_stub_touches_no_array(spec: KernelSpec) -> None:
    if spec.number > 0:
        (stub,) = asked_for("puzzles", spec).values()
        assert not any(isinstance(node, ast.Subscript) for node in ast.walk(stub))


def test_puzzle_0_comes_solved() -> None:
    ours, solved = (asked_for(tree, SPECS[0])["hello"] for tree in ("puzzles", "solutions"))
    assert ast.unparse(ours) == ast.unparse(solved)


@every_unsolved_puzzle
def test_a_stub_says_how_many_lines_are_missing(spec: Spec) -> None:
    """Those that our solution has; what it defines beside them may be counted or not."""
    said = re.findall(r"# Your code here: about (\d+) lines?[.,]", text_of("puzzles", spec))
    missing = [len(lines_to_find(spec, name)) for name in asked_for("puzzles", spec)]
    assert len(said) == len(missing)
    for number, least in zip(map(int, said), missing, strict=True):
        assert number in (least, least + len(lines_around(spec)))


# Statements and walkthroughs


@every_puzzle
def test_a_statement_fits_a_screen(spec: Spec) -> None:
    lines = text_of("puzzles", spec).splitlines()
    assert len(lines) <= 40 + 6 * (len(asked_for("puzzles", spec)) - 1)
    assert max(map(len, lines)) <= 100


@every_kernel
def test_the_statement_of_a_kernel_is_complete(spec: KernelSpec) -> None:
    statement = statement_of("puzzles", spec)
    for heading in ("**Arrays**", "**Launch**", "**Third star**", *["**Sizes**"] * (len(spec.signature) > 2)):
        assert f"- {heading}: " in statement
    assert ("**Compared** with a tolerance" in statement) == (spec.tolerance is not None)
    for parameter in spec.parameters:
        assert f"`{parameter}`" in statement


@every_plain_function
def test_the_statement_of_a_function_is_complete(spec: Spec) -> None:
    statement = statement_of("puzzles", spec)
    assert re.search(r"^- \*\*Arguments?\*\*: ", statement, re.MULTILINE) and "- **Returns** " in statement
    for rule in spec.rules:
        assert len(spec.rules) == 1 or rule.name in statement
        assert ("ValueError" in statement) >= (rule.raises is ValueError)
        assert ("**Compiles**" in statement) == (rule.examples is not None)
        for parameter in rule.parameters:
            assert f"`{parameter}`" in statement


@every_class
def test_the_statement_of_a_class_is_complete(spec: FunctionSpec) -> None:
    statement = statement_of("puzzles", spec)
    assert "- **Verdict**: one for each " in statement
    for rule in spec.rules:
        sign = {"__add__": "a + b", "__mul__": "a * b"}.get(rule.name, rule.name)
        assert sign in statement
        for parameter in rule.parameters:
            assert f"`{parameter}`" in statement or parameter in ("self", "other", "ctx")


@every_puzzle
def test_a_solution_has_the_puzzles_title_and_a_walkthrough(spec: Spec) -> None:
    title = statement_of("puzzles", spec).splitlines()[0]
    assert re.fullmatch(rf"# Puzzle {spec.number} · [A-Z].*", title)
    solution = statement_of("solutions", spec)
    assert solution.splitlines()[0] == title
    assert len(solution.partition("\n## Walkthrough\n")[2]) > 400
    assert max(map(len, text_of("solutions", spec).splitlines())) <= 120


# Hints


@every_puzzle
def test_there_are_three_hints_and_none_gives_a_line_away(spec: Spec) -> None:
    """A line that says as little as ``else:`` or ``return out`` is none."""
    lines = [line for name in asked_for("puzzles", spec) for line in lines_to_find(spec, name)]
    telling = [line for line in lines if len(line) > (5 if spec.number <= 12 else 13)]
    given_away = [re.sub(r"\s", "", line.removeprefix("return ").rstrip(":")) for line in telling]
    assert len(set(spec.hints)) == 3
    for hint in spec.hints:
        assert 40 < len(hint) < 300
        assert not any(line in re.sub(r"\s", "", hint) for line in given_away)
