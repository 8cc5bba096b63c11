"""A page that stands by itself: the picture of a run, and a player that goes through it step by step.

The page has everything in it: the first step's picture, and for each further step which of its slots change. A small
script (``player.js``) changes them. Without scripts one sees the picture, the first step and the last.
"""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import Any

from minigrad.draw.launch import launch_picture
from minigrad.draw.look import STYLE
from minigrad.draw.run import Calls, Run
from minigrad.draw.scene import Scene
from minigrad.draw.slots import Look
from minigrad.draw.steps import Dim3
from minigrad.draw.telling import name_of_block
from minigrad.draw.values import call
from minigrad.draw.views import short_name

LARGEST, LEAST = 260_000, 100_000
"""Pictures and steps have about so many characters together, the steps alone at least the second; the rest of a long
run is left out."""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}
body {{ margin: 0; background: var(--mg-paper); }}
main {{ max-width: 1280px; margin: 0 auto; padding: 20px 24px 48px; }}
h1 {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
h2 {{ font-size: 17px; margin: 32px 0 8px; }}
</style>
</head>
<body class="mg-look">
<main>
{body}
</main>
</body>
</html>
"""

_CONTROLS = """<div class="mg-controls" hidden>
<button type="button" class="mg-play-play">▶ Play</button>
<button type="button" class="mg-play-back">‹ Back</button>
<button type="button" class="mg-play-forward">Next ›</button>
<label class="mg-play-steps">Step <input type="range" class="mg-play-slider" min="0" max="0" value="0"></label>
<output class="mg-play-count"></output>
<button type="button" class="mg-play-fault" hidden>To the fault</button>
<label>{blocks} <select class="mg-play-block"></select></label>
<label>{threads} <select class="mg-play-thread"></select></label>
</div>"""


def page(run: Run | Calls) -> str:
    """A page of HTML that needs nothing else: the picture, and for a launch the player below it."""
    title = escape(run.title)
    if isinstance(run, Calls):
        body = f"<h1>{title}</h1>\n{call(run).bare}"
    else:
        picture = launch_picture(run).bare
        steps = _player(run, LARGEST - len(picture), " data-mg-address")
        body = f"<h1>{title}</h1>\n{picture}\n<h2>Step by step</h2>\n{steps}"
    return _PAGE.format(title=title, style=STYLE, body=body)


def player(run: Run) -> str:
    """The player alone, to be put into a page. A page may have any number of them."""
    return _player(run, LARGEST, "", f"<style>{STYLE}</style>")


def _player(run: Run, room: int, more: str, style: str = "") -> str:
    """It takes about as many characters as there is ``room`` for.

    ``more`` are attributes: with ``data-mg-address`` the step stands in the page's address.
    """
    scene = Scene(run)
    frames = len(scene.html(0)) + len(scene.html(len(scene.replay.steps) - 1))
    changes, words = _changes(scene, max(LEAST, room - frames))
    shown = len(changes)
    left_out = len(scene.replay.steps) - shown
    first = scene.template.fill(scene.looks(0), numbered=True)
    last = scene.html(shown - 1)
    note = f"<p>The first {shown} steps of {len(scene.replay.steps)} are here.</p>" if left_out else ""
    controls = _CONTROLS.format(blocks="Loop" if run.loops else "Block", threads="Iteration" if run.loops else "Thread")
    data = {"words": words, "changes": changes, "faults": _faults(scene, shown), **_who(scene, shown)}
    return (
        f'<section class="mg-look mg-player" aria-label="{escape(run.title)}, step by step"{more}>'
        f"{style}<style>{_resource('player.css')}</style>\n{controls}\n{first}\n{note}"
        f"<noscript><p>Without scripts there are only the first step, above, and the last:</p>{last}</noscript>\n"
        f'<script type="application/json" class="mg-steps">{_json(data)}</script>\n'
        f"<script>{_resource('player.js')}</script>\n</section>"
    )


def _resource(name: str) -> str:
    return (files("minigrad.draw") / name).read_text(encoding="utf-8")


def _json(data: Any) -> str:
    """As it may stand in a script element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _changes(scene: Scene, room: int) -> tuple[list[list[int]], list[str]]:
    """For each step what changes, and the words that it is told in.

    The first has for each slot, in the order in which they stand in the picture, its classes and its words; each
    further one has three numbers for each slot that changes, with the slot's own before them. They stop where ``room``,
    in characters, is used up.
    """
    table: dict[str, int] = {}
    order = scene.template.order
    before: list[Look | None] = [None] * len(order)
    changes: list[list[int]] = []
    for step in range(len(scene.replay.steps)):
        looks = scene.looks(step)
        change: list[int] = []
        for position, slot in enumerate(order):
            look = looks[slot]
            if look != before[position]:
                before[position] = look
                change += [position] if step else []
                for words in look:
                    room -= len(words) + 3 if words not in table else 0
                    change.append(table.setdefault(words, len(table)))
        changes.append(change)
        room -= sum(len(str(each)) + 1 for each in change)
        if room < 0:
            break
    return changes, list(table)


def _faults(scene: Scene, shown: int) -> list[int]:
    """The steps at which something goes wrong."""
    return [number for number, step in enumerate(scene.replay.steps[:shown]) if step.is_faulty]


def _who(scene: Scene, shown: int) -> dict[str, Any]:
    """Which blocks and threads there are to choose from, and for each step whose it is: a block, then threads."""
    replay = scene.replay
    steps = replay.steps[:shown]
    present: set[Dim3] = {step.block for step in steps if step.block is not None}
    blocks = [block for block in replay.blocks if block in present]
    threads = sorted({thread for step in steps for thread in step.threads}, key=lambda thread: thread[::-1])
    block_number = {block: position for position, block in enumerate(blocks)}
    thread_number = {thread: position for position, thread in enumerate(threads)}
    who = [
        [-1] if step.block is None else [block_number[step.block], *(thread_number[each] for each in step.threads)]
        for step in steps
    ]
    return {
        "blocks": ["all", *(name_of_block(replay.run, block).partition(",")[0] for block in blocks)],
        "threads": ["all", *map(short_name, threads)],
        "who": who,
    }
