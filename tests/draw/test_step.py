"""The picture of a step, and the widget that goes from one to another."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import numpy as np
import pytest
from numba import cuda
from runs import add_ten, all_kinds, arange, blank, block_sum, run

from minigrad.draw.run import Control
from minigrad.draw.scene import Scene
from minigrad.draw.stepper import step
from minigrad.draw.views import page

pytestmark = pytest.mark.on_one_python

RUNS = all_kinds()


class Drawn:
    """A step's picture, taken apart."""

    def __init__(self, html: str) -> None:
        self.tree = ET.fromstring(html.replace(' xmlns="http://www.w3.org/2000/svg"', ""))

    def having(self, *classes: str) -> list[str]:
        """The words of each group or line that has all of these classes."""
        return ["".join(each.itertext()) for each in self.elements(*classes)]

    def elements(self, *classes: str) -> Iterator[ET.Element]:
        return (each for each in self.tree.iter() if set(classes) <= set(each.get("class", "").split()))

    @property
    def caption(self) -> str:
        return self.having("mg-caption")[0]

    @property
    def words(self) -> list[str]:
        return ["".join(each.itertext()) for each in self.tree.iter("text")]


def drawn(scene: Scene, **wanted: object) -> Drawn:
    """The first step that has these attributes."""
    steps = scene.replay.steps
    number = next(k for k, each in enumerate(steps) if all(getattr(each, name) == wanted[name] for name in wanted))
    return Drawn(scene.html(number))


@pytest.mark.parametrize("name", RUNS)
def test_every_step_of_every_kind_of_run_can_be_drawn(name: str):
    scene = Scene(RUNS[name])
    for number in range(len(scene.replay.steps)):
        picture = Drawn(scene.html(number))
        assert picture.caption
        assert not re.search("[\ue000\ue001]", scene.html(number))
        assert len(list(picture.elements("mg-arrow"))) <= 1


def test_a_read_lights_its_cell_its_thread_and_its_line():
    picture = drawn(Scene(RUNS["right"]), kind="read", index=(5,))
    assert picture.caption.startswith("Thread 1 of block 1 reads a[5] = 5, line ")
    assert picture.having("mg-cell", "mg-now") == ["5"]
    assert picture.having("mg-thread", "mg-now") == ["1"]
    assert picture.having("mg-line", "mg-now") == ["        out[i] = a[i] + 10"]


def test_reads_are_thin_arrows_and_writes_thick_ones_in_the_threads_colour():
    scene = Scene(RUNS["right"])
    (read,) = drawn(scene, kind="read", index=(5,)).elements("mg-arrow")
    (write,) = drawn(scene, kind="write", index=(5,)).elements("mg-arrow")
    assert "mg-t1" in read.get("class").split() and "mg-write" not in read.get("class").split()
    assert {"mg-t1", "mg-write"} <= set(write.get("class").split())


def test_at_a_barrier_the_threads_wait_and_there_is_no_arrow():
    picture = drawn(Scene(RUNS["tree"]), kind="barrier")
    assert picture.caption.startswith("8 threads of block 0 meet at the barrier")
    assert picture.having("mg-thread", "mg-waits") == list("01234567")
    assert not list(picture.elements("mg-arrow"))


def test_a_thread_that_has_arrived_looks_as_if_it_waits():
    picture = drawn(Scene(RUNS["tree"]), kind="write", index=(3,))
    assert picture.having("mg-thread", "mg-waits") == ["0", "1", "2"]
    assert picture.having("mg-thread", "mg-now") == ["3"]


def test_memory_is_as_it_stood_with_the_unwritten_cells_of_shared_memory():
    picture = drawn(Scene(RUNS["tree"]), kind="write", index=(2,))
    assert "".join(picture.having("mg-cell", "mg-unwritten")) == "·" * (5 + 2)  # of sums, and of out


def test_a_fault_is_a_red_step_with_its_message_and_the_cell_that_does_not_exist():
    picture = drawn(Scene(RUNS["outside"]), kind="fault")
    assert picture.caption.startswith("out-of-bounds: thread 1 of block 2 read a[9]; a has 9 elements")
    assert picture.having("mg-caption", "mg-bad")
    assert picture.having("mg-outside", "mg-now") == ["[9]"]
    assert picture.having("mg-thread", "mg-wrong") == ["1"]
    assert picture.having("mg-line", "mg-wrong") == ["    out[i] = a[i] + 10"]


def test_of_a_race_both_threads_and_the_cell_are_red():
    scene = Scene(RUNS["race"])
    number = next(k for k, each in enumerate(scene.replay.steps) if each.faults)
    picture = Drawn(scene.html(number))
    assert picture.having("mg-thread", "mg-wrong") == ["0", "1"]
    assert len(picture.having("mg-cell", "mg-wrong")) == 1


