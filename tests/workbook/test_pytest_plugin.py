"""pytest runs puzzles: the right ones, once each, and says what the learner needs and no more."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import minigrad
from minigrad.workbook.verdict import CHECKS

pytestmark = pytest.mark.on_one_python

pytest_plugins = ["pytester"]

PLUGINS = ("-p", "minigrad.workbook.pytest_plugin", "-p", "no:cacheprovider", "-W", "ignore:Module already")
"""Only what is tested: other plugins are not loaded, so it makes no difference which are installed."""

ROOT = Path(minigrad.__file__).parents[1]
STAND_IN = Path(__file__).with_name("stand_in_engine.py").read_text() + "\ninstall()\n"

PUZZLES = {
    1: "part1_map/puzzle01_map.py",
    2: "part1_map/puzzle02_guard.py",
    3: "part1_map/puzzle03_blocks.py",
    4: "part1_map/puzzle04_map_2d.py",
    5: "part1_map/puzzle05_blocks_2d.py",
    7: "part2_zip/puzzle07_zip.py",
    10: "part2_zip/puzzle10_choose.py",
    11: "part2_zip/puzzle11_roll.py",
    30: "part4_strides/puzzle30_tensor_map.py",
    103: "part10_fast/puzzle103_missing_barrier.py",
    112: "part10_fast/puzzle112_transpose.py",
}


@pytest.fixture(autouse=True)
def surroundings(monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")


@pytest.fixture
def workbook(pytester):
    """A folder with puzzles in it, whose verdicts come from an engine that runs nothing."""
    pytester.makeconftest(STAND_IN)
    for place in PUZZLES.values():
        path = pytester.path / "puzzles" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('@puzzle("...")\n')
    return pytester


def run(workbook, *arguments, **settings):
    return workbook.runpytest_inprocess(*PLUGINS, *arguments, **settings)


def collected(workbook, *arguments):
    """The items that pytest would run."""
    sessions = []

    class Probe:
        def pytest_collection_finish(self, session):
            sessions.append(session)

    run(workbook, "--collect-only", "-q", *arguments, plugins=[Probe()])
    return sessions[0].items


def asked(workbook):
    """The files that a verdict was computed for, in order, once for each time."""
    path = workbook.path / "asked.txt"
    return path.read_text().split() if path.exists() else []


# Which puzzles run

ALL = set(PUZZLES)

SELECTIONS = {
    "puzzle3": {3},
    "puzzle1": {1},
    "puzzle10": {10},
    "Puzzle3": {3},
    "puzzle03": {3},
    "puzzle3_blocks": {3},
    "puzzle03_blocks.py": {3},
    "puzzle3[safe]": {3},
    "puzzle1 or puzzle2": {1, 2},
    "puzzle1 and safe": {1},
    "not puzzle1": ALL - {1},
    "not (puzzle1 or puzzle3)": ALL - {1, 3},
    "part1": {1, 2, 3, 4, 5},
    "part10": {103, 112},
    "part1_map": {1, 2, 3, 4, 5},
    "part1 and not puzzle1": {2, 3, 4, 5},
    "map": {1},
    "blocks": {3},
    "blocks_2d": {5},
    "zip": {7},
    "2d": {4, 5},
    "strides": {30},
    "safe and blocks": {3},
    "puzzle": ALL,
    "puzzle9": set(),
}


def numbers(items):
    """The numbers of the puzzles among pytest's items."""
    return {item.tests.file.number for item in items if hasattr(item, "tests")}


@pytest.mark.parametrize("expression", SELECTIONS)
def test_an_expression_chooses_exactly_what_it_says(workbook, expression):
    assert numbers(collected(workbook, "puzzles", "-k", expression)) == SELECTIONS[expression]


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_can_be_chosen(workbook, check):
    (item,) = collected(workbook, "-k", f"puzzle3 and {check}")
    assert item.name == f"puzzle3_blocks[{check}]"


@pytest.mark.parametrize(
    ("expression", "name"),
    {
        "puzzle3": "test_puzzle30",
        "map": "test_map",
        "part1": "test_part12",
        "safe": "test_safety",
        "not puzzle3": "test_map",
    }.items(),
)
def test_other_tests_are_chosen_as_ever(workbook, expression, name):
    workbook.makepyfile(
        "def test_puzzle30(): pass\ndef test_map(): pass\ndef test_part12(): pass\ndef test_safety(): pass\n"
    )
    assert name in [item.name for item in collected(workbook, "-k", expression)]


