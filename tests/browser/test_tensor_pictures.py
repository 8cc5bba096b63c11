"""Pictures of tensors, Jacobians and computations in a browser: what is pointed at lights up, and words stand out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from chromium import PHONE, expect
from contrast import ENOUGH, contrasts
from hosts import HOSTS, embedded, preference
from lab import Notebook

import minigrad
from minigrad.draw import call, graph, jacobian, map_gradient, strides, zip_gradient
from minigrad.draw.run import Calls

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[2]

BAND = np.eye(4) - 2 * np.eye(4, k=1)
LESSONS = {path.stem: path for path in sorted((ROOT / "docs/lessons/pictures").glob("*.svg"))}


@cache
def pictures() -> dict[str, str]:
    x = minigrad.tensor([1.0, 2.0], requires_grad=True)
    drawn = {
        "strides": strides(minigrad.arange(24).reshape(2, 3, 4).permute(2, 0, 1)),
        "strides of a cell": strides(minigrad.tensor([[1.5], [2.5]]).expand(2, 3), (1, 2)),
        "unused places": strides(minigrad.arange(20)[3::4], 2),
        "a Jacobian": jacobian(BAND, BAND + np.eye(4, k=-2)),
        "a spotlight": jacobian(BAND, BAND + np.eye(4, k=-2), 1),
        "a graph": graph((x * x + 1).sum(), x=x),
        "a map": map_gradient([1, 2, 3], [3, 12, 27], [1, 10, 100]),
        "a map of a matrix": map_gradient(BAND, 2 * BAND, BAND, cell=(1, 2)),
        "a zip": zip_gradient([1, 2], [3, 4], [3, 4], [1, 2], [1, 10]),
        "a wrong call": call(Calls("f", "f(x)", {"x": BAND}, (BAND, 1), (BAND.T, None), "returned the transpose")),
    }
    return {name: picture.svg for name, picture in drawn.items()} | {
        name: path.read_text(encoding="utf-8") for name, path in LESSONS.items()
    }


@pytest.fixture
def shown(new_page: Callable[..., Page]) -> Callable[[str], Page]:
    def show(name: str) -> Page:
        page = new_page()
        page.set_content(embedded(pictures()[name], "plain", False))
        return page

    return show


def fill(cell: Locator) -> str:
    return str(cell.locator("rect").evaluate("rect => getComputedStyle(rect).fill"))


def faintness(cell: Locator) -> float:
    return float(cell.locator("rect").evaluate("rect => getComputedStyle(rect).fillOpacity"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("host", list(HOSTS))
def test_all_words_stand_out(new_page: Callable[..., Page], host: str, dark: bool) -> None:
    page = new_page(dark=preference(host, dark))
    for name, svg in pictures().items():
        page.set_content(embedded(svg, host, dark))
        found = contrasts(page)
        assert found
        assert [(name, word, round(ratio, 1)) for word, ratio in found if ratio < ENOUGH] == []


def test_all_of_them_fit_a_phone(new_page: Callable[..., Page]) -> None:
    page = new_page(phone=True)
    for name, svg in pictures().items():
        page.set_content(embedded(svg, "site", False))
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], name


def test_pointing_at_a_cell_lights_up_everything_at_its_place(shown: Callable[[str], Page]) -> None:
    page = shown("strides of a cell")
    sharing = page.locator(".mg-at-0")
    assert sharing.count() == 4  # three cells, and the place
    before = fill(sharing.last)
    sharing.first.hover()
    lit = fill(sharing.last)
    assert lit != before
    assert {fill(cell) for cell in sharing.all()} == {lit}


def test_a_cell_can_be_reached_by_the_keyboard(shown: Callable[[str], Page]) -> None:
    page = shown("strides")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "[0, 0, 1] lies at place 4"
    assert fill(page.locator(".mg-at-4").last) != fill(page.locator(".mg-at-12").last)


def test_pointing_at_an_output_fades_the_others(shown: Callable[[str], Page]) -> None:
    page = shown("a Jacobian")
    cell, other = page.locator(".mg-cell.mg-out-0").first, page.locator(".mg-cell.mg-out-1.mg-positive").first
    before = faintness(cell), faintness(other)
    page.locator(".mg-pick.mg-out-0").first.hover()
    assert faintness(cell) == before[0] and faintness(other) < before[1]


def test_two_pictures_in_a_page_do_not_light_up_together(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.set_content(embedded(pictures()["strides"] + pictures()["strides of a cell"], "plain", False))
    other = page.locator("svg").nth(1).locator(".mg-at-0").last
    before = fill(other)
    page.locator("svg").first.locator(".mg-at-0").first.hover()
    assert fill(other) == before


# In a notebook

START = """
import numpy as np
import minigrad
from minigrad import draw

def mine(x):
    return np.diag([2 * x[0], 4.0])

def reference(x):
    return minigrad.jacobian(lambda x: x * x, minigrad.tensor(x))
"""


def test_sliders_move_the_chosen_cell_and_call_the_function_again(
    open_notebook: Callable[..., Notebook], outside: list[str], complaints: list[str]
) -> None:
    notebook = open_notebook(
        START,
        "draw.explore_strides(minigrad.arange(6).reshape(2, 3).T)",
        "draw.explore_jacobian(mine, [1.0, 2.0], reference)",
    )
    strided = notebook.output(1)
    expect(strided).to_contain_text("✓ tensor[0, 0] is 0, and so is place 0 of the storage")
    notebook.slider(1, "dimension 1").press("ArrowRight")
    expect(strided).to_contain_text("✓ tensor[0, 1] is 3, and so is place 3 of the storage")

    explored = notebook.output(2)
    expect(explored).to_contain_text("✓ It is the reference's.")
    notebook.slider(2, "x[1]").press("ArrowRight")
    expect(explored).to_contain_text("∂y[1]/∂x[1] is 4, expected 5")
    notebook.slider(2, "output").press("End")
    expect(explored).to_contain_text("y[1] moves with x[1] (by 4)")
    assert outside == [] and complaints == []
