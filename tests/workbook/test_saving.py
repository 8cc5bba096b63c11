"""A notebook's answers become puzzle files that are judged like any other, and come back from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typed_cells import BLOCKS, IMPORTS, Notebook, code_of, opened

from minigrad.workbook.bundled import bundled
from minigrad.workbook.engine import check_file

pytestmark = pytest.mark.on_one_python

FILE = Path("puzzles/part1_map/puzzle03_blocks.py")


@pytest.fixture
def notebook(tmp_path, monkeypatch) -> Iterator[Notebook]:
    monkeypatch.chdir(tmp_path)
    with opened() as notebook:
        notebook.run("from minigrad.workbook import restore, save")
        yield notebook


def save(notebook: Notebook) -> str:
    return repr(notebook.run("save()"))


def test_a_solution_in_a_cell_is_saved_as_the_file_with_its_statement(notebook):
    notebook.run(code_of("solutions", "blocks"))
    assert save(notebook) == "Saved in puzzles: puzzle 3."
    delivered = (bundled("puzzles") / "part1_map" / FILE.name).read_text(encoding="utf-8")
    statement = delivered.split('"""')[1]
    assert FILE.read_text(encoding="utf-8") == f'"""{statement}"""\n\n{code_of("solutions", "blocks")}\n'


@pytest.mark.parametrize("name", ["pooling", "views", "chain_rule", "cuda_tensor_zip"])
def test_what_is_saved_is_solved_as_a_file(notebook, name):
    notebook.run(code_of("solutions", name))
    save(notebook)
    (file,) = Path("puzzles").rglob("*.py")
    assert check_file(file).solved


def test_what_other_cells_give_is_saved_with_it_and_trials_are_not(notebook):
    notebook.run(IMPORTS)
    notebook.run("ten = 10  # and not 11")
    notebook.run('@puzzle("index")\ndef index(position, strides):\n    return ten')
    notebook.run(f"# mine\n{BLOCKS.replace('+ 10', '+ ten + 0 * index(0, 0)')}\nprint('a trial')\nblocks.check()")
    save(notebook)
    text = FILE.read_text(encoding="utf-8")
    assert "ten = 10" in text and "def index" in text and "# mine" in text
    assert "a trial" not in text and '@puzzle("index")' not in text and "check()" not in text
    compile(text, str(FILE), "exec")


def test_stubs_are_not_saved(notebook):
    notebook.run(code_of("puzzles", "blocks"))
    assert save(notebook) == "No answer was saved: nothing has been started in this notebook."
    assert not Path("puzzles").exists()


def test_an_answer_whose_name_means_something_else_by_now_is_saved_all_the_same(notebook):
    notebook.run(code_of("solutions", "blocks"))
    notebook.run("blocks = 3")
    assert save(notebook) == "Saved in puzzles: puzzle 3."


def test_a_file_that_was_edited_elsewhere_is_kept(notebook):
    notebook.run(IMPORTS + BLOCKS)
    save(notebook)
    FILE.write_text("# mine", encoding="utf-8")
    told = save(notebook)
    assert f"what was there is kept in {FILE.name}.1" in told
    assert FILE.with_name(f"{FILE.name}.1").read_text(encoding="utf-8") == "# mine"
    assert "a[i] + 10" in FILE.read_text(encoding="utf-8")


def test_what_we_saved_ourselves_and_untouched_stubs_are_replaced(notebook):
    FILE.parent.mkdir(parents=True)
    FILE.write_bytes((bundled("puzzles") / "part1_map" / FILE.name).read_bytes())
    for number in (11, 10):
        notebook.run(IMPORTS + BLOCKS.replace("10", str(number)))
        save(notebook)
    assert [file.name for file in FILE.parent.iterdir()] == [FILE.name]
    assert check_file(FILE).solved


def test_a_folder_that_cannot_be_written_to_is_told(notebook):
    Path("puzzles").write_text("", encoding="utf-8")
    notebook.run(IMPORTS + BLOCKS)
    assert f"{FILE.name} could not be written: " in save(notebook)


def test_saved_answers_come_back_in_a_new_notebook(notebook):
    for name in ("blocks", "views", "chain_rule"):
        notebook.run(code_of("solutions", name))
    save(notebook)
    with opened() as later:
        later.run("from minigrad.workbook import restore")
        assert repr(later.run("restore()")).startswith("Restored: puzzles 3, 27 and 39.")
        assert [later.run(f"{name}.check()").solved for name in ("blocks", "take_row", "G")] == [True] * 3


def test_an_answer_that_was_begun_here_stays_and_a_stub_does_not(notebook):
    for name in ("blocks", "guard"):
        notebook.run(code_of("solutions", name))
    save(notebook)
    with opened() as later:
        later.run("from minigrad.workbook import restore")
        later.run(IMPORTS + BLOCKS.replace("10", "11"))
        later.run(code_of("puzzles", "guard"))
        told = repr(later.run("restore('part1')"))
        assert told.startswith("Restored: puzzle 2.\nLeft as they are, because they have been begun here: puzzle 3.")
        assert (later.run("guard.check()").solved, later.run("blocks.check()").solved) == (True, False)


def test_one_puzzle_is_restored_into_a_cell_of_its_own(notebook):
    notebook.run(code_of("solutions", "blocks"))
    save(notebook)
    with opened() as later:
        later.run("from minigrad.workbook import restore")
        later.run("restore('blocks')")
        assert later.shell.rl_next_input == code_of("solutions", "blocks")


def test_of_another_part_nothing_is_restored(notebook):
    notebook.run(code_of("solutions", "blocks"))
    save(notebook)
    assert repr(notebook.run("restore('part2')")) == "No such answers are saved in puzzles."


def test_a_saved_file_that_was_broken_since_is_told(notebook):
    FILE.parent.mkdir(parents=True)
    FILE.write_text("def", encoding="utf-8")
    assert "puzzle 3 · blocks was not restored. puzzle03_blocks.py:1 has a syntax error" in repr(
        notebook.run("restore()")
    )