def test_nothing_changes_where_there_are_no_puzzles(pytester):
    pytester.makepyfile(
        "def test_puzzle30(): pass\ndef test_x(pytestconfig): assert pytestconfig.option.keyword == 'x'"
    )
    run(pytester, "-k", "puzzle3").assert_outcomes(passed=1, deselected=1)
    run(pytester, "-k", "x").assert_outcomes(passed=1, deselected=1)


def test_a_wrong_expression_is_shown_as_the_user_wrote_it(workbook):
    result = run(workbook, "-k", "puzzle3 and (")
    assert "puzzle3 and (" in result.stderr.str() + result.stdout.str()
    assert ":puzzle" not in result.stderr.str() + result.stdout.str()


def test_the_expression_is_as_the_user_wrote_it_after_choosing(workbook):
    assert collected(workbook, "-k", "puzzle3")[0].config.option.keyword == "puzzle3"


@pytest.mark.parametrize("suffix", ["[safe]", ""])
def test_a_node_id_chooses_its_check_or_its_puzzle(workbook, suffix):
    node = "puzzles/part1_map/puzzle03_blocks.py::puzzle3_blocks"
    expected = ["safe"] if suffix else CHECKS
    items = collected(workbook, node + suffix)
    assert [item.nodeid for item in items] == [f"{node}[{check}]" for check in expected]


@pytest.mark.parametrize(
    "options",
    [("--doctest-modules",), ("--import-mode=importlib",), ("-o", "python_files=*.py")],
    ids=lambda options: options[-1],
)
def test_a_file_is_collected_once_however_pytest_is_set(workbook, options):
    (workbook.path / "puzzles" / PUZZLES[1]).write_text(
        '"""\n>>> 1\n1\n"""\ndef puzzle(name): return lambda f: f\n\n@puzzle("map")\ndef test_map(): pass\n'
    )
    items = collected(workbook, "puzzles", *options)
    assert len(items) == 5 * len(PUZZLES)
    assert numbers(items) == set(PUZZLES)


def test_collecting_imports_no_puzzle_and_asks_for_no_verdict(workbook):
    (workbook.path / "puzzles" / PUZZLES[2]).write_text('@puzzle("guard")\nopen("imported", "w")\n')
    run(workbook, "puzzles", "--collect-only", "-q")
    run(workbook, "puzzles", "-k", "puzzle1")
    assert asked(workbook) == ["puzzle01_map.py"]
    assert not (workbook.path / "imported").exists()


def test_a_file_of_another_project_is_left_alone(pytester):
    path = pytester.path / "days" / "puzzle01_calendar.py"
    path.parent.mkdir()
    path.write_text("def test_it(): pass\n")
    items = collected(pytester, "days", "-o", "python_files=*.py")
    assert [item.name for item in items] == ["test_it"]


def test_a_puzzle_file_without_its_decorator_is_still_a_puzzle(workbook):
    (workbook.path / "puzzles" / PUZZLES[1]).write_text("")
    assert numbers(collected(workbook, "-k", "puzzle1")) == {1}


def test_puzzles_run_in_their_order(workbook):
    order = [item.tests.file.number for item in collected(workbook, "puzzles")[::5]]
    assert order == sorted(PUZZLES)


def test_solutions_do_not_mix_with_puzzles(workbook):
    shutil.copytree(workbook.path / "puzzles", workbook.path / "solutions")
    items = collected(workbook, "solutions", "puzzles", "-k", "part1")[::5]
    assert [item.tests.file.number for item in items] == [1, 2, 3, 4, 5] * 2
    assert "solutions" in str(items[0].path)


# What a verdict looks like


def test_a_verdict_is_computed_once_for_five_tests(workbook):
    run(workbook, "-k", "puzzle1").assert_outcomes(passed=5, deselected=50)
    assert asked(workbook) == ["puzzle01_map.py"]


