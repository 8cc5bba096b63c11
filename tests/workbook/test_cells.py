"""An answer typed into a notebook gets the verdict that it would get as a file, and never a traceback."""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typed_cells import BLOCKS, IMPORTS, Notebook, code_of, opened

from minigrad.workbook.cells import _only, pieces_of
from minigrad.workbook.checks import spec_of
from minigrad.workbook.display import answers
from minigrad.workbook.judge import judge

pytestmark = pytest.mark.on_one_python


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    with opened() as notebook:
        yield notebook


def text(notebook: Notebook, cell: str) -> str:
    return str(notebook.run(cell))


@pytest.mark.parametrize("name", ["blocks", "pooling", "offset", "views", "tensor_map", "cuda_tensor_map", "value"])
@pytest.mark.parametrize("tree", ["puzzles", "solutions"])
def test_a_cell_gets_the_same_verdict_as_the_file(notebook, tree, name):
    notebook.run(code_of(tree, name))
    asked = {"views": "transpose", "value": "Value"}.get(name, name)
    verdict = notebook.run(f"{asked}.check()")
    assert verdict.status == ("solved" if tree == "solutions" else "not-started")
    assert verdict.path is None


BANK = Path(__file__).parents[1] / "mistakes" / "kernels"
MISTAKES = [min(puzzles.glob("*/*.py")) for puzzles in sorted(BANK.glob("*/")) if any(puzzles.glob("*/*.py"))]


@pytest.mark.parametrize("file", MISTAKES, ids=lambda file: file.parent.name)
def test_a_mistake_is_told_in_the_same_words_as_in_a_file(notebook, file):
    text = file.read_text(encoding="utf-8")
    as_file, _ = judge(file)
    notebook.run(text)
    in_cell = notebook.run(f"{answers(spec_of(as_file.puzzle))[0]}.check()")

    def told(verdict) -> str:
        return re.sub(r'"file": "[^"]*"', "", json.dumps(verdict.to_json())).replace(file.name, "your cell")

    assert told(in_cell) == told(as_file)


def test_the_line_of_a_mistake_is_that_of_the_cell(notebook):
    notebook.run(IMPORTS + BLOCKS.replace("    if i < size:\n        out", "    out"))
    told = text(notebook, "blocks.check()")
    assert "out-of-bounds: thread 1 of block 0 read a[1]" in told
    assert "your cell:7    out[i] = a[i] + 10" in told
    assert told.endswith("blocks.hint()     blocks.show()")


def test_imports_constants_and_functions_of_other_cells_count_in_every_check(notebook):
    for cell in (
        IMPORTS,
        "ten = 10",
        "@cuda.jit(device=True)\ndef more(x):\n    return x + ten\n",
        BLOCKS.replace("a[i] + 10", "more(a[i])"),
    ):
        notebook.run(cell)
    verdict = notebook.run("blocks.check()")
    assert verdict.stars == 3
    assert {check.status for check in verdict.checks.values()} == {"passed"}


def test_a_constant_that_is_set_in_another_cell_is_changed_like_a_files(notebook):
    solution = code_of("solutions", "pooling")
    notebook.run("TPB = 32\nHALO = TPB + 2")
    notebook.run(solution.replace("TPB = 32\n", "").replace("HALO = TPB + 2\n", ""))
    assert notebook.run("pooling.check()").stars == 3


def test_a_constant_may_be_there_without_being_used(notebook):
    notebook.run("TPB = 32")
    notebook.run(
        IMPORTS + "@puzzle('sum_all')\n@cuda.jit\ndef sum_all(out, a, size):\n    cuda.atomic.add(out, 0, a[0])"
    )
    assert notebook.run("sum_all.check()").status == "failed"


def test_what_another_cell_does_to_a_constant_of_this_one_does_not_count(notebook):
    notebook.run(code_of("solutions", "pooling"))
    notebook.run("TPB, HALO = 3, 1")
    assert notebook.run("pooling.check()").stars == 3


def test_a_cell_that_is_edited_and_run_again_is_judged_anew(notebook):
    notebook.run(IMPORTS)
    wrong = BLOCKS.replace("+ 10", "+ 11")
    for cell, status in ((wrong, "failed"), (BLOCKS, "solved"), (wrong, "failed")):
        notebook.run(cell)
        assert notebook.run("blocks.check()").status == status


def test_the_check_may_stand_in_the_answers_own_cell_with_other_things(notebook):
    cell = f"{IMPORTS}runs = []; runs.append(1)\n{BLOCKS}\nprint(len(runs))\nblocks.check()"
    assert notebook.run(cell).solved
    assert notebook.printed.splitlines()[0] == "1"  # run once, and not again by the check


def test_functions_of_one_puzzle_may_stand_in_several_cells(notebook):
    imports, *functions = code_of("solutions", "views").split('@puzzle("views")\n')
    notebook.run(imports)
    for function in functions:
        notebook.run(f'@puzzle("views")\n{function}')
    assert notebook.run("transpose.check()").solved


