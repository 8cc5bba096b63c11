"""Pages in the tests' browser are what they claim to be: cut off from the network, light or dark, wide or narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import DESKTOP, PHONE, expect
from hosts import HOSTS, embedded

if TYPE_CHECKING:
    from playwright.sync_api import Page

REACHING_OUT = """<!doctype html><img src="https://example.org/x.png"><link rel="stylesheet" href="//127.0.0.1:1/a.css">
<script>new WebSocket("wss://example.org/s"); fetch("http://localhost:9/").catch(() => 0)</script><p>here</p>"""


def test_what_a_page_asks_of_others_fails_and_is_written_down(
    new_page: Callable[..., Page], outside: list[str]
) -> None:
    page = new_page()
    page.set_content(REACHING_OUT.replace('"//', '"http://'))
    page.wait_for_load_state("networkidle")
    assert sorted(outside) == [
        "http://127.0.0.1:1/a.css",
        "http://localhost:9/",
        "https://example.org/x.png",
        "wss://example.org/s",
    ]


def test_a_served_folder_is_reached(
    new_page: Callable[..., Page], serve: Callable[[Path], str], outside: list[str], tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text('<p>hello</p><script src="more.js"></script>')
    (tmp_path / "more.js").write_text('document.querySelector("p").textContent += " there"')
    origin = serve(tmp_path)
    page = new_page(origin=origin)
    page.goto(f"{origin}/")
    expect(page.locator("p")).to_have_text("hello there")
    assert outside == []


def test_a_file_is_opened_from_the_disk(new_page: Callable[..., Page], outside: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>hello</p>")
    page = new_page()
    page.goto((tmp_path / "page.html").as_uri())
    expect(page.locator("p")).to_have_text("hello")
    assert outside == []


def test_what_a_script_raises_is_written_down(new_page: Callable[..., Page], complaints: list[str]) -> None:
    new_page().set_content("<script>throw Error('lost')</script>")
    assert complaints == ["lost"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("phone", [False, True])
def test_a_page_is_light_or_dark_and_wide_or_narrow(new_page: Callable[..., Page], dark: bool, phone: bool) -> None:
    page = new_page(dark=dark, phone=phone)
    page.set_content('<meta name="viewport" content="width=device-width">')
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is dark
    assert page.evaluate("innerWidth") == (PHONE if phone else DESKTOP)[0]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("host", list(HOSTS))
def test_a_host_is_dark_when_asked(new_page: Callable[..., Page], host: str, dark: bool) -> None:
    page = new_page(dark=dark if host == "plain" else not dark)
    page.set_content(embedded("<p>hello</p>", host, dark))
    colour = page.evaluate("getComputedStyle(document.querySelector('p')).color.match(/[0-9.]+/g).slice(0, 3)")
    assert (float(colour[0]) > 128) is dark
