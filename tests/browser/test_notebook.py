"""``puzzle.show()`` and ``puzzle.step()`` in JupyterLab, moved with the keys that a reader has."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import expect
from lab import Notebook

if TYPE_CHECKING:
    from playwright.sync_api import Locator

ROOT = Path(__file__).parents[2]

LOAD = f"""
from minigrad.workbook.load import load
answer = load({str(ROOT / "solutions" / "part3_reduce" / "puzzle15_dot.py")!r})
"""

NO_GUARD = """
from numba import cuda
from minigrad.workbook import puzzle

@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    out[i] = a[i] + 10
"""


def cells(where: Locator, text: str) -> Locator:
    """The cells of arrays in which this stands, and nothing else."""
    return where.locator(".mg-cell", has=where.page.get_by_text(text, exact=True))


def is_red(drawn: Locator) -> bool:
    """Whether the line around it is red, as the browser paints it."""
    red, green, blue = map(int, re.findall(r"\d+", drawn.evaluate("box => getComputedStyle(box).stroke"))[:3])
    return red > green + 60 and red > blue + 60


def test_a_puzzle_is_shown_and_stepped_through(
    open_notebook: Callable[..., Notebook], outside: list[str], complaints: list[str]
) -> None:
    notebook = open_notebook(LOAD, "answer.show()", "answer.step()")
    expect(notebook.page.locator("body")).to_have_attribute("data-jp-theme-light", "true")

    shown = notebook.output(1)
    expect(shown).to_contain_text("agrees with minigrad")
    expect(shown).to_contain_text("size=6, ")
    notebook.slider(1, "size").press("ArrowRight")
    expect(shown).to_contain_text("size=7, ")

    stepped = notebook.output(2)
    tens = cells(stepped, "10")
    expect(tens).to_have_count(1)  # b[0]
    for caption in ("reads a[0]", "reads b[0]", "writes products[0] = 10, line 42"):
        notebook.slider(2, "step").press("ArrowRight")
        expect(stepped.locator(".mg-caption")).to_contain_text(f"Thread 0 of block 0 {caption}")
    expect(tens).to_have_count(2)
    expect(stepped.locator(".mg-line.mg-now")).to_have_text("        products[t] = a[t] * b[t]")
    notebook.slider(2, "step").press("ArrowLeft")
    expect(tens).to_have_count(1)

    assert outside == [] and complaints == []


def test_it_plays_from_where_the_slider_is(
    open_notebook: Callable[..., Notebook], outside: list[str], complaints: list[str]
) -> None:
    notebook = open_notebook(LOAD, "answer.step()")
    handle, stepped = notebook.slider(1, "step"), notebook.output(1)
    for _ in range(8):
        handle.press("ArrowRight")
    readout = stepped.locator(".widget-slider", has=notebook.page.get_by_text("step", exact=True))
    expect(readout.locator(".widget-readout")).to_have_text("8")
    stepped.locator(".widget-play button").first.click()
    expect(readout.locator(".widget-readout")).to_have_text(re.compile("^(9|1[0-9])$"))
    assert outside == [] and complaints == []


def test_a_wrong_kernel_is_shown_in_red_until_a_slider_makes_it_right(
    open_notebook: Callable[..., Notebook], outside: list[str], complaints: list[str]
) -> None:
    notebook = open_notebook(NO_GUARD, "blocks.show()", "blocks.step()", dark=True)
    expect(notebook.page.locator("body")).to_have_attribute("data-jp-theme-light", "false")

    shown = notebook.output(1)
    expect(shown).to_contain_text("out-of-bounds: thread 1 of block 0 read a[1]; a has 1")
    wrong = shown.locator(".mg-outside rect")
    expect(wrong).to_have_count(2)
    assert is_red(wrong.first) and is_red(wrong.last)
    assert not is_red(shown.locator(".mg-cell:not(.mg-outside) rect").first)

    stepped = notebook.output(2)
    expect(stepped).to_contain_text("2 faults")
    notebook.slider(2, "step").press("End")
    expect(stepped.locator(".mg-caption")).to_contain_text("2 faults")
    assert is_red(stepped.locator(".mg-outside rect").first)

    for cell in (1, 2):  # two threads, two elements
        notebook.slider(cell, "size").press("ArrowRight")
        expect(notebook.output(cell)).to_contain_text("agrees with minigrad")
        expect(notebook.output(cell).locator(".mg-outside")).to_have_count(0)

    assert outside == [] and complaints == []


def test_an_answer_that_is_typed_gets_a_wrong_verdict_and_then_a_right_one(
    open_notebook: Callable[..., Notebook], outside: list[str], complaints: list[str]
) -> None:
    """As a learner of Part 1 does it, in the cells that its notebook has."""
    part = json.loads((ROOT / "docs" / "notebooks" / "part1_map.ipynb").read_text(encoding="utf-8"))
    cell = {each["id"]: "".join(each["source"]) for each in part["cells"]}
    notebook = open_notebook(cell["install"], cell["puzzle3-stub"], cell["puzzle3-check"])
    page, verdict = notebook.page, notebook.output(2)
    expect(verdict).to_contain_text("not started")

    def answer(lines: str) -> None:
        page.locator(".jp-Notebook .jp-Cell").nth(1).locator(".cm-content").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(f"{cell['puzzle3-stub']}\n{lines}")
        page.keyboard.press("Shift+Enter")  # run it, and go on to the next
        page.keyboard.press("Shift+Enter")

    answer("    out[i] = a[i] + 10")
    expect(verdict).to_contain_text("thread 1 of block 0 read a[1]; a has 1 element")
    answer("    if i < size:\n        out[i] = a[i] + 10")
    expect(verdict).to_contain_text("★★★")
    assert outside == [] and complaints == []


def test_an_error_in_a_cell_fails_the_test(open_notebook: Callable[..., Notebook]) -> None:
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        open_notebook("1 / 0")
