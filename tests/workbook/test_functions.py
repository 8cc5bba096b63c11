"""Puzzles that are plain functions: how they are loaded, called, compared, and what their verdict says."""

import gc
import json
import re
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from minigrad.workbook import checks as checks_table
from minigrad.workbook import function_check, function_numba, function_trial
from minigrad.workbook.bundled import bundled
from minigrad.workbook.checks import answers, spec_of
from minigrad.workbook.engine import check_file
from minigrad.workbook.load import LoadError, is_untouched, load
from minigrad.workbook.processor import Report, Result
from minigrad.workbook.puzzle import FunctionPuzzle
from minigrad.workbook.spec import FunctionSpec, Rule
from minigrad.workbook.terminal import full_text
from minigrad.workbook.untouched import text_is_untouched
from minigrad.workbook.verdict import Check, Verdict

pytestmark = pytest.mark.on_one_python

pytest_plugins = ["pytester"]

HEAD = "from minigrad.workbook import puzzle\n"

NUMBERS = st.tuples(*[st.sampled_from((1, 2, 3, 0, -1, 7))] * 2)


def doubled(**given):
    """A rule about a function ``double(x, y)`` that returns an int, changed as it is said."""
    rule = {
        "name": "double",
        "parameters": ("x", "y"),
        "reference": lambda x, y: 2 * x + y,
        "cases": lambda: NUMBERS.map(lambda drawn: dict(zip(("x", "y"), drawn, strict=True))),
        "compare": answers.an_int,
    }
    return Rule(**{**rule, **given})


def lists(**given):
    """The same rule about a list or an array: the sum of its entries and ``y``."""
    return doubled(
        cases=lambda: NUMBERS.map(lambda drawn: {"x": list(drawn), "y": 0}),
        reference=lambda x, y: sum(x) + y,
        **given,
    )


def verdict(function, *rules, seed=0):
    spec = FunctionSpec(
        number=900, name="doubles", part="part90_tests", hints=("", "", ""), rules=rules or (doubled(),)
    )
    return function_check.check(FunctionPuzzle(spec, function), seed)


def told(function, *rules):
    return verdict(function, *rules).checks["correct"].message


# One function


def test_a_right_function_has_three_stars_and_only_the_checks_that_apply():
    reached = verdict(lambda x, y: x + y + x)
    assert (reached.status, reached.stars) == ("solved", 3)
    assert list(reached.to_json()["checks"]) == ["correct", "safe"]
    assert "functions" not in reached.to_json()


def test_a_wrong_result_is_shown_with_the_smallest_call():
    assert told(lambda x, y: 2 * x - y) == "wrong result: double(1, 1) returned 1, expected 3"


def test_the_remark_stands_below_it():
    rule = doubled(remark=lambda arguments: f"Twice {arguments['x']}, and {arguments['y']}.")
    assert told(lambda x, y: x, rule).endswith("\n\nTwice 1, and 1.")


def test_a_mistake_in_a_corner_is_found():
    assert "double(7, -1)" in told(lambda x, y: 2 * x + y if (x, y) != (7, -1) else 0)


def test_an_exception_is_told_with_its_line():
    def fails(x, y):
        return x / 0

    line = fails.__code__.co_firstlineno + 1
    assert told(fails).splitlines() == [
        "error: double(1, 1) raised ZeroDivisionError: division by zero; expected 3",
        f"  test_functions.py:{line}    return x / 0",
    ]
    assert verdict(fails).checks["safe"].status == "skipped"


def test_whatever_a_function_raises_there_is_a_verdict():
    def leaves(x, y):
        sys.exit(3)

    assert "raised SystemExit: 3" in told(leaves)


def test_a_function_that_does_not_end_is_found_at_its_line_each_time():
    def hangs(x, y):
        while x == 1:
            y += 1
        return 2 * x + y

    reached = verdict(hangs)
    assert reached == verdict(hangs)
    assert reached.checks["correct"].message.startswith("no result: double(1, 1) does not come to its end\n")
    assert reached.checks["safe"].status == "skipped"


