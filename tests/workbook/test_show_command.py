"""``minigrad show``: a page of what the learner's answer does, written and opened."""

import shutil
import webbrowser
from pathlib import Path

import pytest
from typer.testing import CliRunner

import minigrad
from minigrad.workbook.cli import app

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]


@pytest.fixture
def workbook(tmp_path, monkeypatch):
    """A folder with two puzzles in it, which is the current one."""
    for name in ("part1_map/puzzle03_blocks.py", "part4_strides/puzzle23_position.py"):
        (tmp_path / "puzzles" / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / "solutions" / name, tmp_path / "puzzles" / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def opened(monkeypatch):
    """The addresses that were opened."""
    addresses: list[str] = []

    def open_address(address):
        addresses.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", open_address)
    return addresses


def show(*arguments):
    result = CliRunner().invoke(app, ["show", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def answer(workbook: Path, body: str) -> None:
    """Answer puzzle 3 with another last line."""
    file = workbook / "puzzles/part1_map/puzzle03_blocks.py"
    file.write_text(file.read_text().replace("        out[i] = a[i] + 10", body))


def test_it_writes_a_page_says_where_and_opens_it(workbook, opened):
    assert show("puzzle3") == (0, "written: .minigrad/puzzle03_blocks.html\n")
    page = workbook / ".minigrad/puzzle03_blocks.html"
    assert opened == [page.as_uri()]
    assert "puzzle 3 · blocks" in page.read_text()
    assert (workbook / ".minigrad/.gitignore").read_text() == "*\n"


def test_the_page_of_a_wrong_answer_shows_where_it_goes_wrong(workbook, opened):
    answer(workbook, "        out[i] = a[i + 1] + 10")
    assert show("blocks")[0] == 0
    assert "out-of-bounds" in (workbook / ".minigrad/puzzle03_blocks.html").read_text()


def test_a_page_can_go_elsewhere_and_need_not_be_opened(workbook, opened):
    assert show("3", "--output", "here.html", "--no-open") == (0, "written: here.html\n")
    assert (workbook / "here.html").exists() and not opened


def test_of_a_plain_function_it_shows_a_call(workbook, opened):
    assert show("position")[0] == 0
    assert "position(" in (workbook / ".minigrad/puzzle23_position.html").read_text()


def test_where_there_is_no_browser_it_says_so(workbook, monkeypatch):
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    status, said = show("blocks")
    assert status == 0
    assert "written: .minigrad/puzzle03_blocks.html" in said
    assert "no browser" in said


def test_what_the_answer_prints_is_told(workbook, opened):
    answer(workbook, '        print("hello", i)\n        out[i] = a[i] + 10')
    assert "hello 0" in show("blocks", "--no-open")[1]


def test_a_file_that_cannot_be_used_is_told_in_a_sentence(workbook, opened):
    answer(workbook, "        out[i = 3")
    status, said = show("blocks")
    assert status == 2 and said.startswith("minigrad: ") and "Traceback" not in said


def test_a_page_that_cannot_be_written_is_told_in_a_sentence(workbook, opened):
    status, said = show("blocks", "--output", "nowhere/here.html")
    assert status == 2
    assert said.startswith("minigrad: cannot write nowhere/here.html: ")


def test_without_a_place_of_its_own_the_page_goes_to_a_temporary_one(workbook, opened, monkeypatch, tmp_path):
    (workbook / ".minigrad").write_text("a file, where the folder would be")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr("minigrad.workbook.page_file.gettempdir", lambda: str(tmp_path / "elsewhere"))
    assert show("blocks")[0] == 0
    assert (tmp_path / "elsewhere/puzzle03_blocks.html").exists()


def test_it_takes_one_puzzle_at_a_time(workbook, opened):
    status, said = show("puzzles")
    assert (status, said) == (2, "minigrad: one puzzle at a time; puzzles holds 2\n")


def test_a_rare_failure_that_a_check_finds_is_what_the_page_shows(opened, tmp_path):
    file = ROOT / "tests/mistakes/kernels/part3_reduce/max_all/tree_of_at_most_32.py"
    code, _ = show(file, "--output", tmp_path / "page.html", "--no-open")
    assert code == 0
    assert "differs from minigrad" in (tmp_path / "page.html").read_text()
