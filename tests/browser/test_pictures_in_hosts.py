"""A picture in the pages that it is made for: it follows their theme, its words stand out, and it fits a phone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import PHONE
from contrast import ENOUGH, contrasts
from hosts import HOSTS, embedded, preference

from minigrad.draw.look import STYLE
from minigrad.workbook.load import load

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]

ANSWERS = {
    "right": "solutions/part3_reduce/puzzle16_block_sum.py",
    "faulty": "tests/mistakes/kernels/part1_map/blocks/no_guard.py",
    "wrong": "tests/mistakes/kernels/part1_map/map_2d/transposes.py",
    "a plain function": "solutions/part4_strides/puzzle25_index.py",
    "a Jacobian": "solutions/part5_gradients/puzzle43_jacobian_mean.py",
}


@cache
def picture(answer: str) -> str:
    return str(load(ROOT / ANSWERS[answer]).show().svg)


@cache
def steps(answer: str) -> str:
    """The first, the middle and the last step."""
    stepper = load(ROOT / ANSWERS[answer]).step()
    found = f"<style>{STYLE}</style>"
    for number in (0, stepper.slider.max // 2, stepper.slider.max):
        stepper.slider.value = number
        found += str(stepper.picture.value)
    return found


PICTURES = {
    **{answer: partial(picture, answer) for answer in ANSWERS},
    **{f"steps of a {answer} kernel": partial(steps, answer) for answer in ("right", "faulty", "wrong")},
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("host", list(HOSTS))
@pytest.mark.parametrize("drawn", list(PICTURES))
def test_the_words_of_a_picture_stand_out(new_page: Callable[..., Page], drawn: str, host: str, dark: bool) -> None:
    page = new_page(dark=preference(host, dark))
    page.set_content(embedded(PICTURES[drawn](), host, dark))
    found = contrasts(page)
    assert found
    assert [(word, round(ratio, 1)) for word, ratio in found if ratio < ENOUGH] == []


@pytest.mark.parametrize("drawn", list(PICTURES))
def test_a_picture_fits_a_phone(new_page: Callable[..., Page], drawn: str) -> None:
    page = new_page(phone=True)
    page.set_content(embedded(PICTURES[drawn](), "site", False))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_picture_changes_with_the_host_s_switch(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.set_content(embedded(picture("right"), "site", False))
    ink = "getComputedStyle(document.querySelector('.mg-look text')).fill"
    light = page.evaluate(ink)
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert page.evaluate(ink) != light


def test_a_picture_leaves_the_page_around_it_alone(new_page: Callable[..., Page]) -> None:
    beside = '<svg width="60"><rect width="9" height="9"/><text id="beside">beside</text></svg>'
    page = new_page()
    page.set_content(embedded(beside, "plain", False))
    alone = page.evaluate(STYLE_OF_BESIDE)
    page.set_content(embedded(beside + picture("faulty"), "plain", False))
    assert page.evaluate(STYLE_OF_BESIDE) == alone


STYLE_OF_BESIDE = """() => {
    const style = getComputedStyle(document.getElementById("beside"));
    return [...style].filter(name => !name.startsWith("--")).map(name => [name, style.getPropertyValue(name)]);
}"""
