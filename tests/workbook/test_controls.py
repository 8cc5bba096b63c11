"""What a reader may change of what is shown: each choice makes a case, and the controls start at the one shown."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn_cases import drawn_from
from hypothesis import strategies as st
from typed_in import views

import minigrad
from minigrad.draw.run import Calls, Run
from minigrad.workbook.checks import all_specs, spec_of
from minigrad.workbook.checks.launches import Launch, case_of
from minigrad.workbook.checks.tables import Tables, tables
from minigrad.workbook.controls import Controls
from minigrad.workbook.found import keep
from minigrad.workbook.function_trial import Call
from minigrad.workbook.live import live
from minigrad.workbook.load import load
from minigrad.workbook.puzzle import FunctionPuzzle
from minigrad.workbook.spec import FunctionSpec, KernelSpec, Rule

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]
SOLUTIONS = sorted((ROOT / "solutions").glob("*/*.py"))

COMBINATIONS = 6

KINDS: dict[str, KernelSpec | Rule] = {
    **{spec.name: spec for spec in all_specs() if isinstance(spec, KernelSpec)},
    **{
        f"{spec.name}/{rule.name}": rule
        for spec in all_specs()
        if isinstance(spec, FunctionSpec)
        for rule in spec.rules
    },
}
"""What has cases, by name."""


def seen_of(path: Path) -> Any:
    """What there is to see of a right answer, as after a check."""
    answer = load(path)
    for each in [answer, *(answer.functions.values() if isinstance(answer, FunctionPuzzle) else ())]:
        keep(each, None)
    return live(answer)


def told(run: Run | Calls) -> str:
    return run.launch if isinstance(run, Run) else run.call


@pytest.mark.parametrize("path", SOLUTIONS, ids=[path.stem for path in SOLUTIONS])
def test_controls_start_at_what_is_shown(path):
    seen = seen_of(path)
    starts = {control.name: control.start for control in seen.controls}
    assert len(starts) == len(seen.controls) >= 1
    for control in seen.controls:
        assert control.start in control.choices and len(set(control.choices)) == len(control.choices)
        assert all(isinstance(choice, int | float | str) for choice in control.choices)
    assert told(seen.run) == told(seen.rerun()) == told(seen.rerun(**starts))


@pytest.mark.parametrize("path", SOLUTIONS, ids=[path.stem for path in SOLUTIONS])
def test_a_right_answer_agrees_whatever_is_chosen(path):
    seen = seen_of(path)
    draw = random.Random(path.stem)
    chosen = [
        {control.name: choice} for control in seen.controls for choice in (control.choices[0], control.choices[-1])
    ]
    chosen += [{each.name: draw.choice(each.choices) for each in seen.controls} for _ in range(COMBINATIONS)]
    runs = [seen.rerun(**choices) for choices in chosen]
    assert all(run.agrees for run in runs)
    assert len(set(map(told, runs))) > 1 or not isinstance(runs[0], Run)


@pytest.mark.parametrize("name", KINDS)
def test_what_a_case_was_made_of_makes_it_again(name):
    kind = KINDS[name]
    assert isinstance(kind.cases, Tables)
    for made in drawn_from(kind.cases(), 10):
        again = kind.cases.made_of(made.entries)
        if isinstance(kind, KernelSpec):
            assert (again.key, again.entries) == (made.key, made.entries)
        else:
            assert str(Call(kind, again)) == str(Call(kind, made))


@pytest.mark.parametrize("name", KINDS)
def test_a_telling_example_is_made_of_entries_that_have_a_table(name):
    cases = KINDS[name].cases
    assert isinstance(cases, Tables) and set(cases.telling) <= set(cases.tables)


def test_a_launch_follows_its_controls():
    seen = seen_of(ROOT / "solutions" / "part1_map" / "puzzle03_blocks.py")
    names = [control.name for control in seen.controls]
    assert names == ["threads in a block", "size", "blocks to spare", "values", "who goes first"]
    run = seen.rerun(**{"size": 5, "threads in a block": 2, "blocks to spare": 1, "who goes first": "last to first"})
    assert run.launch == "size=5, 4 blocks of 2 threads, last thread first"
    assert seen.rerun(values=3).before["a"].tolist() != seen.run.before["a"].tolist()


def test_numbers_go_up_whatever_order_their_table_has():
    seen = seen_of(ROOT / "solutions" / "part1_map" / "puzzle03_blocks.py")
    size = next(control for control in seen.controls if control.name == "size")
    assert list(size.choices) == sorted(size.choices) and size.choices[0] == 0


def test_a_constant_is_chosen_too():
    seen = seen_of(ROOT / "solutions" / "part3_reduce" / "puzzle13_shared.py")
    assert seen.run.trace.block == (8, 1, 1)
    run = seen.rerun(TPB=64)
    assert run.trace.block == (64, 1, 1) and run.shapes == dict.fromkeys(run.shapes, (64,)) and run.agrees


def test_a_tensor_is_laid_out_as_it_is_chosen():
    seen = seen_of(ROOT / "solutions" / "part4_strides" / "puzzle30_tensor_map.py")
    run = seen.rerun(**{"shape": "(3, 2)", "a lies": "row by row", "out lies": "column by column", "f": "neg"})
    assert run.before["a_strides"].tolist() == [2, 1] and run.before["out_strides"].tolist() == [1, 3]
    assert run.launch.startswith("f=neg") and run.agrees
    assert seen.rerun(**{"a lies": "as out"}).agrees


def test_a_choice_that_only_another_function_has_is_replaced():
    answer = views(transpose="return shape[::-1], strides[::-1], 0", take_row="return shape[1:], strides[1:], 0")
    seen = live(answer)
    assert "(0,)" in next(control.choices for control in seen.controls if control.name == "shape")
    call = seen.rerun(function="take_row", shape="(0,)")
    assert call.arguments["shape"] == (2, 3)


def test_a_case_that_was_made_by_hand_can_be_left_and_come_back_to():
    spec = spec_of("blocks")
    assert isinstance(spec, KernelSpec)
    profile = spec.profile()
    controls = Controls(spec.cases, profile, profile.entries)
    first = controls.all[0]
    assert (first.name, first.choices, first.start) == ("example", ("as found", "as chosen"), "as found")
    assert controls.case({"size": 5}) is profile
    assert controls.case({"example": "as chosen", "size": 5}).sizes() == {"size": 5}


def test_cases_without_tables_are_numbered_examples():
    def cases():
        return st.integers(0, 1000).map(lambda number: {"x": number})

    controls = Controls(cases, {"x": -1})
    assert [control.name for control in controls.all] == ["example"]
    assert controls.all[0].choices[:3] == ("as found", 1, 2)
    assert controls.case({}) == {"x": -1}
    assert [controls.case({"example": 4})] * 2 == [Controls(cases, {"x": -1}).case({"example": 4})] * 2
    assert controls.case({"example": 1}) != controls.case({"example": 2})


def test_a_choice_is_a_number_where_words_would_be_too_long():
    long = tuple((letter * 40,) for letter in "abc")
    drawn = tables(lambda name: {"name": name}, long)
    controls = Controls(drawn, drawn.made_of({"name": long[1]}), {"name": long[1]})
    assert (controls.all[0].choices, controls.all[0].start) == ((1, 2, 3), 2)
    assert controls.case({"name": 3}) == {"name": long[2]}


def test_an_entry_that_is_in_no_table_can_be_chosen_again():
    spec = spec_of("blocks")
    assert isinstance(spec, KernelSpec) and isinstance(spec.cases, Tables)
    case = spec.cases.made_of({**spec.cases.typical, "size": 1234})
    controls = Controls(spec.cases, case, case.entries)
    size = next(control for control in controls.all if control.name == "size")
    assert size.start == 1234 and size.choices[-1] == 1234
    assert controls.case({}).key == case.key


def test_a_case_is_the_same_whatever_it_was_made_of():
    case = case_of(Launch((2,), (1,), (2,)), {"a": np.arange(2), "size": 2})
    made = replace(case, entries={"size": 2})
    assert made.key == case.key and repr(made) == repr(case)