def test_different_barriers_are_both_lit():
    picture = drawn(Scene(RUNS["parting"]), kind="barrier")
    assert len(picture.having("mg-line", "mg-wrong")) == 2


def test_at_the_end_the_cells_that_differ_are_marked():
    wrong = Scene(run(add_ten, 2, 4, blank(9), arange(9), 9, expected={"out": arange(9) + 10}))
    picture = drawn(wrong, kind="end")
    assert picture.caption == "The end: 1 cell of out differs from minigrad."
    assert picture.having("mg-cell", "mg-wrong") == ["·"]
    assert drawn(Scene(RUNS["right"]), kind="end").caption == "The end: out as it should be."


def test_at_the_end_an_input_that_was_changed_is_marked_too():
    given = RUNS["right"]
    changed = type(given)(**{**vars(given), "spoilt": {"a": ((4,),)}})
    picture = drawn(Scene(changed), kind="end")
    assert picture.caption == "The end: a is an input and was changed."
    assert picture.having("mg-cell", "mg-wrong") == ["4"]


def test_a_large_array_is_shown_where_something_happens():
    scene = Scene(RUNS["many threads"])
    picture = drawn(scene, kind="write", index=(280,))
    assert picture.having("mg-cell", "mg-now") == ["290"]
    assert "of 300" in picture.words
    assert len(list(picture.elements("mg-cell"))) == 64


def test_long_source_is_shown_where_something_happens():
    source = {number: f"line {number}" for number in range(1, 200)}
    given = RUNS["right"]
    far = {number + 100: line for number, line in given.source.items()}
    changed = type(given)(**{**vars(given), "source": source | given.source | far})
    picture = drawn(Scene(changed), kind="read", index=(0,))
    assert picture.having("mg-line", "mg-now") == ["        out[i] = a[i] + 10"]
    assert len(list(picture.elements("mg-line"))) == 26


@pytest.mark.parametrize("position", range(0, 50, 7))
def test_a_page_holds_what_it_is_about(position: int):
    first = page(position, 50, 10)
    assert 0 <= first <= position < first + 10 <= 50
    assert page(position, 10, 10) == 0


def test_a_step_of_64_threads_and_64_elements_stays_small():
    scene = Scene(run(block_sum, 1, 64, blank(1), arange(64), 64))
    sizes = [len(scene.html(number).encode()) for number in range(0, len(scene.replay.steps), 20)]
    assert max(sizes) < 35_000


def test_without_source_there_are_neither_lines_nor_their_numbers():
    given = RUNS["right"]
    picture = drawn(Scene(type(given)(**{**vars(given), "source": {}})), kind="read", index=(5,))
    assert picture.caption == "Thread 1 of block 1 reads a[5] = 5"
    assert len(list(picture.tree.iter("svg"))) == 1


def test_what_a_learner_wrote_cannot_break_the_markup():
    given = RUNS["right"]
    line = next(iter(given.source))
    changed = type(given)(**{**vars(given), "source": {line: 'if a < b & "c" </svg>: pass'}, "title": "<b>"})
    assert 'if a < b & "c" </svg>: pass' in Drawn(Scene(changed).html(0)).words


def test_of_a_large_block_the_threads_are_shown_among_which_something_happens():
    scene = Scene(run(add_ten, 1, 1024, blank(1024), arange(1024), 1024))
    picture = drawn(scene, kind="write", index=(700,))
    assert picture.having("mg-thread", "mg-now") == ["700"]
    assert len(list(picture.elements("mg-thread"))) == 256
    assert "of 1024" in picture.words
    assert "1 at work · 323 to come · 700 ended" in picture.words


@pytest.mark.parametrize("block", [(16, 16), (12, 20), (4, 4, 8), (32, 8)])
def test_in_a_block_of_several_dimensions_the_thread_in_question_is_always_shown(block: tuple[int, ...]):
    def first_column(out, a):
        if cuda.threadIdx.x == 0:
            out[cuda.threadIdx.y, cuda.threadIdx.z] = a[0]

    scene = Scene(run(first_column, 1, block, blank(20, 8), arange(1)))
    for number, each in enumerate(scene.replay.steps):
        if each.thread is not None:
            (now,) = Drawn(scene.html(number)).having("mg-thread", "mg-now")
            assert now == ",".join(map(str, each.thread[: len(block)]))


# The widget


def test_the_slider_shows_another_step():
    widget = step(RUNS["right"])
    assert Drawn(widget.picture.value).caption.startswith("Before the launch")
    widget.slider.value = 1
    assert Drawn(widget.picture.value).caption.startswith("Thread 0 of block 0 reads a[0]")


