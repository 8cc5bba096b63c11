"""Progress follows from the files: remembered where nothing has changed, forgotten where anything has."""

import json
import os

import pytest

from minigrad.workbook import judge as judging
from minigrad.workbook import progress
from minigrad.workbook.bundled import copy_into
from minigrad.workbook.tree import find, puzzle_files
from minigrad.workbook.verdict import CHECKS, Check, Verdict

pytestmark = pytest.mark.on_one_python

SOLVED = Verdict(
    "blocks",
    3,
    "solved",
    {name: Check("passed") for name in CHECKS} | {"safe": Check("passed", faults=({"kind": "race"},))},
)


@pytest.fixture
def path(tmp_path):
    """The file of puzzle 3 in a workbook of its own."""
    copy_into(tmp_path, ["puzzles"])
    return tmp_path / "puzzles/part1_map/puzzle03_blocks.py"


def remember(verdict, path):
    progress.remember(verdict, path, progress.fingerprint(path))


def memory(path):
    return path.parents[2] / ".minigrad" / "puzzle03_blocks.json"


def test_a_verdict_is_remembered_whole(path):
    remember(SOLVED, path)
    recalled = progress.recall(path)
    assert recalled.to_json() == SOLVED.to_json()
    assert recalled.path == path


def test_nothing_is_known_at_first(path):
    assert progress.recall(path) is None


def test_an_edited_file_is_forgotten_and_known_again_when_the_edit_is_undone(path):
    before = path.read_bytes()
    remember(SOLVED, path)
    path.write_bytes(before + b"#\n")
    assert progress.recall(path) is None
    path.write_bytes(before)
    assert progress.recall(path) is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda patch: patch.setattr(progress, "_version", lambda name: "0.0"),
        lambda patch: patch.setenv("NUMBA_ENABLE_CUDASIM", "0"),
        lambda patch: patch.setattr(os.path, "exists", lambda path: True),
    ],
    ids=["other versions", "another setting", "a GPU"],
)
def test_a_verdict_from_other_surroundings_is_forgotten(path, monkeypatch, change):
    progress.surroundings.cache_clear()
    remember(SOLVED, path)
    with monkeypatch.context() as patch:
        change(patch)
        progress.surroundings.cache_clear()
        assert progress.recall(path) is None
    progress.surroundings.cache_clear()
    assert progress.recall(path) is not None


def test_what_a_check_is_made_of_is_part_of_the_surroundings(tmp_path, monkeypatch):
    package = tmp_path / "minigrad"
    package.mkdir()
    rule = package / "rule.py"
    digests = set()
    monkeypatch.setattr(progress.minigrad, "__file__", str(package / "__init__.py"))
    for content in ("one", "two"):
        rule.write_text(content)
        progress.surroundings.cache_clear()
        digests.add(progress.surroundings())
    progress.surroundings.cache_clear()
    assert len(digests) == 2


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"fingerprint": 1}',
        b"[" * 100_000,
        json.dumps({"fingerprint": "?", "verdict": {}}).encode(),
        json.dumps({"fingerprint": "?", "verdict": SOLVED.to_json() | {"status": "great"}}).encode(),
        json.dumps({"fingerprint": "?", "verdict": SOLVED.to_json() | {"checks": {"safe": 1}}}).encode(),
        json.dumps({"fingerprint": "?", "verdict": SOLVED.to_json() | {"checks": []}}).encode(),
    ],
    ids=lambda damage: damage[:30].decode("latin-1"),
)
def test_a_damaged_memory_is_no_memory(path, damage):
    remember(SOLVED, path)
    memory(path).write_bytes(damage.replace(b'"?"', json.dumps(progress.fingerprint(path)).encode()))
    assert progress.recall(path) is None
    remember(SOLVED, path)
    assert progress.recall(path) is not None


def test_where_nothing_can_be_written_nothing_is_remembered(path):
    (path.parents[2] / ".minigrad").write_text("in the way")
    remember(SOLVED, path)
    assert progress.recall(path) is None


def test_the_memory_keeps_itself_out_of_version_control(path):
    remember(SOLVED, path)
    assert (memory(path).parent / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("status", ["error", "not-started"])
def test_a_verdict_that_may_change_by_itself_is_not_remembered(path, status):
    remember(Verdict("blocks", 3, status, message="why"), path)
    assert not memory(path).exists()


def test_a_file_outside_the_puzzles_is_not_remembered(path, tmp_path):
    elsewhere = tmp_path / "solutions/part1_map/puzzle03_blocks.py"
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_bytes(path.read_bytes())
    remember(SOLVED, elsewhere)
    assert progress.recall(elsewhere) is None
    assert progress.recall(path) is None


def test_a_verdict_on_a_file_that_was_edited_meanwhile_is_not_remembered(path, monkeypatch):
    def judge(path):
        path.write_text("something else\n")
        return SOLVED, ""

    monkeypatch.setattr(judging, "judge", judge)
    assert progress.find_out(path) == (SOLVED, "")
    assert not memory(path).exists()


def test_an_untouched_stub_is_known_without_running_it(path):
    file = find("blocks", puzzle_files(path.parents[1]))
    assert progress.known(file).status == "not-started"


def test_a_file_with_an_answer_in_it_is_not_known_until_it_is_run(path):
    path.write_text(path.read_text() + "    out[i] = a[i]\n")
    assert progress.known(find("blocks", puzzle_files(path.parents[1]))) is None


def test_a_file_that_cannot_be_read_is_not_known(path):
    path.write_bytes(b"\xff")
    assert progress.known(find("blocks", puzzle_files(path.parents[1]))) is None