def test_a_puzzle_named_like_a_builtin_does_not_stand_in_for_it(notebook):
    notebook.run(code_of("solutions", "zip"))
    notebook.run(IMPORTS + BLOCKS.replace("    if i", "    for i, j in zip((i,), (i,)):\n     if i"))
    assert "Puzzle" not in text(notebook, "blocks.check()")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (BLOCKS.replace("size):", "n):"), "the parameters of blocks must be (out, a, size)"),
        (BLOCKS.replace("@cuda.jit\n", ""), "@cuda.jit is missing"),
        (BLOCKS.replace("a[i] + 10", "a[i] + undefined"), "undefined"),
        (BLOCKS.replace("a[i] + 10", "1 / 0"), "wrong result"),
        (BLOCKS.replace("    if i < size:\n", "    raise SystemExit\n    if i < size:\n"), "SystemExit"),
        (BLOCKS.replace("def blocks", "def block"), "Call it blocks."),
        (BLOCKS + "\n1 +", "did not come to its end"),
        (BLOCKS.replace('@puzzle("blocks")\n@cuda.jit', '@cuda.jit\n@puzzle("blocks")'), "blocks"),
    ],
)
def test_a_learners_mistake_is_told_in_the_verdict(notebook, cell, said):
    notebook.begin()
    notebook.run(IMPORTS)
    notebook.run(BLOCKS)  # an older answer, which must not be judged in place of this one
    notebook.run(cell)
    verdict = notebook.run("blocks.check()")
    assert not verdict.solved
    assert said in str(verdict)
    assert not notebook.failed


def test_a_class_without_its_methods_is_told_which(notebook):
    notebook.run(f'{IMPORTS}@puzzle("value")\nclass Value:\n    pass')
    assert "the class Value lacks __add__" in text(notebook, "Value.check()")


def test_what_is_shown_is_what_is_checked(notebook):
    notebook.run(code_of("solutions", "tensor_map"))
    notebook.run("def offset():\n    pass")  # the solution has a function of that name
    assert notebook.run("tensor_map.check()").solved
    assert "Agrees with minigrad." in notebook.run("tensor_map.show()").picture.description


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["blocks.check()"], "There is no blocks yet. Run the cell above that defines it"),
        ([IMPORTS, '@puzzle("block")\ndef f(): pass'], "No puzzle is called 'block'; did you mean blocks"),
        ([IMPORTS, "@puzzle\ndef blocks(): pass"], "@puzzle needs the puzzle's name"),
        ([IMPORTS + BLOCKS, "def blocks(): pass", "blocks.check()"], "Run the cell of puzzle 3 again"),
    ],
)
def test_a_slip_outside_the_answer_is_told_in_a_sentence(notebook, cells, said):
    notebook.begin()
    for cell in cells:
        notebook.run(cell)
    assert said in notebook.printed
    assert "Traceback" not in notebook.printed


def test_any_other_mistake_keeps_its_traceback(notebook):
    notebook.begin()
    notebook.run("len(nowhere)")
    assert "NameError" in notebook.printed and "Traceback" in notebook.printed


def test_what_an_answer_prints_is_shown_in_short(notebook):
    notebook.run(code_of("solutions", "position").replace("    ", '    print("here")\n    ', 1))
    notebook.run("position.check()")
    assert notebook.printed.startswith("it printed:\nhere\n") and "lines in all" in notebook.printed


def test_after_a_check_the_picture_begins_with_the_case_that_fails(notebook):
    notebook.run(IMPORTS + BLOCKS.replace("    if i < size:\n        out", "    out"))
    notebook.run("blocks.check()")
    assert "size=1, 1 block of 2 threads" in repr(notebook.run("blocks.show()"))


# Hints and verdicts, as a notebook shows them


def test_a_hint_is_shown_with_the_way_to_the_next_one(notebook):
    notebook.run(IMPORTS + BLOCKS)
    shown = notebook.shell.display_formatter.format(notebook.run("blocks.hint()"))[0]["text/plain"]
    assert shown.startswith("puzzle 3 · blocks   hint 1 of 3\n\n  ")
    assert shown.endswith("for the next one: blocks.hint(2)")
    assert "the solution is in" in notebook.run("blocks.hint(3)").whole
    assert notebook.run("blocks.hint(4)") == "puzzle 3 · blocks has 3 hints, and no hint 4"


def test_a_verdict_is_shown_in_words_and_in_colours(notebook):
    notebook.run(IMPORTS + BLOCKS.replace("if i < size:", "if i < size + 1:"))
    shown = notebook.shell.display_formatter.format(notebook.run("blocks.check()"))[0]
    assert shown["text/plain"].startswith("puzzle 3 · blocks   ★☆☆   correct ✓")
    assert re.search(r"safe <span style=.*>✗</span>", shown["text/html"])
    assert re.sub(r"<[^>]*>", "", html.unescape(shown["text/html"])) == shown["text/plain"]


# What an answer is made of


def test_only_the_statements_that_are_needed_stay_and_keep_their_lines():
    source = "x = 1; y = 2; z = 3\n\ndef f():\n    return '''a\n  b'''\nprint(f())\n"
    body = ast.parse(source).body
    assert _only(source, [body[1], body[3]]) == "y = 2\n\ndef f():\n    return '''a\n  b'''\n"
    assert _only(source, [body[0], body[2]]) == "x = 1; z = 3\n"


def test_pieces_come_in_an_order_in_which_they_can_be_run(notebook):
    for cell in (
        "base = 1",
        "step = base + 1",
        "def twice(x):\n    return x * step",
        "def f(x):\n    return twice(x) + base",
    ):
        notebook.run(cell)
    names: dict[str, object] = {}
    for piece in pieces_of([notebook.shell.user_ns["f"]]):
        exec(piece.text, names)
    assert names["f"](3) == 7
