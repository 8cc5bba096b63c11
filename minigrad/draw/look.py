"""How every picture looks: one style sheet, in light and dark, for whichever page the picture lands in.

Colours are CSS custom properties on the picture itself, so a picture follows the theme of its host: JupyterLab's and
Notebook's, VS Code's, Colab's and the site's toggle, and where there is none of these, what the reader's system
prefers. Inline style sheets apply to the whole page, so every class and property begins with ``mg-``.

The language: a thread has a colour, by its number in the block; it reads thin and writes thick; what is wrong is red
and crossed or dashed as well, so that it can be told apart without colours.
"""

from __future__ import annotations

THREAD_COLOURS = 8
"""Threads whose numbers differ by this many share a colour; their numbers are written on them."""

_LIGHT = {
    "ink": "#1f2933",
    "soft": "#5b6775",
    "line": "#a3adb8",
    "paper": "#ffffff",
    "shade": "#f1f4f7",
    "now": "#ffe9a8",
    "fault": "#c62828",
    "fault-shade": "#fdeaea",
    "good": "#1a7f37",
    "positive": "#d97706",
    "negative": "#2563eb",
    "t0": "#0b62c4",
    "t1": "#b45309",
    "t2": "#0f766e",
    "t3": "#a21caf",
    "t4": "#4d7c0f",
    "t5": "#6d28d9",
    "t6": "#8a5a2b",
    "t7": "#475569",
}

_DARK = {
    "ink": "#e6e9ed",
    "soft": "#a5afbb",
    "line": "#626d79",
    "paper": "#1e2329",
    "shade": "#2a3038",
    "now": "#5c4a12",
    "fault": "#ff8a80",
    "fault-shade": "#4a2326",
    "good": "#6fd08c",
    "positive": "#d18c22",
    "negative": "#6099ee",
    "t0": "#6cb2ff",
    "t1": "#f0a04b",
    "t2": "#4fd1c5",
    "t3": "#e58af0",
    "t4": "#a3cf5b",
    "t5": "#b9a4ff",
    "t6": "#d9a884",
    "t7": "#a9b7c6",
}

_HOSTS_IN_LIGHT = (
    '[data-md-color-scheme="default"]',
    'body[data-jp-theme-light="true"]',
    "body.vscode-light",
    'html[theme="light"]',
)
_HOSTS_IN_DARK = (
    '[data-md-color-scheme="slate"]',
    'body[data-jp-theme-light="false"]',
    "body.vscode-dark",
    'html[theme="dark"]',
)

MONO = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace'
SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif'


def _properties(colours: dict[str, str]) -> str:
    return "".join(f"--mg-{name}:{colour};" for name, colour in colours.items())


def _within(hosts: tuple[str, ...], colours: dict[str, str]) -> str:
    return ",".join(f"{host} .mg-look" for host in hosts) + "{" + _properties(colours) + "}"


_THREADS = "".join(f".mg-t{number}{{--mg-thread:var(--mg-t{number})}}" for number in range(THREAD_COLOURS))