def test_time_is_no_judgement(monkeypatch):
    monkeypatch.setattr(function_trial, "runs_within", lambda seconds, action: False)
    reached = verdict(lambda x, y: 2 * x + y)
    assert (reached.status, reached.checks) == ("error", {})
    assert "double(1, 1) was still running after 10 seconds" in reached.message


def test_ctrl_c_is_passed_on():
    def interrupts(x, y):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verdict(interrupts)


def test_a_debugger_keeps_its_trace():
    def trace(frame, event, argument):
        return None

    seen = []

    def looks(x, y):
        seen.append(sys.gettrace())
        return 2 * x + y

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        assert verdict(looks).solved
    finally:
        sys.settrace(before)
    assert set(seen) == {trace}


@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_draws_the_same_calls(seed):
    runs = []
    for _ in range(2):
        calls = []
        verdict(lambda x, y, calls=calls: calls.append((x, y)) or 2 * x + y, seed=seed)
        runs.append(calls)
    assert runs[0] == runs[1]


# An exception that is an answer


def refused(x, y):
    if x == y:
        raise ValueError("they are equal")
    return 2 * x + y


AGREED = doubled(reference=refused, raises=ValueError)


def test_to_raise_where_it_was_agreed_is_right():
    def also(x, y):
        if x == y:
            raise ValueError
        return 2 * x + y

    assert verdict(also, AGREED).solved


def test_to_return_there_is_wrong_and_the_reason_is_told():
    message = told(lambda x, y: 2 * x + y, AGREED)
    assert message == "wrong result: double(1, 1) returned 3, expected a ValueError: they are equal"


def test_to_raise_something_else_there_is_wrong():
    def also(x, y):
        return 2 * x + y if x != y else {}[x]

    assert told(also, AGREED).startswith("error: double(1, 1) raised KeyError: 1; expected a ValueError\n")


def test_to_raise_it_elsewhere_is_a_wrong_result_and_not_an_accident():
    def also(x, y):
        raise ValueError("I don't know")

    reached = verdict(also, AGREED)
    assert "raised ValueError: I don't know; expected " in reached.checks["correct"].message
    assert reached.checks["safe"].status == "passed"


# What is not the function's own


def test_a_changed_argument_is_not_safe():
    def drains(x, y):
        total = 0
        while x:
            total += x.pop()
        return total + y

    reached = verdict(drains, lists())
    assert (reached.status, reached.stars) == ("failed", 1)
    assert reached.checks["safe"].message == (
        "changed-input: double([1, 1], 0) changed its argument x from [1, 1] to []; arguments are only to be read"
    )


def test_a_changed_array_is_not_safe_however_deep_it_stands():
    rule = doubled(
        cases=lambda: NUMBERS.map(lambda drawn: {"x": (np.array(drawn),), "y": 0}),
        reference=lambda x, y: int(x[0].sum()),
    )

    def changes(x, y):
        total = x[0].sum()
        x[0][0] += 1
        return total

    assert verdict(changes, rule).checks["safe"].message.startswith("changed-input: ")


def test_each_call_gets_arguments_of_its_own():
    """So that one call's changes are not another one's mistake."""

    def drains(x, y):
        total = sum(x) + y
        x.clear()
        return total

    assert verdict(drains, lists()).checks["correct"].status == "passed"


def same(arguments, expected, given):
    return None if np.array_equal(expected, given) else "returned something else"


ARRAYS = {
    "cases": lambda: NUMBERS.map(lambda drawn: {"x": np.array(drawn), "y": 0}),
    "reference": lambda x, y: x,
    "compare": same,
}


@pytest.mark.parametrize("own_memory", [True, False])
def test_a_result_may_have_to_be_new(own_memory):
    rule = doubled(**ARRAYS, own_memory=own_memory)
    assert verdict(lambda x, y: x.copy(), rule).solved
    for shares in (lambda x, y: x, lambda x, y: x[:]):
        assert verdict(shares, rule).solved is not own_memory
    assert (
        verdict(lambda x, y: x, doubled(**ARRAYS, own_memory=True))
        .checks["safe"]
        .message.startswith("shared-memory: double([1, 1], 0) returned an array that shares memory with its argument x")
    )


# Other kinds of results


