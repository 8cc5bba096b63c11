"""A puzzle file is loaded as it stands now, or the learner is told in a paragraph why it cannot be."""

import inspect
import os
import sys
import textwrap
import threading
from dataclasses import replace

import pytest

from minigrad.workbook import checks, numba_simulator
from minigrad.workbook import load as loading
from minigrad.workbook.bundled import bundled
from minigrad.workbook.load import LoadError, is_untouched, load, unusable
from minigrad.workbook.puzzle import Puzzle
from minigrad.workbook.tree import puzzle_files
from minigrad.workbook.untouched import file_is_untouched, text_is_untouched

HEAD = "from numba import cuda\nfrom minigrad.workbook import puzzle\n"
MARK = '@puzzle("blocks")\n@cuda.jit\n'
BODY = "    i = cuda.grid(1)\n    if i < size:\n        out[i] = a[i] + 10\n"
KERNEL = f"{MARK}def blocks(out, a, size):\n{BODY}"


@pytest.fixture
def write(tmp_path):
    """Write a file, by default that of puzzle 3, and return its path."""

    def write(content, name="puzzle03_blocks.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def complaint(path):
    with pytest.raises(LoadError) as caught:
        load(path)
    return str(caught.value)


# What can be used


def test_a_puzzle_file_becomes_its_puzzle(write):
    path = write(HEAD + KERNEL)
    puzzle = load(path)
    assert (puzzle.name, puzzle.number, puzzle.path) == ("blocks", 3, path)
    assert inspect.getsource(puzzle.function) == KERNEL


def test_a_change_is_picked_up_even_if_size_and_time_stay_the_same(write):
    path = write(HEAD + KERNEL)
    before = load(path)
    changed = KERNEL.replace("+ 10", "+ 20")
    time = path.stat()
    path.write_text(HEAD + changed)
    os.utime(path, ns=(time.st_atime_ns, time.st_mtime_ns))
    after = load(path)
    assert 20 in after.function.__code__.co_consts
    assert inspect.getsource(after.function) == changed
    assert 10 in before.function.__code__.co_consts


def test_the_source_of_what_was_loaded_stays_right_while_the_file_is_edited(write):
    path = write(HEAD + KERNEL)
    puzzle = load(path)
    path.write_text("# one more line\n" + HEAD + KERNEL)
    assert inspect.getsource(puzzle.function) == KERNEL


def test_files_of_the_same_name_do_not_mix(write):
    one = load(write(HEAD + KERNEL, "one/puzzle03_blocks.py"))
    two = load(write(HEAD + KERNEL.replace("+ 10", "+ 20"), "two/puzzle03_blocks.py"))
    assert one.function.__module__ != two.function.__module__
    assert sys.modules[one.function.__module__].blocks is one


@pytest.mark.parametrize(
    "content",
    {
        "renamed": HEAD + KERNEL.replace("def blocks", "def my_kernel"),
        "with a byte order mark": b"\xef\xbb\xbf" + (HEAD + KERNEL).encode(),
        "with Windows line ends": (HEAD + KERNEL).replace("\n", "\r\n"),
        "with a device function beside it": HEAD + "@cuda.jit(device=True)\ndef f(x):\n    return x\n" + KERNEL,
        "decorated through another name": HEAD.replace("puzzle\n", "puzzle as p\n") + KERNEL.replace("@puzzle", "@p"),
        "with a default": HEAD + KERNEL.replace("size):", "size=9):"),
        "with cuda.jit called": HEAD + KERNEL.replace("@cuda.jit", "@cuda.jit()"),
        "that prints": HEAD + "print('hello')\n" + KERNEL,
        "that defines its kernel twice": HEAD + KERNEL + KERNEL,
        "that imports another puzzle": HEAD + KERNEL + "from minigrad.workbook.puzzle import Puzzle\n",
    }.items(),
    ids=lambda case: case[0],
)
def test_there_is_more_than_one_way_to_write_a_file(write, content):
    assert load(write(content[1])).name == "blocks"


def test_a_file_may_have_any_name(write):
    assert load(write(HEAD + KERNEL, "my attempt.py")).name == "blocks"


def test_what_a_file_prints_is_passed_on(write, capsys):
    load(write(HEAD + "print('hello')\n" + KERNEL))
    assert capsys.readouterr().out == "hello\n"


# What cannot

UNUSABLE = {
    "a syntax error": (
        HEAD + KERNEL.replace("size:\n", "size\n"),
        ["puzzle03_blocks.py:7 has a syntax error: expected ':'", "    if i < size\n", "              ^"],
    ),
    "nothing left of the body": (
        HEAD + MARK + "def blocks(out, a, size):\n",
        ["syntax error", "indented block"],
    ),
    "a null byte": (HEAD + "\0" + KERNEL, ["puzzle03_blocks.py", "null bytes"]),
    "Latin-1": ("# caf\xe9\n".encode("latin-1"), ["not UTF-8", "line 1", "0xe9"]),
    "UTF-16": ((HEAD + KERNEL).encode("utf-16"), ["not UTF-8"]),
    "nothing": ("", ["no function that is marked", '@puzzle("blocks")', "def blocks(out, a, size):"]),
    "no @puzzle": (HEAD + KERNEL.replace('@puzzle("blocks")\n', ""), ["no function", '@puzzle("blocks")']),
    "two puzzles": (
        HEAD + KERNEL + KERNEL.replace("blocks", "guard"),
        ["holds 2 functions with @puzzle", "blocks", "guard", "Keep one"],
    ),
    "the decorators swapped": (
        HEAD + KERNEL.replace(MARK, '@cuda.jit\n@puzzle("blocks")\n'),
        ["wrong way round"],
    ),
    "no @cuda.jit": (
        HEAD + KERNEL.replace("@cuda.jit\n", ""),
        ["puzzle03_blocks.py:3", "@cuda.jit is missing"],
    ),
    "@njit": (HEAD + "import numba\n" + KERNEL.replace("@cuda.jit", "@numba.njit"), ["@njit", "@cuda.jit"]),
    "a device function": (
        HEAD + KERNEL.replace("@cuda.jit", "@cuda.jit(device=True)"),
        ["not a device function", "without device=True"],
    ),
    "@puzzle without a name": (HEAD + KERNEL.replace('("blocks")', ""), ['@puzzle("blocks")']),
    "@puzzle with empty brackets": (HEAD + KERNEL.replace('("blocks")', "()"), [":3", "'name'"]),
    "an unknown name": (
        HEAD + KERNEL.replace('"blocks"', '"blokcs"'),
        [":3", "'blokcs'", "did you mean blocks"],
    ),
    "another puzzle's name": (
        HEAD + KERNEL.replace('"blocks"', '"guard"'),
        ["is the file of puzzle 3 · blocks", '@puzzle("guard")', 'Make it @puzzle("blocks")'],
    ),
    "a parameter too few": (
        HEAD + KERNEL.replace("a, size", "a").replace("size", "9"),
        ["must be (out, a, size)", "yours are (out, a)"],
    ),
    "parameters swapped": (
        HEAD + KERNEL.replace("(out, a,", "(a, out,"),
        ["must be (out, a, size)", "(a, out, size)"],
    ),
    "star arguments": (HEAD + KERNEL.replace("size):", "*size):"), ["(out, a, *size)"]),
    "a missing module": (
        HEAD + "import nosuchmodule\n" + KERNEL,
        [":3 imports nosuchmodule", "not installed"],
    ),
    "a missing name": (
        HEAD + "from math import nosuchname\n" + KERNEL,
        [":3", "cannot import name 'nosuchname'"],
    ),
    "an exception": (HEAD + "TPB = 1 / 0\n" + KERNEL, [":3 raised", "ZeroDivisionError: division by zero"]),
    "an exception deep down": (
        HEAD + "import json\njson.loads('{')\n" + KERNEL,
        [":4 raised an exception", "JSONDecodeError"],
    ),
    "an exception that cannot be shown": (
        HEAD + "class E(Exception):\n    def __str__(self): return 1 / 0\nraise E\n" + KERNEL,
        [":5 raised", "E"],
    ),
    "a very long exception": (
        HEAD + "raise ValueError('x' * 10**6)\n" + KERNEL,
        [":3 raised", "xxx (and so on)"],
    ),
    "endless recursion": (HEAD + "def f(): f()\nf()\n" + KERNEL, ["RecursionError"]),
    "sys.exit": (HEAD + "import sys\nsys.exit(0)\n" + KERNEL, [":4 left the program"]),
    "exit": (HEAD + "exit()\n" + KERNEL, [":3 left the program"]),
    "input": (HEAD + "input('name? ')\n" + KERNEL, [":3 raised", "EOFError", "printed first", "name?"]),
    "a class": (HEAD + '@puzzle("blocks")\nclass blocks: pass\n', ["must stand above a function"]),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_a_file_with_this_is_explained(write, what):
    content, words = UNUSABLE[what]
    before = set(sys.modules)
    told = complaint(write(content))
    for word in words:
        assert word in told
    assert len(told) < 600
    assert "\n\n" not in told
    assert not [name for name in set(sys.modules) - before if "puzzle03" in name]


def test_a_file_that_is_not_there_is_explained(tmp_path):
    assert "There is no file puzzle03_blocks.py" in complaint(tmp_path / "puzzle03_blocks.py")


def test_a_folder_is_no_file(tmp_path):
    assert "is not a file" in complaint(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_explained(write):
    path = write(HEAD + KERNEL)
    path.chmod(0)
    assert "cannot be read" in complaint(path)


def test_a_million_lines_printed_before_a_failure_are_cut_short(write):
    told = complaint(write("for i in range(10**6): print(i)\n1 / 0\n"))
    assert "ZeroDivisionError" in told
    assert "1,000,000 lines in all" in told
    assert len(told) < 1000


def test_numba_that_cannot_be_imported_is_named(write, monkeypatch):
    def prepare():
        raise numba_simulator.SetupError("numba 0.68.1 and numba-cuda 0.29.0 do not fit each other.")

    monkeypatch.setattr(numba_simulator, "prepare", prepare)
    monkeypatch.delitem(sys.modules, "numba.cuda")
    told = complaint(write(HEAD + KERNEL))
    assert "needs numba.cuda. numba 0.68.1 and numba-cuda 0.29.0 do not fit" in told


def test_numba_that_was_imported_the_wrong_way_round_is_no_obstacle_to_loading(write, monkeypatch):
    def prepare():
        raise numba_simulator.SetupError("numba.cuda was imported before the workbook was")

    monkeypatch.setattr(numba_simulator, "prepare", prepare)
    assert load(write(HEAD + KERNEL)).name == "blocks"


def test_the_verdict_on_an_unusable_file_names_the_puzzle_as_far_as_its_name_does(tmp_path):
    verdict = unusable(tmp_path / "puzzle03_blocks.py", "why")
    assert (verdict.puzzle, verdict.number, verdict.status, verdict.message) == ("blocks", 3, "error", "why")
    assert unusable(tmp_path / "mine.py", "why").number is None


# What does not end


ENDLESS = {
    "a loop": "while True: pass\n",
    "a sleep": "import time\ntime.sleep(60)\n",
    "a sleep that catches what it can": (
        "import time\ncaught = 0\nwhile caught < 2:\n    try: time.sleep(60)\n    except BaseException: caught += 1\n"
    ),
}


@pytest.mark.parametrize("what", ENDLESS)
def test_an_import_that_does_not_end_is_stopped(write, monkeypatch, what):
    monkeypatch.setattr(loading, "IMPORT_SECONDS", 0.1)
    assert "still running after 0.1 seconds" in complaint(write(ENDLESS[what] + HEAD + KERNEL))


def test_it_is_stopped_in_another_thread_too(write, monkeypatch):
    monkeypatch.setattr(loading, "IMPORT_SECONDS", 0.1)
    path = write("while True: pass\n")
    told = []
    thread = threading.Thread(target=lambda: told.append(complaint(path)))
    thread.start()
    thread.join(30)
    assert "still running" in told[0]


def test_an_interrupt_is_passed_on_and_leaves_nothing_behind(write):
    before = set(sys.modules)
    with pytest.raises(KeyboardInterrupt):
        load(write("raise KeyboardInterrupt\n"))
    assert set(sys.modules) == before


# Stubs

SIGNATURE = {"out": "float32[::1]", "a": "float32[::1]", "size": "int64"}

UNTOUCHED = [
    "pass",
    '"""only words"""',
    "...",
    "i = cuda.grid(1)",
    "i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x",
    "i, j = cuda.grid(2)",
    "i = cuda.threadIdx.x\nif i < size:\n    pass",
    "n = a.shape[0]\nm = len(a) + a.size\ni = min(n, m)",
    "shared = cuda.shared.array(32, float32)\ncuda.syncthreads()",
    "i = cuda.grid(1)\nif i >= size:\n    return",
]

TOUCHED = [
    "out[0] = 1",
    "x = a[0]",
    "cuda.atomic.add(out, 0, 1)",
    "fill(out)",
    "b = a",
    "b = a.T",
    "for i in range(size):\n    pass",
    "while True:\n    pass",
    "raise ValueError",
    "print(1)",
    "sys.exit()",
    "i = cuda.grid(1)\nif i < size:\n    out[i] = a[i]",
    "a.fill(0)",
    "out, i = 1, 2",
    "x = [1][0]",
    "i = grid_of_mine()",
    "import math",
    "size",
]


@pytest.mark.parametrize("body", UNTOUCHED)
def test_a_body_that_only_computes_indices_is_untouched(write, body):
    content = HEAD + MARK + "def blocks(out, a, size):\n" + textwrap.indent(body, "    ") + "\n"
    assert file_is_untouched(content, SIGNATURE)
    assert is_untouched(load(write("float32 = 'float32'\n" + content)))


@pytest.mark.parametrize("body", TOUCHED)
def test_a_body_that_does_anything_else_is_not(write, body):
    content = HEAD + MARK + "def blocks(out, a, size):\n" + textwrap.indent(body, "    ") + "\n"
    assert not file_is_untouched(content, SIGNATURE)
    assert not is_untouched(load(write(content)))


# Functions that make kernels


@pytest.fixture
def makers(monkeypatch):
    """Puzzle 3 as it would be if its answer were a function that makes a kernel, for either target."""

    def make(target, takes=("f",)):
        spec = replace(checks.spec_of("blocks"), takes=takes, target=target)
        monkeypatch.setattr(sys.modules[Puzzle.__module__], "spec_of", lambda name: spec)
        monkeypatch.setattr(checks, "spec_of", lambda name: spec)

    return make


DECORATORS = {"cpu": "@njit(parallel=True)", "cuda": "@cuda.jit"}


def maker(target, body="pass", takes="f", above="", last="return kernel"):
    inner = f"{DECORATORS[target]}\ndef kernel(out, a, size):\n{textwrap.indent(body, '    ')}\n{last}"
    function = f'@puzzle("blocks")\n{above}def blocks({takes}):\n{textwrap.indent(inner, "    ")}\n'
    return f"from numba import njit\n{HEAD}{function}"


@pytest.mark.parametrize("target", DECORATORS)
@pytest.mark.parametrize("takes", ["f", ""])
def test_a_function_that_makes_a_kernel_is_plain(write, makers, target, takes):
    makers(target, tuple(takes))
    assert load(write(maker(target, takes=takes))).spec.target == target


@pytest.mark.parametrize("target", DECORATORS)
@pytest.mark.parametrize("above", ["@njit\n", "@cuda.jit\n"])
def test_one_that_is_compiled_itself_is_explained(write, makers, target, above):
    makers(target)
    told = complaint(write(maker(target, above=above)))
    assert "a plain function that makes a kernel" in told
    assert f"{DECORATORS[target]} stands above the kernel inside it" in told


def test_the_parameters_are_those_of_the_function_and_not_of_its_kernel(write, makers):
    makers("cpu")
    assert "must be (f), in this order; yours are (f, g)" in complaint(write(maker("cpu", takes="f, g")))


def test_what_a_file_for_such_a_function_must_hold_is_shown(write, makers):
    makers("cpu")
    told = complaint(write(""))
    for line in ('@puzzle("blocks")', "def blocks(f):", "@njit(parallel=True)", "def kernel(out, a, size):"):
        assert line in told


@pytest.mark.parametrize("target", DECORATORS)
@pytest.mark.parametrize("body", UNTOUCHED)
def test_a_kernel_that_only_computes_indices_leaves_its_function_untouched(write, makers, target, body):
    makers(target)
    content = maker(target, body)
    assert file_is_untouched(content, SIGNATURE, ("f",))
    assert is_untouched(load(write(content)))


@pytest.mark.parametrize("body", [*TOUCHED, "out[0] = f(a[0])", "f(1)"])
def test_a_kernel_that_does_anything_else_does_not(write, makers, body):
    makers("cuda")
    content = maker("cuda", body)
    assert not file_is_untouched(content, SIGNATURE, ("f",))
    assert not is_untouched(load(write(content)))


@pytest.mark.parametrize(
    ("last", "untouched"),
    [("", True), ("return", True), ("return njit(kernel)", False), ("return f(kernel)", False), ("g = f", False)],
)
def test_what_the_function_does_besides_counts_too(write, makers, last, untouched):
    makers("cpu")
    content = maker("cpu", last=last)
    assert file_is_untouched(content, SIGNATURE, ("f",)) == untouched
    assert is_untouched(load(write(content))) == untouched


@pytest.mark.parametrize("file", puzzle_files(bundled("puzzles")), ids=lambda file: file.name)
def test_every_puzzle_comes_untouched_but_the_first(file):
    puzzle = load(file.path)
    assert is_untouched(puzzle) == (file.number > 0)
    assert text_is_untouched(file.path.read_text(), puzzle.spec) == (file.number > 0)


@pytest.mark.parametrize("file", puzzle_files(bundled("solutions")), ids=lambda file: file.name)
def test_no_solution_is_untouched(file):
    assert not is_untouched(load(file.path))
