"""The page that stands by itself: what is in it, and that its steps are the scene's."""

import json
import re
from html.parser import HTMLParser

import pytest
from runs import all_kinds, arange, blank, block_sum, run

from minigrad.draw.pages import page, player
from minigrad.draw.scene import Scene

pytestmark = pytest.mark.on_one_python

RUNS = all_kinds()


def steps_of(html: str) -> dict:
    """What the page's script reads."""
    return json.loads(re.search(r'class="mg-steps">(.*?)</script>', html, re.S)[1])


class Elements(HTMLParser):
    """Every element with its attributes, and whether what was opened is closed again."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def having(self, name: str) -> list[str | None]:
        return [attributes[name] for _, attributes in self.found if name in attributes]


@pytest.mark.parametrize("name", RUNS)
def test_the_changes_of_the_steps_give_the_pictures_of_the_steps(name: str):
    scene, data = Scene(RUNS[name]), steps_of(page(RUNS[name]))
    order, words = scene.template.order, data["words"]
    state = list(data["changes"][0])
    for number, change in enumerate(data["changes"]):
        if number:
            for slot, kind, text in zip(change[::3], change[1::3], change[2::3], strict=True):
                state[2 * slot : 2 * slot + 2] = kind, text
        looks = scene.looks(number)
        shown = [(words[state[2 * slot]], words[state[2 * slot + 1]]) for slot in range(len(order))]
        assert shown == [tuple(looks[slot]) for slot in order]


def test_a_script_finds_the_slots_in_the_order_of_the_changes():
    scene = Scene(RUNS["tree"])
    marked = re.findall(r'class="([^"]*)" data-mg-slot=""', scene.template.fill(scene.looks(5), numbered=True))
    assert marked == [scene.looks(5)[slot].kind for slot in scene.template.order]


@pytest.mark.parametrize("name", ["right", "outside", "tree", "loops", "raising", "invalid"])
def test_a_page_asks_for_nothing_from_anywhere(name: str):
    html = page(RUNS[name])
    elements = Elements(html)
    assert not elements.open
    assert not [name for name in ("src", "href", "srcset", "action") if elements.having(name)]
    assert "url(" not in html and "@import" not in html
    assert set(re.findall(r"https?://[^\s\"')]+", html)) == {"http://www.w3.org/2000/svg"}


def test_it_shows_something_without_scripts():
    html = page(RUNS["tree"])
    first, _, rest = html.partition("<noscript>")
    assert "Before the launch" in first
    assert "The end: " in rest.partition("</noscript>")[0]
    assert '<div class="mg-controls" hidden>' in html


def test_each_control_has_a_name_and_the_picture_a_title():
    elements = Elements(page(RUNS["tree"]))
    svgs = [attributes for tag, attributes in elements.found if tag == "svg"]
    ids = set(elements.having("id"))
    assert svgs and all(set(each["aria-labelledby"].split()) <= ids for each in svgs)
    html = page(RUNS["tree"])
    for control in ("slider", "block", "thread"):
        assert re.search(
            rf'<label[^>]*>\w+ <(input|select)[^>]* class="mg-play-{control}"|'
            rf'<label[^>]*>\w+ <(input|select) class="mg-play-{control}"',
            html,
        )


def test_two_players_in_one_page_share_no_id():
    one, other = Elements(player(RUNS["right"])).having("id"), Elements(player(RUNS["tree"])).having("id")
    assert one and not set(one) & set(other)


def test_every_class_of_ours_begins_alike():
    elements = Elements(page(RUNS["tree"]))
    classes = {each for value in elements.having("class") for each in value.split()}
    assert all(each.startswith("mg-") for each in classes)


def test_the_blocks_and_threads_that_did_something_can_be_chosen():
    data = steps_of(page(RUNS["right"]))
    assert data["blocks"] == ["all", "block 0", "block 1", "block 2"]
    assert data["threads"] == ["all", "0", "1", "2", "3"]
    assert data["who"][:3] == [[-1], [0, 0], [0, 0]]
    assert data["who"][-3:] == [[2, 0], [2, 0], [-1]]


def test_the_steps_at_which_something_goes_wrong_are_known():
    data = steps_of(page(RUNS["outside"]))
    assert [data["who"][number] for number in data["faults"]] == [[2, t] for t in (1, 1, 2, 2, 3, 3)]


def test_at_a_barrier_every_thread_that_meets_there_is_named():
    assert [0, *range(8)] in steps_of(page(RUNS["tree"]))["who"]


def test_of_a_long_run_the_first_steps_are_there_and_the_page_says_so(monkeypatch):
    monkeypatch.setattr("minigrad.draw.pages.LARGEST", 2000)
    monkeypatch.setattr("minigrad.draw.pages.LEAST", 2000)
    html = page(RUNS["tree"])
    shown = len(steps_of(html)["changes"])
    steps = len(Scene(RUNS["tree"]).replay.steps)
    assert 1 < shown < steps
    assert f"The first {shown} steps of {steps} are here." in html


def test_what_a_learner_wrote_cannot_end_the_script():
    given = RUNS["right"]
    line = next(iter(given.source))
    evil = "</script><script>alert(1)</script>"
    changed = type(given)(**{**vars(given), "source": {line: evil}, "title": evil})
    html = page(changed)
    assert "alert(1)</script>" not in html
    assert evil in steps_of(html)["words"]


def test_a_page_of_64_threads_stays_small():
    html = page(run(block_sum, 1, 64, blank(1), arange(64), 64))
    assert len(html.encode()) < 300_000


def test_the_same_run_makes_the_same_page():
    assert page(RUNS["tree"]) == page(RUNS["tree"])