def test_results_may_be_floats_and_arguments_functions():
    """As the puzzles about gradients will have it."""

    def close(arguments, expected, given):
        return None if abs(given - expected) < 1e-6 else f"returned {given:.3f}, expected {expected:.3f}"

    def square(x):
        return x * x

    rule = Rule(
        name="derivative",
        parameters=("f", "x"),
        reference=lambda f, x: 2.0 * x,
        cases=lambda: st.sampled_from((1.0, 3.0)).map(lambda x: {"f": square, "x": x}),
        compare=close,
    )
    assert verdict(lambda f, x: (f(x + 1e-4) - f(x - 1e-4)) / 2e-4, rule).solved
    assert told(lambda f, x: f(x + 1) - f(x), rule) == (
        "wrong result: derivative(square, 1.0) returned 3.000, expected 2.000"
    )


ACCEPTED_INTS = [5, np.int64(5), np.uint8(5), np.array(5)]

REFUSED_INTS = {
    "returned 4, expected 5": 4,
    "returned 5.0, a float; expected the int 5: use // instead of /": 5.0,
    "returned 2.5, a float; expected the int 5: use // instead of /": np.float32(2.5),
    "returned True, a bool; expected the int 5": True,
    "returned nothing; expected the int 5: is there a return at the end?": None,
    "returned (5,), a tuple; expected the int 5": (5,),
    "returned [5], an array; expected the int 5": np.array([5]),
    "returned '5', a str; expected the int 5": "5",
    "returned a complex number; expected the int 5": 5 + 0j,
    "returned a generator object; expected the int 5: put tuple(...) around it": (x for x in (5,)),
}


@pytest.mark.parametrize("given", ACCEPTED_INTS, ids=repr)
def test_an_int_is_an_int_whoever_made_it(given):
    assert answers.an_int({}, 5, given) is None


@pytest.mark.parametrize(("sentence", "given"), REFUSED_INTS.items(), ids=REFUSED_INTS)
def test_what_is_no_int_is_named(sentence, given):
    assert answers.an_int({}, 5, given) == sentence


ACCEPTED_SEQUENCES = [(1, 2), [1, 2], range(1, 3), np.array([1, 2], np.int8), (np.int64(1), 2), np.array([1, 2])]

REFUSED_SEQUENCES = {
    "returned (2, 1), expected (1, 2)": (2, 1),
    "returned (1,), which has 1 entry; expected (1, 2)": (1,),
    "returned [1, 2, 3], which has 3 entries; expected (1, 2)": np.array([1, 2, 3]),
    "returned (1, 2.0), where entry 1 is 2.0, a float; expected (1, 2): use // instead of /": (1, 2.0),
    "returned [1.0, 2.0], an array of floats; expected (1, 2): np.zeros(n, np.int64) makes one of ints": np.array(
        [1.0, 2.0]
    ),
    "returned (1, True), where entry 1 is True, a bool; expected (1, 2)": (1, True),
    "returned [[1, 2]], an array with 2 dimensions; expected (1, 2)": np.array([[1, 2]]),
    "returned ([1, 2],), where entry 0 is [1, 2], a list; expected (1, 2)": ([1, 2],),
    "returned 1, an int; expected (1, 2)": 1,
    "returned nothing; expected (1, 2): is there a return at the end?": None,
    "returned a list_reverseiterator object; expected (1, 2): put tuple(...) around it": reversed([2, 1]),
    "returned a set; expected (1, 2)": {1, 2},
    "returned '12', a str; expected (1, 2)": "12",
}


@pytest.mark.parametrize("given", ACCEPTED_SEQUENCES, ids=repr)
def test_a_sequence_is_a_sequence_whatever_holds_it(given):
    assert answers.ints({}, (1, 2), given) is None


@pytest.mark.parametrize(("sentence", "given"), REFUSED_SEQUENCES.items(), ids=REFUSED_SEQUENCES)
def test_what_is_no_such_sequence_is_named(sentence, given):
    assert answers.ints({}, (1, 2), given) == sentence


def test_of_no_entries_the_dtype_does_not_matter():
    assert answers.ints({}, (), np.zeros(0)) is None


def holds_itself():
    strange = [1, 2]
    strange.append(strange)
    return strange


