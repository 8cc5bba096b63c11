"""The command line: what it finds, what it says, and its exit status."""

import json
import os
import runpy
import shutil
import signal
import subprocess
import sys
import types
from pathlib import Path

import pytest
from typer.testing import CliRunner

import minigrad
from minigrad.workbook.bundled import bundled, copy_into
from minigrad.workbook.cli import app

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]
STAND_IN = Path(__file__).with_name("stand_in_engine.py")


@pytest.fixture
def engine(monkeypatch):
    """An engine that runs nothing: the number of a puzzle says which verdict it gets."""
    monkeypatch.setitem(sys.modules, "minigrad.workbook.engine", types.ModuleType("placeholder"))
    runpy.run_path(str(STAND_IN))["install"]()


@pytest.fixture
def workbook(tmp_path, monkeypatch, engine):
    """A folder with the puzzles of the first two parts in it, which is the current one."""
    copy_into(tmp_path, ["puzzles"])
    for part in (tmp_path / "puzzles").iterdir():
        if part.name not in ("part1_map", "part2_zip"):
            shutil.rmtree(part)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def minigrad_command(monkeypatch):
    """Run a command in this process; returns its exit status and what it printed, errors included."""
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments):
        result = CliRunner().invoke(app, list(arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def start(*arguments, cwd, program="import stand_in_engine; stand_in_engine.install()", **settings):
    """Run a command in a process of its own, with the stand-in engine."""
    code = f"{program}; from minigrad.workbook.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{STAND_IN.parent}", **settings}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=cwd, env=environment, capture_output=True, timeout=60
    )


def asked(folder):
    path = folder / "asked.txt"
    return path.read_text().split() if path.exists() else []


# check


@pytest.mark.parametrize(
    "name",
    ["blocks", "3", "03", "puzzle3", "puzzle03", "puzzle3_blocks", "Blocks", "./puzzles/part1_map/puzzle03_blocks.py"],
)
def test_a_puzzle_is_found_by_any_of_its_names(workbook, minigrad_command, name):
    status, told = minigrad_command("check", name)
    assert status == 1
    assert asked(workbook) == ["puzzle03_blocks.py"]
    assert told.startswith("puzzle 3 · blocks   ★☆☆   correct ✓   safe ✗ ")


def test_a_puzzle_is_found_from_a_folder_inside_the_workbook(workbook, minigrad_command, monkeypatch):
    monkeypatch.chdir(workbook / "puzzles" / "part2_zip")
    status, told = minigrad_command("check", "map")
    assert status == 0
    assert told.startswith("puzzle 1 · map   ★★★")


def test_a_solved_puzzle_leads_to_the_next_one(workbook, minigrad_command):
    status, told = minigrad_command("check", "1")
    assert status == 0
    assert told.endswith("\nsolved; next: puzzle 2 · guard, in puzzles/part1_map/puzzle02_guard.py\n")


def test_a_solved_puzzle_leads_past_those_that_are_solved(workbook, minigrad_command):
    minigrad_command("check", "2")
    assert "next: puzzle 3 · blocks" in minigrad_command("check", "1")[1]


@pytest.fixture
def nearly_done(workbook):
    """Puzzle 4 is the last there is, and an answer stands in each file."""
    for path in workbook.glob("puzzles/*/puzzle*.py"):
        if path.name[6:8] not in ("01", "02", "04"):
            path.unlink()
        else:
            path.write_text(path.read_text() + "    out[0] = a[0]\n")
    return workbook


def test_the_last_puzzle_leads_back_to_what_is_left(nearly_done, minigrad_command):
    minigrad_command("check", "1")
    path = nearly_done / "puzzles/part1_map/puzzle02_guard.py"
    path.write_text(path.read_text().replace("    out[0] = a[0]\n", ""))
    assert "\nsolved; next: puzzle 2 · guard, in" in minigrad_command("check", "4")[1]


def test_where_it_is_not_known_what_is_left_status_finds_out(nearly_done, minigrad_command):
    assert minigrad_command("check", "4")[1].endswith("\nsolved; minigrad status shows what is left\n")


def test_when_all_is_solved_it_says_so(nearly_done, minigrad_command):
    minigrad_command("status")
    assert minigrad_command("check", "4")[1].endswith("\nsolved, and so is every other puzzle\n")
    assert minigrad_command("check") == (0, "every puzzle is solved\n")
    assert minigrad_command("status")[1].endswith("3 of 3 solved, 8 of 9 stars; every puzzle is solved\n")


def test_a_missing_star_still_counts_as_solved(workbook, minigrad_command):
    status, told = minigrad_command("check", "guard")
    assert status == 0
    assert "★★☆" in told
    assert "  thread 0 reads 3 elements; 1 is enough\n    a[i - 1], a[i], a[i + 1]\n" in told


