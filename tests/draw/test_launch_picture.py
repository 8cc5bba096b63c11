"""The picture of a launch: which cells, threads and arrows are in it, and what it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from runs import add_ten, all_kinds, arange, blank, block_sum, run, transposed
from svg import SVG, arrows, classes, groups, root, texts, words

from minigrad.draw.launch import WIDTH, launch_picture, standing

pytestmark = pytest.mark.on_one_python

KINDS = all_kinds()


def threads(picture, *kinds):
    return texts(picture, "mg-thread", *kinds)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_launch_can_be_drawn_and_says_how_it_stands(kind):
    picture = launch_picture(KINDS[kind])
    said = " ".join(words(picture))
    assert standing(KINDS[kind])[0] in said
    assert picture.title == f"{KINDS[kind].title}: {KINDS[kind].launch}"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_drawn_outside_the_picture(kind):
    picture = launch_picture(KINDS[kind])

    def reach(element, x, y):
        moved = (element.get("transform") or "translate(0,0)").removeprefix("translate(").removesuffix(")")
        dx, dy = map(float, moved.split(","))
        if element.tag == f"{SVG}rect":
            left, top = float(element.get("x") or 0), float(element.get("y") or 0)
            width, height = float(element.get("width") or 0), float(element.get("height") or 0)
            yield x + left, y + top
            yield x + left + width, y + top + height
        for child in element:
            yield from reach(child, x + dx, y + dy)

    points = [*reach(root(picture), 0, 0), (0, 0)]
    assert min(x for x, _ in points) >= 0 and min(y for _, y in points) >= 0
    assert max(x for x, _ in points) <= picture.width + 1 and max(y for _, y in points) <= picture.height + 1


def test_each_thread_of_a_map_has_a_thin_arrow_from_its_input_and_a_thick_one_to_its_output():
    picture = launch_picture(KINDS["right"])
    thick = arrows(picture, "mg-write")
    assert len(thick) == 9
    assert len(arrows(picture)) - len(thick) == 9


def test_threads_with_nothing_to_do_look_idle():
    assert threads(launch_picture(KINDS["right"]), "mg-idle") == ["1", "2", "3"]


def test_a_thread_and_its_arrows_have_the_colour_of_its_number():
    picture = launch_picture(KINDS["right"])
    assert len(arrows(picture, "mg-t0")) == 3 * 2  # thread 0 of three blocks
    assert [each.find(f"{SVG}text").text for each in groups(picture, "mg-thread", "mg-t2")] == ["2"] * 3


def test_a_cell_outside_an_array_is_drawn_red_beyond_its_end_with_the_arrow_that_wanted_it():
    picture = launch_picture(KINDS["outside"])
    assert len(groups(picture, "mg-outside")) == 2 * 3
    assert len(arrows(picture, "mg-wrong")) == 2 * 3
    assert len(threads(picture, "mg-wrong")) == 3
    assert any("out-of-bounds" in line for line in words(picture))


def test_shared_memory_is_shown_at_each_barrier():
    picture = launch_picture(run(block_sum, 1, 4, blank(1), arange(4), 4, expected={"out": np.array([6.0])}))
    said = words(picture)
    assert said.count("barrier") == 3
    assert said.count("sums") == 3
    row = [each.find(f"{SVG}text").text for each in groups(picture, "mg-cell")]
    assert row == [*"0123", *"0123", *"2423", *"6423", "6"]  # a, then sums after each barrier, then out


def test_what_is_read_and_nobody_wrote_looks_unwritten_and_wrong():
    assert texts(launch_picture(KINDS["unwritten"]), "mg-cell", "mg-unwritten", "mg-wrong") == ["·"] * 2


def test_both_threads_of_a_race_are_red_in_the_phase_in_which_they_met():
    picture = launch_picture(KINDS["race"])
    assert len(threads(picture, "mg-wrong")) >= 2
    assert len(arrows(picture, "mg-write", "mg-wrong")) >= 2


def test_atomics_are_thick_and_dashed():
    assert len(arrows(launch_picture(KINDS["atomic"]), "mg-write", "mg-dashed")) == 6


def test_wrong_cells_stand_beside_what_they_should_be():
    picture = launch_picture(run(add_ten, 1, 4, blank(4), arange(4), 4, expected={"out": np.array([10, 1, 12, 3.0])}))
    said = words(picture)
    assert "yours" in said and "minigrad" in said
    assert "✗ 2 cells differ from minigrad" in said
    assert texts(picture, "mg-cell", "mg-wrong").count("11") == 2  # in the block and below


def test_an_agreeing_launch_says_so_and_has_nothing_red():
    picture = launch_picture(KINDS["tree"])
    assert "✓ agrees with minigrad" in words(picture)
    red = {"mg-wrong", "mg-outside", "mg-bad"}
    assert not [each for each in root(picture).iter() if red & classes(each)]


def test_an_input_that_was_written_is_shown_before_and_afterwards():
    def doubled(out, a):
        a[0] = a[0] * 2
        out[0] = a[0]

    spoilt = replace(
        run(doubled, 1, 1, blank(1), arange(2) + 1, expected={"out": arange(1) + 1}), spoilt={"a": ((0,),)}
    )
    picture = launch_picture(spoilt)
    assert "a is an input and was changed" in " ".join(words(picture))
    assert {"before", "afterwards"} <= set(words(picture))


def test_a_plane_of_threads_stands_between_its_matrices_and_one_thread_has_arrows():
    picture = launch_picture(run(transposed, 1, (3, 4), blank(3, 4), arange(12).reshape(4, 3)))
    assert len(threads(picture)) == 12
    assert len(arrows(picture)) == 2
    assert len(arrows(picture, "mg-write")) == 1


def test_many_threads_are_summarised():
    picture = launch_picture(KINDS["many threads"])
    assert len(threads(picture)) < 60
    assert len(picture.svg) < 100_000
    assert picture.width < WIDTH * 1.2
    assert "⋯" in words(picture)


def test_of_many_blocks_those_with_something_wrong_are_shown():
    expected = arange(64) + 10
    expected[50] = 0
    picture = launch_picture(run(add_ten, 16, 4, blank(64), arange(64), 64, expected={"out": expected}))
    said = words(picture)
    assert "block 12" in said
    assert any(line.startswith("Not shown: 10 other blocks") for line in said)


def test_an_error_of_the_kernel_is_told_with_its_line():
    said = words(launch_picture(KINDS["raising"]))
    assert any("NoneType" in line for line in said)
    assert any(line.startswith("line ") for line in said)


def test_counters_of_the_busiest_thread_are_told():
    said = " ".join(words(launch_picture(KINDS["tree"])))
    assert "busiest thread: 1 read, 1 write, 7 reads and 4 writes of shared memory, 4 barriers" in said


def test_a_loop_of_the_processors_has_iterations_for_threads():
    said = words(launch_picture(KINDS["loops"]))
    assert "iterations" in said and "loop 1" in said and "threads" not in said


def test_the_same_run_gives_the_same_picture():
    again = all_kinds()["tree"]
    assert launch_picture(again).svg == launch_picture(KINDS["tree"]).svg