@pytest.mark.parametrize(
    "given", [list(range(10**6)), "x" * 10**6, 10**6000, (10**6000, 2), holds_itself(), np.arange(10**6)], ids=type
)
def test_what_is_long_is_not_shown_whole(given):
    assert len(answers.ints({}, (1, 2), given)) < 500


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (((2, 3), (1, 2), 5), None),
        ([np.array([2, 3]), [1, 2], np.int64(5)], None),
        (((3, 2), (1, 2), 5), "the shape is wrong"),
        (((2, 3), (2, 1), 5), "the strides are wrong"),
        (((2, 3), (1,), 5), "there must be a stride for each size"),
        (((2, 3), (1, 2), 0), "the start is wrong"),
        (((2, 3), (1, 2)), "which has 2 entries"),
        (((2, 3), (1, 2), 5.0), "where the start is 5.0, a float"),
        (((2, 3), 1, 5), "where the strides are 1, an int"),
        (((2, 3.0), (1, 2), 5), "where entry 1 of the shape is 3.0, a float"),
        (None, "is there a return"),
    ],
    ids=repr,
)
def test_of_a_view_it_is_said_what_is_wrong(given, wrong):
    said = answers.a_view({}, ((2, 3), (1, 2), 5), given)
    assert said is None if wrong is None else wrong in said


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (((1, 3), (9, 1), 0), ((1, 3), (0, 1), 0)),
        (((0, 3), (3, 1), 0), ((0, 3), (7, 7), 4)),
        (((), (), 2), ((), (), 2)),
    ],
)
def test_strides_along_which_nobody_steps_do_not_matter(expected, given):
    assert answers.a_view({}, expected, given) is None


# Several functions

TWO = (doubled(), doubled(name="triple", reference=lambda x, y: 3 * x + y))


@pytest.fixture
def file(tmp_path):
    """Writes a puzzle file and returns its path."""

    def write(text, name="puzzle27_views.py"):
        path = tmp_path / name
        path.write_text(HEAD + text)
        return path

    return write


SOLVED = (bundled("solutions") / "part4_strides/puzzle27_views.py").read_text()
FUNCTIONS = ("transpose", "take_row", "every_other", "flatten_or_fail")


def with_broken(*names):
    """The solution of puzzle 27 in which these functions return nothing."""
    text = SOLVED
    for name in names:
        text = re.sub(rf"(def {name}\(.*\):\n)", r"\1    return 0\n", text)
    return text


def with_stubs(*names):
    text = SOLVED
    for name in names:
        text = re.sub(rf"(def {name}\(.*\):\n)(    .*\n|\n(?=    ))+", r"\1    pass\n", text)
    return text


def test_each_function_has_a_mark_of_its_own(file):
    reached = check_file(file(with_stubs("every_other").replace("row * strides[0]", "row * strides[-1]")))
    assert dict(reached.functions) == {
        "transpose": "passed",
        "take_row": "failed",
        "every_other": "not-started",
        "flatten_or_fail": "passed",
    }
    assert (reached.status, reached.stars) == ("failed", 0)
    assert full_text(reached).splitlines()[:2] == [
        "puzzle 27 · views   ☆☆☆   correct ✗   safe –",
        "  transpose ✓   take_row ✗   every_other –   flatten_or_fail ✓",
    ]
    assert "wrong result: take_row(" in reached.checks["correct"].message


def test_all_that_is_left_is_named(file):
    reached = check_file(file(with_stubs("every_other", "take_row")))
    assert reached.checks["correct"].message == "not written yet: take_row, every_other"
    assert reached.status == "failed"


def test_a_verdict_on_several_functions_survives_its_journey(file):
    reached = check_file(file(with_stubs("every_other")))
    there = json.loads(json.dumps(reached.to_json()))
    assert there["functions"]["every_other"] == "not-started"
    assert Verdict.from_json(there, reached.path) == reached
    with pytest.raises(ValueError):
        Verdict.from_json({**there, "functions": {"every_other": "lost"}})


def test_all_of_them_solve_the_puzzle(file):
    reached = check_file(file(SOLVED))
    assert (reached.status, reached.stars) == ("solved", 3)
    assert set(reached.functions.values()) == {"passed"}