def test_an_untouched_stub_is_not_solved(workbook, minigrad_command):
    assert minigrad_command("check", "zip") == (
        1,
        "puzzle 7 · zip   not started; edit puzzles/part2_zip/puzzle07_zip.py\n",
    )


def test_several_puzzles_get_the_worst_status(workbook, minigrad_command):
    assert minigrad_command("check", "1", "2")[0] == 0
    assert minigrad_command("check", "1", "3")[0] == 1
    (workbook / "puzzles/part1_map/puzzle04_map_2d.py").write_text("broken(:\n")
    status, told = minigrad_command("check", "1", "4", "3")
    assert status == 2
    assert "puzzle 3 · blocks   ★☆☆" in told


def test_a_folder_means_all_that_is_in_it(workbook, minigrad_command):
    minigrad_command("check", "puzzles/part2_zip")
    assert asked(workbook) == sorted(path.name for path in (workbook / "puzzles/part2_zip").iterdir())


def test_without_a_name_the_next_unsolved_puzzle_is_checked(workbook, minigrad_command):
    (workbook / "puzzles/part1_map/puzzle00_hello.py").unlink()
    for number in (1, 2):
        path = next(workbook.glob(f"puzzles/*/puzzle0{number}_*.py"))
        path.write_text(path.read_text() + "    out[i] = a[i]\n")
    status, told = minigrad_command("check")
    assert status == 1
    assert told.startswith("puzzle 3 · blocks   ★☆☆")
    assert asked(workbook) == ["puzzle01_map.py", "puzzle02_guard.py", "puzzle03_blocks.py"]
    minigrad_command("check")
    assert asked(workbook)[3:] == ["puzzle03_blocks.py"]


def test_what_a_kernel_prints_is_cut_short(workbook, minigrad_command):
    path = workbook / "puzzles/part1_map/puzzle03_blocks.py"
    path.write_text("loud")
    told = minigrad_command("check", "3")[1]
    assert told.endswith("  ... 1,000 lines in all\n")
    assert told.count("loud line") == 10


MISTAKES = {
    ("check", "blokcs"): "no puzzle is called 'blokcs'; did you mean blocks",
    ("check", "nothing like it"): "no puzzle is called 'nothing like it'; there are hello, map, guard",
    ("check", "puzzles/part1_map/puzzle99_none.py"): "There is no file puzzle99_none.py in ",
    ("check", "empty/"): "there are no puzzles in empty/",
    ("check", "--json", "1", "2"): "--json takes one puzzle",
    ("hint", "blokcs"): "no puzzle is called 'blokcs'; did you mean blocks",
    ("hint", "blocks", "4"): "puzzle 3 · blocks has 3 hints, and no hint 4",
    ("hint", "blocks", "0"): "puzzle 3 · blocks has 3 hints, and no hint 0",
    ("hint", "blocks", "x"): "Usage:",
    ("init", "file"): "cannot copy the puzzles: file",
    ("frobnicate",): "frobnicate",
}


@pytest.mark.parametrize("arguments", MISTAKES, ids=" ".join)
def test_a_mistake_is_told_in_a_sentence(workbook, minigrad_command, arguments):
    (workbook / "empty").mkdir()
    (workbook / "file").touch()
    status, told = minigrad_command(*arguments)
    assert status == 2
    assert MISTAKES[arguments] in told
    assert "Traceback" not in told


@pytest.mark.parametrize("arguments", [("check", "blocks"), ("check",), ("status",)], ids=" ".join)
def test_where_there_is_no_workbook_init_is_named(tmp_path, monkeypatch, minigrad_command, arguments):
    monkeypatch.chdir(tmp_path)
    status, told = minigrad_command(*arguments)
    assert status == 2
    assert "minigrad init makes one" in told


def test_a_puzzle_whose_file_is_missing_can_be_put_back(workbook, minigrad_command):
    (workbook / "puzzles/part1_map/puzzle03_blocks.py").unlink()
    assert (
        "puzzle03_blocks.py is missing from puzzles/; minigrad init puts it back"
        in (minigrad_command("check", "blocks")[1])
    )


# check --json


def test_json_is_one_object_with_the_names_of_the_design(workbook):
    done = start("check", "blocks", "--json", cwd=workbook)
    verdict = json.loads(done.stdout)
    assert done.returncode == 1
    assert list(verdict) == ["puzzle", "number", "status", "stars", "message", "checks"]
    assert (verdict["puzzle"], verdict["number"], verdict["status"]) == ("blocks", 3, "failed")
    assert list(verdict["checks"]) == ["correct", "safe", "efficient", "numba", "compiles"]
    assert verdict["checks"]["safe"]["faults"] == []
    assert verdict["checks"]["correct"] == {"status": "passed", "message": ""}