_RULES = f"""
.mg-look {{color: var(--mg-ink); font-family: {SANS}; font-size: 13px}}
.mg-picture {{max-width: 100%; height: auto; display: block}}
.mg-picture text {{fill: var(--mg-ink); stroke: none; white-space: pre}}
.mg-picture .mg-mono, .mg-picture .mg-cell text, .mg-picture .mg-index {{font-family: {MONO}}}
.mg-picture .mg-soft, .mg-picture .mg-index {{fill: var(--mg-soft)}}
.mg-picture .mg-strong {{font-weight: 600}}
.mg-picture .mg-bad {{fill: var(--mg-fault)}}
.mg-picture .mg-good {{fill: var(--mg-good)}}
.mg-picture .mg-frame {{fill: none; stroke: var(--mg-line); stroke-width: 1}}
.mg-picture .mg-band {{fill: var(--mg-shade); stroke: none}}
.mg-picture .mg-rule {{stroke: var(--mg-soft); stroke-width: 1.5; stroke-dasharray: 6 4; fill: none}}
.mg-cell rect {{fill: var(--mg-paper); stroke: var(--mg-line); stroke-width: 1}}
.mg-cell text {{font-size: 13px; text-anchor: middle}}
.mg-cell.mg-faint rect {{stroke-opacity: .5}}
.mg-cell.mg-faint text {{fill: var(--mg-soft)}}
.mg-cell.mg-unwritten rect {{stroke-dasharray: 3 2; fill: var(--mg-shade)}}
.mg-cell.mg-unwritten text {{fill: var(--mg-soft)}}
.mg-cell.mg-positive rect {{fill: var(--mg-positive)}}
.mg-cell.mg-negative rect {{fill: var(--mg-negative)}}
.mg-cell.mg-written rect {{stroke: var(--mg-thread, var(--mg-ink)); stroke-width: 2.5}}
.mg-cell.mg-read rect {{stroke: var(--mg-thread, var(--mg-ink)); stroke-width: 1.5}}
.mg-cell.mg-wrong rect {{stroke: var(--mg-fault); stroke-width: 2.5; fill: var(--mg-fault-shade)}}
.mg-cell.mg-wrong text {{fill: var(--mg-fault); font-weight: 700}}
.mg-cell.mg-right rect {{stroke: var(--mg-good); stroke-width: 2.5}}
.mg-cell.mg-right text {{font-weight: 700}}
.mg-cell.mg-outside rect {{stroke: var(--mg-fault); stroke-width: 2; stroke-dasharray: 4 3}}
.mg-cell.mg-outside rect {{fill: var(--mg-fault-shade)}}
.mg-cell.mg-outside text {{fill: var(--mg-fault)}}
.mg-cell.mg-tint rect {{fill: var(--mg-thread); fill-opacity: .16; stroke: var(--mg-thread); stroke-opacity: .75}}
.mg-cell .mg-place {{font-size: 10px}}
.mg-cell.mg-unused rect {{fill: none; stroke: var(--mg-line); stroke-dasharray: 3 2}}
.mg-cell.mg-unused text {{fill: var(--mg-soft)}}
.mg-cell.mg-chosen rect {{fill: var(--mg-now); fill-opacity: 1; stroke: var(--mg-ink); stroke-width: 3}}
.mg-cell.mg-chosen text {{font-weight: 700}}
.mg-arrow.mg-link {{stroke: var(--mg-ink); stroke-width: 2}}
.mg-tip.mg-link {{fill: var(--mg-ink)}}
.mg-pick:focus {{outline: none}}
.mg-pick:focus rect {{stroke: var(--mg-ink); stroke-width: 3; stroke-opacity: 1}}
.mg-cell.mg-now rect {{fill: var(--mg-now)}}
.mg-cell.mg-faded rect {{fill-opacity: .07; stroke-opacity: .5}}
.mg-picture .mg-faded, .mg-picture .mg-faded text, .mg-cell.mg-nothing text {{fill: var(--mg-soft)}}
.mg-picture .mg-spot {{fill: none; stroke: var(--mg-ink); stroke-width: 2}}
.mg-picture .mg-mark-wrong {{fill: var(--mg-fault); stroke: none}}
.mg-cell .mg-corner {{fill: var(--mg-fault)}}
.mg-thread rect {{fill: var(--mg-paper); stroke: var(--mg-thread); stroke-width: 2}}
.mg-thread text {{font-size: 11px; text-anchor: middle; font-weight: 600; fill: var(--mg-thread); font-family: {MONO}}}
.mg-thread.mg-idle rect {{stroke: var(--mg-line); stroke-dasharray: 3 2; stroke-width: 1}}
.mg-thread.mg-idle text {{fill: var(--mg-soft); font-weight: 400}}
.mg-thread.mg-now rect {{fill: var(--mg-now); stroke-width: 3}}
.mg-thread.mg-now text {{fill: var(--mg-ink)}}
.mg-thread.mg-waits rect {{fill: var(--mg-line); fill-opacity: .45}}
.mg-thread.mg-ended rect {{stroke-opacity: .35}}
.mg-thread.mg-ended text {{fill: var(--mg-soft); font-weight: 400}}
.mg-thread.mg-wrong rect {{stroke: var(--mg-fault); stroke-width: 3; fill: var(--mg-fault-shade)}}
.mg-thread.mg-wrong text {{fill: var(--mg-fault)}}
.mg-arrow {{fill: none; stroke: var(--mg-thread, var(--mg-soft)); stroke-width: 1.2}}
.mg-arrow.mg-write {{stroke-width: 3}}
.mg-arrow.mg-wrong {{stroke: var(--mg-fault)}}
.mg-arrow.mg-dashed, .mg-arrow.mg-second {{stroke-dasharray: 5 3}}
.mg-arrow.mg-flow {{stroke-width: 2}}
.mg-arrow.mg-strong {{stroke: var(--mg-ink); stroke-width: 2}}
.mg-tip.mg-strong {{fill: var(--mg-ink)}}
.mg-tip {{fill: var(--mg-thread, var(--mg-soft)); stroke: none}}
.mg-circle circle {{fill: var(--mg-paper); stroke: var(--mg-soft); stroke-width: 1.2}}
.mg-circle.mg-tint circle {{fill: var(--mg-thread); fill-opacity: .16; stroke: var(--mg-thread); stroke-width: 2}}
.mg-circle.mg-second circle, .mg-cell.mg-second rect, .mg-ring.mg-second {{stroke-dasharray: 5 3}}
.mg-node rect {{fill: var(--mg-paper); stroke: var(--mg-soft); stroke-width: 1.2}}
.mg-node.mg-leaf rect {{fill: var(--mg-shade)}}
.mg-picture .mg-grad {{fill: var(--mg-t1)}}
.mg-picture .mg-halo {{paint-order: stroke; stroke: var(--mg-paper); stroke-width: 4px; stroke-opacity: .8}}
.mg-cell.mg-heavy rect {{stroke: var(--mg-ink); stroke-width: 2}}
.mg-ring {{fill: none; stroke: var(--mg-thread, var(--mg-ink)); stroke-width: 2.5}}
.mg-tip.mg-wrong {{fill: var(--mg-fault)}}
.mg-box rect {{fill: var(--mg-paper); stroke: var(--mg-ink); stroke-width: 1.2}}
.mg-picture .mg-none {{visibility: hidden}}
.mg-thread.mg-none, .mg-cell.mg-none {{visibility: hidden}}
.mg-line rect {{fill: none}}
.mg-line text, .mg-number {{font-family: {MONO}; font-size: 13px}}
.mg-picture .mg-number {{fill: var(--mg-soft); font-size: 12px; text-anchor: end}}
.mg-line.mg-now rect {{fill: var(--mg-now)}}
.mg-line.mg-wrong rect {{fill: var(--mg-fault-shade)}}
.mg-line.mg-wrong text {{fill: var(--mg-fault)}}
.mg-cell .mg-corner {{visibility: hidden}}
.mg-cell.mg-wrong .mg-corner {{visibility: visible}}
.mg-scene .mg-arrow {{stroke-opacity: .55}}
.mg-scene {{display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: flex-start}}
.mg-caption {{margin: 0 0 8px; min-height: 2.8em; line-height: 1.4; font-size: 15px}}
.mg-verdict.mg-good {{color: var(--mg-good)}}
.mg-verdict.mg-bad {{color: var(--mg-fault)}}
.mg-caption.mg-bad {{color: var(--mg-fault); font-weight: 600}}
@media (forced-colors: active) {{.mg-picture {{forced-color-adjust: none}}}}
"""

STYLE = (
    f".mg-look{{{_properties(_LIGHT)}}}"
    f"@media (prefers-color-scheme:dark){{.mg-look{{{_properties(_DARK)}}}}}"
    + _within(_HOSTS_IN_LIGHT, _LIGHT)
    + _within(_HOSTS_IN_DARK, _DARK)
    + _THREADS
    + " ".join(line.strip() for line in _RULES.strip().splitlines())
)
"""The style sheet. It may stand in a page any number of times."""