def test_nothing_but_stubs_is_not_started(file):
    reached = check_file(file(with_stubs(*FUNCTIONS)))
    assert (reached.status, reached.checks, reached.functions) == ("not-started", {}, {})


def test_any_of_them_checks_them_all(file):
    path = file(SOLVED)
    load(path)
    module = next(each for each in list(sys.modules.values()) if getattr(each, "__file__", None) == str(path))
    assert module.take_row.check() == module.flatten_or_fail.check() == check_file(path)
    assert module.take_row((2, 3), (3, 1), 1) == ((3,), (1,), 3)


@pytest.mark.parametrize(
    ("change", "complaint"),
    {
        "one is missing": (
            lambda text: text[: text.rindex("@puzzle")],
            'lacks flatten_or_fail. It should hold:\n    @puzzle("views")\n    def flatten_or_fail(shape, strides):',
        ),
        "one is misspelt": (
            lambda text: text.replace("def take_row", "def takerow"),
            "asks for no function takerow; did you mean take_row?",
        ),
        "one is a stranger": (
            lambda text: text + '\n\n@puzzle("views")\ndef zzz(x):\n    pass\n',
            "asks for no function zzz; its functions are transpose, take_row, every_other and flatten_or_fail.",
        ),
        "one is there twice": (
            lambda text: text + '\n\n@puzzle("views")\ndef take_row(shape, strides, row):\n    pass\n',
            "take_row is there twice (lines ",
        ),
        "one has no decorator": (
            lambda text: text.replace('@puzzle("views")\ndef take_row', "def take_row"),
            '@puzzle("views") is missing above the function take_row.',
        ),
        "one has other parameters": (
            lambda text: text.replace("(shape, strides, row):", "(shape, row, strides):"),
            "the parameters of take_row must be (shape, strides, row), in this order; yours are (shape, row, strides).",
        ),
        "one has a star": (
            lambda text: text.replace("def transpose(shape, strides)", "def transpose(shape, *strides)"),
            "the parameters of transpose must be (shape, strides)",
        ),
        "one is a kernel": (
            lambda text: "from numba import cuda\n" + text.replace("def transpose", "@cuda.jit\ndef transpose"),
            "transpose is a plain function and no kernel. Take the decorator @cuda.jit away.",
        ),
        "one belongs to another puzzle": (
            lambda text: text.replace('@puzzle("views")\ndef take_row', '@puzzle("position")\ndef take_row'),
            "holds 4 functions with @puzzle",
        ),
        "all belong to another puzzle": (
            lambda text: text.replace('"views"', '"position"'),
            'Make it @puzzle("views").',
        ),
        "one is no function": (
            lambda text: text.replace("def transpose(shape, strides):\n    return", "class transpose:\n    x = 0  #"),
            '@puzzle("views") must stand above a function; transpose is a class.',
        ),
        "there is nothing": (
            lambda text: "",
            '    @puzzle("views")\n    def take_row(shape, strides, row):\n',
        ),
    }.values(),
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_what_is_wrong_with_a_file_is_said(file, change, complaint):
    text = change(SOLVED.partition('"""\n\n')[2])
    with pytest.raises(LoadError) as caught:
        load(file(text))
    assert complaint in str(caught.value)


def test_one_function_may_have_any_name(file):
    text = '@puzzle("position")\ndef mine(index, strides):\n    return sum(i * s for i, s in zip(index, strides))\n'
    assert check_file(file(text, "puzzle23_position.py")).solved


def test_one_function_there_twice_is_refused_too(file):
    text = '@puzzle("position")\ndef {}(index, strides):\n    return 0\n\n\n'
    for names in (("position", "position"), ("position", "mine")):
        with pytest.raises(LoadError, match="Keep one"):
            load(file("".join(map(text.format, names)), "puzzle23_position.py"))


# Stubs

STUBS = [
    "pass",
    "...",
    "raise NotImplementedError",
    "raise NotImplementedError('later')",
    '"""Later."""',
    "return None",
]
NO_STUBS = [
    "return 0",
    "raise ValueError",
    "x = 1",
    "return index",
    "pass\nreturn 1",
    "raise",
    "for i in index:\n    pass",
]


@pytest.mark.parametrize("body", [*STUBS, *NO_STUBS])
def test_a_function_that_does_nothing_is_a_stub(file, body):
    text = f'@puzzle("position")\ndef position(index, strides):\n{textwrap.indent(body, "    ")}\n'
    path = file(text, "puzzle23_position.py")
    assert is_untouched(load(path)) == (body in STUBS)
    assert text_is_untouched(path.read_text(), spec_of("position")) == (body in STUBS)
    assert (check_file(path).status == "not-started") == (body in STUBS)


def test_of_several_all_have_to_be_stubs(file):
    views = spec_of("views")
    assert text_is_untouched(file(with_stubs(*FUNCTIONS)).read_text(), views)
    assert not text_is_untouched(file(with_stubs(*FUNCTIONS[1:])).read_text(), views)
    assert not text_is_untouched("def transpose(:", views)


# Where a function has to compile

OFFSET = (bundled("solutions") / "part4_strides/puzzle26_offset.py").read_text()


def test_a_function_that_has_to_compile_has_four_checks(file):
    reached = check_file(file(OFFSET, "puzzle26_offset.py"))
    assert (reached.status, reached.stars) == ("solved", 3)
    assert {name: check.status for name, check in reached.checks.items()} == dict.fromkeys(
        ("correct", "safe", "numba", "compiles"), "passed"
    )


def test_what_numba_refuses_is_not_solved(file):
    text = OFFSET.replace("place = 0", "place = sum(x for x in ())")
    reached = check_file(file(text, "puzzle26_offset.py"))
    assert reached.status == "failed"
    assert {name: check.status for name, check in reached.checks.items()} == {
        "correct": "passed",
        "safe": "passed",
        "numba": "skipped",
        "compiles": "failed",
    }
    assert "does not compile: " in reached.checks["compiles"].message


def test_a_wrong_function_is_compiled_and_not_run(file, monkeypatch):
    monkeypatch.setattr(function_numba.Pending, "run", None)
    reached = check_file(file(OFFSET.replace("% shape", "// shape"), "puzzle26_offset.py"))
    assert reached.checks["compiles"].status == "passed"
    assert reached.checks["numba"] == Check("skipped", "only once it is correct and safe")


@pytest.mark.parametrize(
    ("report", "status", "message"),
    [
        (
            Report("passed", results=(Result(99, ()),)),
            "failed",
            "compiled by numba, offset(1, [2, 3], [3, 1]) returned 99",
        ),
        (Report("failed", "it crashed", 34), "failed", "numba says: it crashed\n  puzzle26_offset.py:34"),
        (Report("skipped", "numba was lost"), "skipped", "numba was lost"),
    ],
    ids=["differs", "crashes", "is lost"],
)
def test_what_the_compiled_function_does_is_a_check(file, monkeypatch, report, status, message):
    def run(self):
        each = report.results[:1]
        arguments = tuple(np.array(given) for given in (1, [2, 3], [3, 1]))
        return Report(
            report.status, report.message, report.line, tuple(Result(one.value, arguments) for one in each) * 3
        )

    monkeypatch.setattr(function_numba.Pending, "run", run)
    reached = check_file(file(OFFSET, "puzzle26_offset.py"))
    assert reached.checks["numba"].status == status
    assert message.split("offset(")[0] in reached.checks["numba"].message
    assert "returned 99" in reached.checks["numba"].message or "99" not in message
    assert reached.solved == (status == "skipped")


def test_of_several_functions_only_some_may_have_to_compile(file, monkeypatch):
    """Without any that is written there is nothing to compile; else the worst counts."""
    compiled = {"name": "double", "examples": lambda: ({"x": 1, "y": 2},)}
    plain = TWO[1]

    def of(text):
        path = file(text, "puzzle03_blocks.py")
        spec = FunctionSpec(900, "blocks", "part90_tests", ("", "", ""), (doubled(**compiled), plain))
        monkeypatch.setattr(sys.modules[FunctionPuzzle.__module__], "spec_of", lambda name: spec)
        monkeypatch.setattr(checks_table, "spec_for", lambda file: None)
        reached = load(path).check()
        assert list(reached.checks) == list(spec.checks)
        return {name: check.status for name, check in reached.checks.items()}, dict(reached.functions)

    double = '@puzzle("blocks")\ndef double(x, y):\n    {}\n\n\n'
    triple = '@puzzle("blocks")\ndef triple(x, y):\n    return 3 * x + y\n'
    checks, functions = of(double.format("pass") + triple)
    assert (checks["correct"], checks["safe"], checks["compiles"]) == ("failed", "skipped", "skipped")
    assert functions == {"double": "not-started", "triple": "passed"}
    checks, functions = of(double.format("return x + y + x") + triple)
    assert set(checks.values()) == set(functions.values()) == {"passed"}
    checks, functions = of(double.format("return sum(i for i in (x, x, y))") + triple)
    assert checks["compiles"] == "failed"


# Around it


def test_the_stars_of_checks_that_are_absent_come_with_those_before():
    def stars(**checks):
        return Verdict("doubles", 900, "failed", {name: Check(status) for name, status in checks.items()}).stars

    assert stars(correct="passed", safe="passed") == 3
    assert stars(correct="passed", safe="failed") == 1
    assert stars(correct="failed", safe="passed") == 0
    assert stars(correct="passed", safe="passed", efficient="failed") == 2
    assert stars() == 0


@pytest.fixture
def workbook(pytester, monkeypatch):
    """A folder with puzzle 26 and 27, solved and not."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    part = pytester.mkdir("puzzles") / "part4_strides"
    part.mkdir()
    (part / "puzzle26_offset.py").write_text(OFFSET)
    (part / "puzzle27_views.py").write_text(with_broken("take_row"))
    return pytester


PLUGINS = ("-p", "minigrad.workbook.pytest_plugin", "-p", "no:cacheprovider", "-W", "ignore:Module already")


def test_pytest_has_an_item_for_each_check_that_applies(workbook):
    listed = workbook.runpytest_inprocess(*PLUGINS, "--collect-only", "-q", "puzzles").stdout.str()
    assert re.findall(r"::(puzzle\S+)", listed) == [
        *(f"puzzle26_offset[{check}]" for check in ("correct", "safe", "numba", "compiles")),
        *(f"puzzle27_views[{check}]" for check in ("correct", "safe")),
    ]


def test_pytest_shows_every_functions_mark(workbook):
    result = workbook.runpytest_inprocess(*PLUGINS, "puzzles", "-k", "puzzle27")
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*transpose ✓   take_row ✗   every_other ✓   flatten_or_fail ✓*"])
    result.stdout.fnmatch_lines(["puzzle 27 · views ☆☆☆  failing"])


def test_pytest_is_content_with_a_solved_one(workbook):
    result = workbook.runpytest_inprocess(*PLUGINS, "puzzles", "-k", "puzzle26")
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["puzzle 26 · offset ★★★"])


def test_status_and_hints_know_functions(workbook, monkeypatch, capsys):
    from typer.testing import CliRunner

    from minigrad.workbook.cli import app

    monkeypatch.chdir(workbook.path)
    shown = CliRunner().invoke(app, ["status"]).output
    assert re.search(r"26  offset +★★★", shown)
    assert re.search(r"27  views +☆☆☆   correct ✗", shown)
    assert "1 of 2 solved, 3 of 6 stars" in shown
    hint = CliRunner().invoke(app, ["hint", "views", "2"]).output
    assert hint.startswith("puzzle 27 · views   hint 2 of 3")
    assert Path(workbook.path / ".minigrad").is_dir()
    assert CliRunner().invoke(app, ["status"]).output == shown  # as it is remembered


def test_nothing_is_collected_during_a_call_since_callbacks_have_no_room_in_a_deep_recursion():
    collections = []

    def double(x, y):
        before = len(collections)
        kept = [[] for _ in range(5000)]  # more than it takes
        assert kept and len(collections) == before, "collected"
        return 2 * x + y

    gc.callbacks.append(lambda phase, info: collections.append(phase))
    try:
        assert verdict(double).solved
        assert gc.isenabled()
    finally:
        gc.callbacks.pop()