NOISE = """
import atexit, os, subprocess, sys, threading
from stand_in_engine import check_file, install
def noisy(path, seed=None, quiet=check_file):
    print("printed")
    print("to the old stdout", file=sys.__stdout__)
    os.write(1, b"written")
    subprocess.run(["echo", "by a process"])
    atexit.register(os.write, 1, b"at the end")
    atexit.register(print, "at the end too")
    return quiet(path)
install().check_file = noisy
"""


@pytest.mark.parametrize(
    ("name", "status"), [("1", 0), ("7", 1), ("nope", 2), ("none.py", 2)], ids=["solved", "not", "name", "file"]
)
def test_json_is_all_there_is_on_stdout_whatever_a_puzzle_prints(workbook, name, status):
    done = start("check", name, "--json", cwd=workbook, program=f"exec({NOISE!r})")
    assert done.returncode == status
    assert done.stdout.count(b"\n") == 1
    assert json.loads(done.stdout)["status"] == {0: "solved", 1: "not-started", 2: "error"}[status]


def test_json_without_a_name_is_the_first_puzzle_that_is_not_solved(workbook):
    (workbook / "puzzles/part1_map/puzzle00_hello.py").unlink()
    done = start("check", "--json", cwd=workbook)
    assert done.returncode == 1
    assert json.loads(done.stdout) == json.loads(start("check", "3", "--json", cwd=workbook).stdout)


def test_json_without_a_name_says_when_all_is_solved(nearly_done):
    done = start("check", "--json", "--profile", cwd=nearly_done)
    verdict = json.loads(done.stdout)
    assert done.returncode == 0
    assert (verdict["puzzle"], verdict["number"], verdict["status"]) == ("", None, "solved")
    assert verdict["message"] == "every puzzle is solved"
    assert verdict["profile"] is None


def test_json_without_a_name_or_a_workbook_is_an_error(tmp_path):
    done = start("check", "--json", cwd=tmp_path)
    assert done.returncode == 2
    assert "minigrad init makes one" in json.loads(done.stdout)["message"]


def test_json_tells_a_fault_of_ours_from_the_learners(workbook):
    (workbook / "puzzles/part1_map/puzzle01_map.py").write_text("our fault")
    done = start("check", "1", "--json", cwd=workbook)
    assert done.returncode == 70
    assert "minigrad itself failed" in json.loads(done.stdout)["message"]
    assert b"the engine broke down" in done.stderr


# Ends that come from outside


@pytest.mark.parametrize("arguments", [("check", "1"), ("check", "1", "--json"), ("status",)], ids=" ".join)
def test_an_interrupt_is_a_line_and_status_130(workbook, arguments):
    (workbook / "puzzles/part1_map/puzzle01_map.py").write_text("interrupt")
    done = start(*arguments, cwd=workbook)
    assert done.returncode == 130
    assert done.stdout == b""
    assert done.stderr.split(b"\n") == [b"", b"interrupted; nothing is lost", b""]


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="needs POSIX signals")
def test_ctrl_c_while_a_kernel_runs_is_an_interrupt(workbook):
    wait = "def wait(path, seed=None):\n    print('running', file=sys.__stdout__, flush=True)\n    while True: pass\n"
    heeded = "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a process in the background ignores it
    program = f"import signal, stand_in_engine, sys\n{heeded}{wait}stand_in_engine.install().check_file = wait"
    code = f"exec({program!r}); from minigrad.workbook.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{STAND_IN.parent}"}
    process = subprocess.Popen(
        [sys.executable, "-c", code, "check", "1"],
        cwd=workbook,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"running\n"
    process.send_signal(signal.SIGINT)
    told, complaint = process.communicate(timeout=60)
    assert (process.returncode, told, complaint) == (130, b"", b"\ninterrupted; nothing is lost\n")


def test_a_fault_of_ours_has_a_traceback_and_a_status_of_its_own(workbook):
    (workbook / "puzzles/part1_map/puzzle01_map.py").write_text("our fault")
    done = start("check", "1", cwd=workbook)
    assert done.returncode == 70
    assert b"the engine broke down" in done.stderr
    assert b"This is a fault of ours, not of your code." in done.stderr


def test_a_terminal_without_stars_gets_letters(workbook):
    done = start("check", "1", cwd=workbook, PYTHONIOENCODING="ascii")
    assert done.stdout.startswith(b"puzzle 1 - map   ***   correct yes   safe yes ")
    assert done.stderr == b""


def test_python_m_minigrad_is_the_same_command(workbook):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "minigrad", "hint", "3"], cwd=workbook, env=environment, capture_output=True
    )
    assert done.stdout.startswith("puzzle 3 · blocks   hint 1 of 3\n".encode())