def test_it_plays_from_where_the_slider_is():
    widget = step(RUNS["tree"])
    widget.slider.value = 5
    assert widget.play.value == 0
    widget.play.playing = True
    assert widget.play.value == 5
    widget.slider.value = 6  # what plays moves it
    assert widget.play.value == 5
    widget.slider.value = 20  # a reader moves it
    assert widget.play.value == 20


def test_play_and_slider_begin_alike_and_go_over_the_same_steps():
    widget = step(RUNS["tree"])
    assert (widget.play.value, widget.play.max) == (widget.slider.value, widget.slider.max)
    widget.block.value = (1, 0, 0)
    assert (widget.play.value, widget.play.max) == (widget.slider.value, widget.slider.max)


def test_the_buttons_go_one_step_and_stop_at_the_ends():
    widget = step(RUNS["race"])
    widget.back.click()
    assert widget.slider.value == 0
    widget.forward.click()
    assert widget.slider.value == 1
    for _ in range(20):
        widget.forward.click()
    assert widget.slider.value == widget.slider.max
    assert Drawn(widget.picture.value).caption.startswith("The end")


def test_a_button_goes_from_fault_to_fault_where_there_are_any():
    widget = step(RUNS["race"])
    faulty = [number for number, each in enumerate(Scene(RUNS["race"]).replay.steps) if each.faults]
    visited = []
    for _ in range(len(faulty) + 1):
        widget.fault.click()
        visited.append(widget.slider.value)
    assert visited == [*faulty, faulty[0]]
    assert widget.fault.layout.display != "none"
    assert step(RUNS["right"]).fault.layout.display == "none"


def test_the_slider_goes_over_one_threads_steps_where_one_is_chosen():
    widget = step(RUNS["right"])
    widget.block.value = (1, 0, 0)
    widget.thread.value = (2, 0, 0)
    captions = []
    for number in range(widget.slider.max + 1):
        widget.slider.value = number
        captions.append(Drawn(widget.picture.value).caption)
    assert [caption.split(",")[0] for caption in captions[1:-1]] == [
        "Thread 2 of block 1 reads a[6] = 6",
        "Thread 2 of block 1 writes out[6] = 16",
    ]


def test_only_threads_that_do_anything_are_offered():
    widget = step(RUNS["right"])
    widget.block.value = (2, 0, 0)
    assert [name for name, _ in widget.thread.options] == ["all threads", "thread 0"]


def test_another_choice_runs_again_and_shows_that_run_from_its_start():
    def rerun(size: int):
        return run(add_ten, 2, 4, blank(size), arange(size), size, expected={"out": arange(size) + 10})

    widget = step(rerun(8), [Control("size", (8, 12), 8)], rerun)
    assert "agrees" in widget.verdict.value
    widget.slider.value = 3
    choose(widget, "size", 12)
    assert widget.slider.value == 0
    assert "4 cells differ from minigrad" in widget.verdict.value
    assert len(widget.run.after["out"]) == 12


def test_a_choice_that_cannot_be_run_is_said_in_words():
    def rerun(size: int):
        raise ValueError("size 9 does not fit <here>")

    widget = step(RUNS["right"], [Control("size", (8, 9), 8)], rerun)
    choose(widget, "size", 9)
    assert "size 9 does not fit &lt;here&gt;" in trouble(widget)
    widget.slider.value = 1
    assert Drawn(widget.picture.value).caption.startswith("Thread 0")


def test_where_there_are_no_widgets_it_says_what_it_is():
    assert repr(step(RUNS["right"])) == "<add_ten, step by step: 20 steps; agrees with minigrad>"


@pytest.mark.parametrize("name", RUNS)
def test_every_kind_of_run_can_be_stepped_through(name: str):
    widget = step(RUNS[name])
    widget.slider.value = widget.slider.max
    assert widget.picture.value


def test_values_of_any_size_have_room_in_their_cells():
    values = np.array([-1234567.5, 1e-30, np.nan, np.inf, -0.125], np.float64)
    scene = Scene(run(add_ten, 1, 5, np.zeros(5), values, 5))
    picture = Drawn(scene.html(0))
    assert {"-1.23e6", "1e-30", "nan", "inf", "-0.125"} <= set(picture.words)


def choose(widget, name: str, choice: object) -> None:
    """Move the control called ``name``."""
    from ipywidgets import SelectionSlider

    found = [each for each in inside(widget) if isinstance(each, SelectionSlider) and each.description == name]
    found[0].value = choice


def trouble(widget) -> str:
    from ipywidgets import HTML

    return " ".join(each.value for each in inside(widget.chooser.box) if isinstance(each, HTML))


def inside(widget) -> list:
    below = getattr(widget, "children", ())
    return [*below, *(each for child in below for each in inside(child))]
