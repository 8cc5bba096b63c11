"""The page that ``minigrad show`` writes, opened from the disk without a network, and moved with keys and choices."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import PHONE, expect
from contrast import ENOUGH, contrasts

from minigrad.draw.pages import player
from minigrad.workbook.live import live_threads
from minigrad.workbook.load import load

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[2]
DOT = ROOT / "solutions" / "part3_reduce" / "puzzle15_dot.py"
NO_GUARD = ROOT / "tests" / "mistakes" / "kernels" / "part1_map" / "blocks" / "no_guard.py"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """The address of the page for an answer, which the command writes when it is first asked for."""
    folder = tmp_path_factory.mktemp("pages")

    def address(answer: Path) -> str:
        file = folder / f"{answer.stem}.html"
        if not file.exists():
            command = [sys.executable, "-m", "minigrad", "show", str(answer), "--no-open", "--output", str(file)]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return file.as_uri()

    return address


@pytest.fixture(autouse=True)
def without_a_request(outside: list[str], complaints: list[str]) -> Iterator[None]:
    yield
    assert outside == [] and complaints == []


def cells(where: Page | Locator, text: str) -> Locator:
    """The cells of arrays in the step's picture in which this stands, and nothing else."""
    return where.locator(".mg-player .mg-cell:visible").get_by_text(text, exact=True)


def test_a_step_changes_a_cell(new_page: Callable[..., Page], written: Callable[[Path], str]) -> None:
    page = new_page()
    page.goto(written(DOT))
    expect(cells(page, "10")).to_have_count(1)  # b[0]
    slider = page.get_by_label("Step", exact=True)
    for caption in ("reads a[0]", "reads b[0]", "writes products[0] = 10, line 42"):
        slider.press("ArrowRight")
        expect(page.locator(".mg-caption:visible")).to_contain_text(f"Thread 0 of block 0 {caption}")
    expect(cells(page, "10")).to_have_count(2)
    expect(page.locator(".mg-player .mg-line.mg-now")).to_contain_text("products[t] = a[t] * b[t]")
    slider.press("ArrowLeft")
    expect(cells(page, "10")).to_have_count(1)
    slider.press("End")
    expect(cells(page, "910")).to_have_count(1)
    expect(page.get_by_role("button", name="Next")).to_be_disabled()


def test_the_steps_of_one_thread(new_page: Callable[..., Page], written: Callable[[Path], str]) -> None:
    page = new_page()
    page.goto(written(DOT))
    page.get_by_role("combobox", name="Thread").select_option(label="5")
    for caption in ("reads a[5]", "reads b[5]", "writes products[5]"):
        page.get_by_role("button", name="Next").click()
        expect(page.locator(".mg-caption:visible")).to_contain_text(f"Thread 5 of block 0 {caption}")


def test_a_step_has_an_address(new_page: Callable[..., Page], written: Callable[[Path], str]) -> None:
    page = new_page()
    page.goto(f"{written(DOT)}#step=3")
    expect(page.locator(".mg-caption:visible")).to_contain_text("Thread 0 of block 0 writes products[0] = 10")
    page.get_by_label("Step", exact=True).press("ArrowRight")
    assert page.url.endswith("#step=4")


def test_it_plays_until_the_end(new_page: Callable[..., Page], written: Callable[[Path], str]) -> None:
    page = new_page()
    page.clock.install()
    page.goto(written(NO_GUARD))
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.clock.run_for(60_000)
    expect(page.locator(".mg-caption:visible")).to_contain_text("The end: 2 faults.")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_wrong_kernel_is_shown_in_red(
    new_page: Callable[..., Page], written: Callable[[Path], str], dark: bool
) -> None:
    page = new_page(dark=dark)
    page.goto(written(NO_GUARD))
    expect(page.locator("main > svg")).to_contain_text("out-of-bounds: thread 1 of block 0 read a[1]")
    page.get_by_label("Step", exact=True).press("End")
    for wrong in (page.locator("main > svg .mg-outside rect"), page.locator(".mg-player .mg-outside:visible rect")):
        expect(wrong).to_have_count(2)
        colour = wrong.first.evaluate("box => getComputedStyle(box).stroke.match(/[0-9]+/g).map(Number)")
        assert colour[0] > max(colour[1:3]) + 60
    assert [word for word, ratio in contrasts(page) if ratio < ENOUGH] == []


@pytest.mark.parametrize("answer", [DOT, NO_GUARD], ids=["right", "wrong"])
def test_a_page_fits_a_phone(new_page: Callable[..., Page], written: Callable[[Path], str], answer: Path) -> None:
    page = new_page(phone=True)
    page.goto(written(answer))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_without_scripts_the_last_step_is_there_too(
    new_page: Callable[..., Page], written: Callable[[Path], str]
) -> None:
    page = new_page(scripts=False)
    page.goto(written(DOT))
    expect(page.locator(".mg-caption").last).to_contain_text("The end")
    expect(page.get_by_label("Step", exact=True)).to_be_hidden()


def test_two_players_in_one_page_go_their_own_ways(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.set_content("<!doctype html>" + "".join(player(live_threads(load(each)).run) for each in (DOT, NO_GUARD)))
    one, other = page.locator(".mg-player").all()
    before = other.inner_html()
    one.get_by_label("Step", exact=True).press("ArrowRight")
    expect(one.locator(".mg-caption:visible")).to_contain_text("Thread 0 of block 0 reads a[0]")
    assert other.inner_html() == before