def test_a_hint_loads_nothing_heavy(workbook):
    heavy = ["numba", "hypothesis", "greenlet", "minigrad.workbook.engine"]
    report = f"import atexit, sys; atexit.register(lambda: print([m for m in {heavy} if m in sys.modules]))"
    done = start("hint", "blocks", cwd=workbook, program=report)
    assert done.stdout.endswith(b"[]\n")


# status


def test_status_lists_every_puzzle_and_the_next(workbook, minigrad_command):
    (workbook / "puzzles/part1_map/puzzle00_hello.py").unlink()
    for number in (1, 2, 3):
        path = next(workbook.glob(f"puzzles/*/puzzle0{number}_*.py"))
        path.write_text(path.read_text() + "    out[i] = a[i]\n")
    (workbook / "puzzles/part1_map/puzzle04_map_2d.py").write_text("broken(:\n")
    status, told = minigrad_command("status")
    assert status == 0
    assert told.startswith(
        """\
Part 1 · map
    1  map          ★★★
    2  guard        ★★☆   efficient ✗
    3  blocks       ★☆☆   safe, compiles ✗
    4  map_2d       cannot be checked: puzzle04_map_2d.py:1 has a syntax error: invalid syntax.
    5  blocks_2d    not started
    6  grid_stride  not started

Part 2 · zip
    7  zip          not started
"""
    )
    assert told.endswith(
        "\n2 of 12 solved, 6 of 36 stars; next: puzzle 3 · blocks, in puzzles/part1_map/puzzle03_blocks.py\n"
    )


def test_status_runs_what_has_changed_and_nothing_else(workbook, minigrad_command):
    path = workbook / "puzzles/part1_map/puzzle01_map.py"
    path.write_text(path.read_text() + "    out[i] = a[i]\n")
    minigrad_command("check", "1")
    before = asked(workbook)
    minigrad_command("status")
    assert asked(workbook)[len(before) :] == ["puzzle00_hello.py"]
    path.write_text(path.read_text() + "    # better\n")
    minigrad_command("status")
    assert asked(workbook)[len(before) + 1 :].count("puzzle01_map.py") == 1


def test_status_can_do_without_running_anything(workbook, minigrad_command):
    told = minigrad_command("status", "--no-run")[1]
    assert asked(workbook) == []
    assert "    0  hello        not checked\n" in told


# hint


def test_hints_come_one_at_a_time_and_each_names_the_next(workbook, minigrad_command):
    texts = [minigrad_command("hint", "blocks", str(number))[1] for number in (1, 2, 3)]
    assert texts[0] == minigrad_command("hint", "blocks")[1]
    assert [text.split("\n")[0] for text in texts] == [f"puzzle 3 · blocks   hint {n} of 3" for n in (1, 2, 3)]
    assert texts[0].endswith("for the next one: minigrad hint blocks 2\n")
    assert texts[2].endswith("the solution is in solutions/part1_map/puzzle03_blocks.py\n")
    assert len({text.split("\n")[2] for text in texts}) == 3


@pytest.mark.parametrize("name", ["3", "puzzle3", "puzzles/part1_map/puzzle03_blocks.py"])
def test_a_hint_is_found_by_any_name(workbook, minigrad_command, name):
    assert minigrad_command("hint", name) == minigrad_command("hint", "blocks")


# init


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.py")}


def test_init_copies_puzzles_and_solutions(tmp_path, monkeypatch, minigrad_command):
    monkeypatch.chdir(tmp_path)
    status, told = minigrad_command("init", "new/folder")
    assert status == 0
    assert told.endswith("next: cd new/folder && minigrad check 0\n")
    for name in ("puzzles", "solutions"):
        assert tree(tmp_path / "new/folder" / name) == tree(bundled(name))
    assert not list(tmp_path.rglob("__pycache__"))


def test_init_never_overwrites_and_says_what_it_kept(workbook, minigrad_command):
    copy_into(workbook, ["puzzles"])
    mine, lost = (workbook / "puzzles/part1_map" / name for name in ("puzzle01_map.py", "puzzle02_guard.py"))
    mine.write_text("my work")
    lost.unlink()
    status, told = minigrad_command("init", "--no-solutions")
    assert status == 0
    assert mine.read_text() == "my work"
    assert lost.exists()
    assert told == (
        f".: 1 files copied, {len(tree(bundled('puzzles'))) - 2} were there already\n"
        "kept as they are, because you have changed them:\n"
        "  puzzles/part1_map/puzzle01_map.py\n"
        "next: minigrad check 0\n"
    )
    assert not (workbook / "solutions").exists()


def test_the_version_is_shown(minigrad_command):
    status, told = minigrad_command("--version")
    assert status == 0
    assert told.startswith("minigrad-puzzles ")