def test_an_untouched_stub_is_red_and_one_line(workbook):
    result = run(workbook, "-k", "puzzle7", "-rs")
    result.assert_outcomes(failed=1, skipped=4, deselected=50)
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        [
            "*_ puzzle7_zip[[]correct] _*",
            "puzzle 7 · zip   not started; edit puzzles?part2_zip?puzzle07_zip.py",
            "=* puzzles =*",
            "puzzle 7 · zip  not started",
            "SKIPPED [[]4] puzzles?part2_zip?puzzle07_zip.py:1: not started",
        ],
        consecutive=False,
    )
    assert "Traceback" not in result.stdout.str()


def test_the_first_failure_tells_the_story_and_the_others_their_part(workbook):
    result = run(workbook, "-k", "puzzle3")
    result.assert_outcomes(failed=2, passed=1, skipped=2, deselected=50)
    result.stdout.fnmatch_lines(
        [
            "*_ puzzle3_blocks[[]safe] _*",
            "puzzle 3 · blocks   ★☆☆   correct ✓   safe ✗   efficient –   numba –   compiles ✗",
            "",
            "  out-of-bounds: thread 1 of block 2 read a[[]9]",
            "    puzzle03_blocks.py:14    out[[]i] = a[[]i] + 10",
            "",
            "  minigrad hint blocks",
            "*_ puzzle3_blocks[[]compiles] _*",
            "  a list cannot be compiled",
            "=* puzzles =*",
        ],
        consecutive=True,
    )
    assert result.stdout.str().count("out-of-bounds") <= 2  # the story, and pytest's own short summary
    assert result.stdout.str().count("minigrad hint") == 1


def test_the_story_is_told_by_the_first_failure_that_is_shown(workbook):
    result = run(workbook, "-k", "puzzle3 and compiles")
    result.stdout.fnmatch_lines(["puzzle 3 · blocks   ★☆☆ *", "", "  a list cannot be compiled"], consecutive=True)


def test_the_short_summary_says_what_was_wrong(workbook, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    result = run(workbook, "-k", "puzzle3")
    result.stdout.fnmatch_lines(["FAILED *puzzle3_blocks[[]safe] - out-of-bounds: thread 1 of block 2 read a[[]9]"])


def test_a_missing_third_star_is_seen_but_green(workbook):
    result = run(workbook, "-k", "puzzle2")
    result.assert_outcomes(passed=4, xfailed=1, deselected=50)
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        [
            "puzzle 2 · guard ★★☆",
            "  thread 0 reads 3 elements; 1 is enough",
            "    a[[]i - 1], a[[]i], a[[]i + 1]",
            "next: puzzle 3 · blocks, in puzzles?part1_map?puzzle03_blocks.py",
        ],
        consecutive=True,
    )


def test_runxfail_asks_for_the_third_star(workbook):
    result = run(workbook, "-k", "puzzle2", "--runxfail")
    result.assert_outcomes(passed=4, failed=1, deselected=50)


def test_a_skipped_check_is_skipped_with_its_reason(workbook):
    result = run(workbook, "-k", "puzzle4", "-rs")
    result.assert_outcomes(passed=4, skipped=1, deselected=50)
    result.stdout.fnmatch_lines(
        ["SKIPPED [[]1] puzzles?part1_map?puzzle04_map_2d.py:1: numba's simulator has no shuffles"]
    )


def test_a_file_that_cannot_be_used_fails_in_a_paragraph_and_leaves_the_others_alone(workbook):
    (workbook.path / "puzzles" / PUZZLES[3]).write_text("broken(:\n")
    result = run(workbook, "-k", "puzzle3 or puzzle4")
    result.assert_outcomes(failed=1, skipped=5, passed=4, deselected=45)
    result.stdout.fnmatch_lines(
        [
            "puzzle 3 · blocks   cannot be checked",
            "",
            "  puzzle03_blocks.py:1 has a syntax error: invalid syntax.",
            "      broken(:",
            "             ^",
        ],
        consecutive=True,
    )
    assert "Traceback" not in result.stdout.str()


def test_sys_exit_does_not_end_the_run(workbook):
    (workbook.path / "puzzles" / PUZZLES[1]).write_text("exit")
    result = run(workbook, "-k", "puzzle1 or puzzle4")
    result.assert_outcomes(failed=1, skipped=5, passed=4, deselected=45)
    result.stdout.fnmatch_lines(["  The code in puzzle01_map.py left the program (sys.exit).*"])


