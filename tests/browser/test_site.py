"""The site as a reader meets it: on a desktop and a phone, in light and dark, with a mouse, keys or a screen reader."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from served_site import Site, axe_script, built_site, missing, serious_violations, weigh

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.on_one_python

HOME, LIST, PUZZLE, FUNCTION, LESSON = (
    "",
    "puzzles",
    "puzzles/puzzle16-block-sum",
    "puzzles/puzzle61-map-rules",
    "lessons/gradients",
)
MAIN = (HOME, LIST, PUZZLE, FUNCTION, LESSON, "howto/install", "reference/simulator", "examples/digits")
ORIGINS_OF_OTHERS = re.compile(r"https?:")


@pytest.fixture(scope="session")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, built once."""
    if reason := missing():
        if os.environ.get("BROWSER_REQUIRED"):
            pytest.fail(reason)
        pytest.skip(reason)
    with built_site(tmp_path_factory.mktemp("site")) as served:
        yield served


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    return axe_script(tmp_path_factory.mktemp("axe"))


@pytest.fixture
def visit(site: Site, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """``visit(page, dark=False, phone=False)``: a page of the site, with all that it loads."""

    def visited(page: str, *, dark: bool = False, phone: bool = False) -> Page:
        opened = new_page(dark=dark, phone=phone, origin=site.origin)
        opened.goto(site.address(page), wait_until="networkidle")
        return opened

    return visited


on_every_screen = pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
in_light_and_dark = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


class Links(HTMLParser):
    """What a page links to or loads, and the places in it that can be linked to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name == "id":
                self.ids.add(value)
            elif value and name in ("href", "src") and not (tag == "link" and "rel" in dict(attrs) and "base" in value):
                self.links.add(value)


def test_no_link_leads_nowhere(site: Site) -> None:
    pages = {path: Links(path) for path in site.folder.rglob("*.html")}
    broken = []
    for path, page in pages.items():
        here = "/" + path.relative_to(site.folder).as_posix()
        for link in page.links:
            whole = urljoin(f"{site.origin}{here}", link)
            if not whole.startswith(site.origin):
                continue
            to = site.folder / unquote(urlsplit(whole).path).lstrip("/")
            to = to / "index.html" if to.is_dir() else to
            anchor = unquote(urlsplit(whole).fragment)
            if not to.is_file() or (anchor and to in pages and anchor not in pages[to].ids):
                broken.append(f"{here}: {link}")
    assert len(pages) > 90
    assert not broken


def test_there_is_a_page_for_each_puzzle_and_it_tells_the_way_on(site: Site) -> None:
    names = sorted(path.name for path in (site.folder / "puzzles").iterdir() if path.is_dir())
    solutions = list(Path(__file__).parents[2].glob("solutions/part*/puzzle*.py"))
    assert len(names) == len(solutions)
    first = (site.folder / "puzzles/puzzle1-map/index.html").read_text(encoding="utf-8")
    assert 'rel="prev" href="../puzzle0-hello/"' in first and 'rel="next" href="../puzzle2-guard/"' in first


@pytest.mark.parametrize("page", MAIN)
def test_a_page_asks_nobody_else_and_raises_nothing(
    page: str, visit: Callable[..., Page], outside: list[str], complaints: list[str]
) -> None:
    visit(page)
    assert not outside
    assert not complaints


@pytest.mark.parametrize("page", MAIN)
def test_a_page_fits_a_phone(page: str, visit: Callable[..., Page]) -> None:
    assert visit(page, phone=True).evaluate("document.documentElement.scrollWidth <= innerWidth")


@in_light_and_dark
@on_every_screen
@pytest.mark.parametrize("page", [HOME, LIST, PUZZLE, FUNCTION, LESSON, "reference/simulator"])
def test_nothing_serious_stands_in_the_way_of_anybody(
    page: str, phone: bool, dark: bool, visit: Callable[..., Page], axe: str
) -> None:
    opened = visit(page, phone=phone, dark=dark)
    opened.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert not serious_violations(opened, axe)


@in_light_and_dark
def test_nor_does_anything_while_searching(dark: bool, visit: Callable[..., Page], axe: str) -> None:
    page = visit(HOME, dark=dark)
    page.keyboard.press("/")
    page.keyboard.type("barrier")
    page.locator(".md-search-result__link").first.wait_for()
    assert not serious_violations(page, axe)


def test_a_first_screen_has_a_puzzle_both_verdicts_and_the_picture(visit: Callable[..., Page]) -> None:
    page = visit(HOME)
    for what in ("Puzzle 3 · Blocks", "out-of-bounds: thread 1", "solved"):
        box = page.locator(".mg-first").get_by_text(what).first.bounding_box()
        assert box and box["y"] + box["height"] <= 900, what
    picture = page.locator(".mg-first svg.mg-picture").bounding_box()
    assert picture and picture["y"] + picture["height"] <= 900


@pytest.mark.parametrize(("page", "most"), [(HOME, 200), (PUZZLE, 200), (FUNCTION, 200), (LESSON, 500)])
def test_a_page_is_light(page: str, most: int, site: Site, new_page: Callable[..., Page]) -> None:
    assert weigh(new_page(origin=site.origin), site.address(page)) < most * 1000


def test_the_heaviest_puzzle_is_light_too(site: Site, new_page: Callable[..., Page]) -> None:
    pages = (site.folder / "puzzles").glob("*/index.html")
    heaviest = max(pages, key=lambda path: path.stat().st_size)
    assert weigh(new_page(origin=site.origin), site.address(f"puzzles/{heaviest.parent.name}")) < 200_000


@on_every_screen
def test_a_run_is_gone_through_with_the_slider(phone: bool, visit: Callable[..., Page]) -> None:
    page = visit(PUZZLE, phone=phone)
    player = page.locator(".mg-player")
    told = player.locator(".mg-caption").inner_text()
    player.locator("input[type=range]").focus()
    page.keyboard.press("End")
    assert player.locator(".mg-caption").inner_text() != told
    assert player.locator("output").inner_text().split()[0] != "0"


def test_the_solution_stays_folded_away_until_it_is_opened(visit: Callable[..., Page]) -> None:
    page = visit(PUZZLE)
    walkthrough = page.locator("details.success")
    code = walkthrough.locator("pre")
    assert not code.is_visible()
    assert "if t <" not in page.locator(".mg-figure").all_inner_texts()
    walkthrough.locator("summary").click()
    assert code.is_visible()
    assert "@puzzle" in code.inner_text()


def test_hints_come_one_by_one(visit: Callable[..., Page]) -> None:
    page = visit(PUZZLE)
    hints = page.locator("details.tip")
    assert hints.count() == 3
    hints.nth(0).locator("summary").click()
    assert [hints.nth(place).locator("p").last.is_visible() for place in range(3)] == [True, False, False]


def test_a_stub_can_be_copied(visit: Callable[..., Page]) -> None:
    page = visit(PUZZLE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stub = page.locator(".language-python").first
    stub.hover()
    stub.locator("button").first.click()
    assert '@puzzle("block_sum")' in page.evaluate("navigator.clipboard.readText()")


def test_search_finds_a_puzzle(visit: Callable[..., Page]) -> None:
    page = visit(HOME)
    page.keyboard.press("/")
    page.keyboard.type("shared memory")
    found = page.locator(".md-search-result__link").first
    found.wait_for()
    texts = page.locator(".md-search-result__item").all_inner_texts()
    assert any("Puzzle 13" in text for text in texts)
    found.click()
    page.wait_for_url(re.compile("puzzle|lesson"))


def test_the_next_puzzle_comes_without_loading_the_site_again(visit: Callable[..., Page]) -> None:
    page = visit(PUZZLE)
    page.evaluate("window.stillThere = true")
    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/puzzle17-axis-sum/")
    page.locator("h1", has_text="Axis sum").wait_for()
    assert page.evaluate("window.stillThere")
    slider = page.locator(".mg-player input[type=range]")
    slider.wait_for()
    told = page.locator(".mg-player .mg-caption").first.inner_text()
    slider.focus()
    page.keyboard.press("End")
    assert page.locator(".mg-player .mg-caption").first.inner_text() != told


def test_formulas_are_set_and_only_pages_that_have_any_load_what_sets_them(visit: Callable[..., Page]) -> None:
    loaded = "performance.getEntriesByType('resource').filter(each => each.name.includes('katex')).length"
    lesson = visit(LESSON)
    formulas = lesson.locator(".arithmatex")
    assert formulas.count() > 5
    assert formulas.count() == lesson.locator(".arithmatex .katex").count()
    assert lesson.locator(".katex-error").count() == 0
    assert lesson.evaluate(loaded) >= 2
    assert visit(PUZZLE).evaluate(loaded) == 0


def test_formulas_are_set_on_a_page_that_is_exchanged_too(visit: Callable[..., Page]) -> None:
    page = visit("lessons")
    page.locator("article a", has_text="Gradients").click()
    page.locator(".arithmatex .katex").first.wait_for()


def test_dark_and_light_are_a_button_away(visit: Callable[..., Page]) -> None:
    page = visit(HOME)
    scheme = "document.body.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "default"
    page.locator("label[for=__palette_1]:visible").click()
    assert page.evaluate(scheme) == "slate"


def test_the_way_to_the_repository_is_a_plain_link(visit: Callable[..., Page]) -> None:
    link = visit(HOME).get_by_role("link", name="Source and reports")
    assert ORIGINS_OF_OTHERS.match(link.get_attribute("href") or "")