def test_an_interrupt_interrupts_pytest(workbook):
    (workbook.path / "puzzles" / PUZZLES[1]).write_text("interrupt")
    result = workbook.runpytest_subprocess(*PLUGINS, "-k", "puzzle1 or puzzle4")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*KeyboardInterrupt*"])


def test_a_fault_of_ours_is_shown_as_one_and_not_tried_again(workbook):
    (workbook.path / "puzzles" / PUZZLES[1]).write_text("our fault")
    result = run(workbook, "-k", "puzzle1")
    result.assert_outcomes(failed=5, deselected=50)
    result.stdout.fnmatch_lines(["*RuntimeError: the engine broke down"])
    assert asked(workbook) == ["puzzle01_map.py"]


def test_what_a_kernel_prints_is_cut_short(workbook):
    (workbook.path / "puzzles" / PUZZLES[3]).write_text("loud")
    result = run(workbook, "-k", "puzzle3")
    result.stdout.fnmatch_lines(["*Captured stdout*", "loud line 0", "*", "... 1,000 lines in all"])
    assert result.stdout.str().count("loud line") == 10


def test_what_a_kernel_prints_is_all_there_without_capturing(workbook):
    (workbook.path / "puzzles" / PUZZLES[3]).write_text("loud")
    assert run(workbook, "-k", "puzzle3", "-s").stdout.str().count("loud line") == 1000


def test_many_puzzles_are_counted_and_the_next_is_named(workbook):
    result = run(workbook)
    result.stdout.fnmatch_lines(
        [
            "=* puzzles =*",
            "11 puzzles: 3 solved, 1 failing, 7 not started",
            "puzzle 2 · guard ★★☆",
            "next: puzzle 3 · blocks, in puzzles?part1_map?puzzle03_blocks.py",
        ],
        consecutive=True,
    )


def test_a_report_for_machines_has_the_story_too(workbook):
    run(workbook, "-k", "puzzle3", "--junitxml", "report.xml", "-p", "no:terminal")
    assert "out-of-bounds: thread 1 of block 2 read a[9]" in (workbook.path / "report.xml").read_text()


# Several workers


def workers(workbook, *arguments):
    pytest.importorskip("xdist")
    return workbook.runpytest_subprocess(*PLUGINS, "-p", "xdist", "-n", "2", *arguments)


def test_two_workers_compute_no_verdict_twice(workbook):
    result = workers(workbook)
    result.assert_outcomes(passed=14, failed=2 + 7, skipped=3 + 28, xfailed=1)
    assert sorted(asked(workbook)) == sorted(Path(place).name for place in PUZZLES.values())
    result.stdout.fnmatch_lines(["11 puzzles: 3 solved, 1 failing, 7 not started"])


def test_each_puzzle_is_a_group_for_workers(workbook):
    # Whether --dist loadgroup heeds it is up to pytest-xdist: 3.8 does with pytest 8, and not with pytest 9.2.
    told = """
def pytest_collection_finish(session):
    with open("groups.txt", "a") as file:
        for item in session.items:
            print(item.name, item.get_closest_marker("xdist_group").args[0], file=file)
"""
    workbook.makeconftest(STAND_IN + told)
    workers(workbook, "--strict-markers", "-k", "puzzle1 or puzzle3").assert_outcomes(passed=6, failed=2, skipped=2)
    groups = {tuple(line.split()) for line in (workbook.path / "groups.txt").read_text().splitlines()}
    assert groups == {(f"{name}[{check}]", name) for name in ("puzzle1_map", "puzzle3_blocks") for check in CHECKS}


# Every other pytest run


def test_loading_the_plugin_imports_nothing_heavy():
    heavy = [
        "numpy",
        "numba",
        "hypothesis",
        "greenlet",
        "rich",
        "typer",
        "minigrad.simulator",
        "minigrad.tensor",
    ]
    program = (
        "import sys, pytest\n"
        "import minigrad.workbook.pytest_plugin as plugin\n"
        "import minigrad.workbook.summary\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_any_other_run_says_nothing_of_us(pytester):
    pytester.makepyfile("def test_it(): pass\ndef test_not(): assert 0")
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=1)
    assert "puzzle" not in result.stdout.str()
