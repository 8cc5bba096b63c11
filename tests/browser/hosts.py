"""The pages that a picture is embedded in: imitations of the places where readers meet one.

Each has what a picture may follow: the name of the host's switch between light and dark, its background, its text
colour, and its usual font size. Only ``plain`` goes by the browser's own preference; the others have a switch of their
own, which wins.
"""

from __future__ import annotations

from collections.abc import Callable

PLAIN = """<!doctype html>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>
  :root { color-scheme: light dark; }
  body { margin: 24px; background: Canvas; color: CanvasText; font: 16px/1.5 system-ui, sans-serif; }
</style>
<body>"""

JUPYTER = """<!doctype html>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>
  body { margin: 0; padding: 24px; background: var(--jp-layout-color0); color: var(--jp-content-font-color1);
    font: 14px/1.6 system-ui, sans-serif; }
  body[data-jp-theme-light="true"] { --jp-layout-color0: white; --jp-layout-color1: white;
    --jp-content-font-color1: rgba(0, 0, 0, 0.87); --jp-ui-font-color1: rgba(0, 0, 0, 0.87); color-scheme: light; }
  body[data-jp-theme-light="false"] { --jp-layout-color0: #111; --jp-layout-color1: #212121;
    --jp-content-font-color1: white; --jp-ui-font-color1: rgba(255, 255, 255, 0.87); color-scheme: dark; }
</style>
<body data-jp-theme-light="LIGHT" data-jp-theme-name="JupyterLab">
<div class="jp-OutputArea-output jp-RenderedHTMLCommon jp-RenderedHTML">"""

SITE = """<!doctype html>
<html style="font-size: 125%">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>
  body { margin: 0; padding: 24px; background: var(--md-default-bg-color); color: var(--md-typeset-color);
    font: 16px/1.6 system-ui, sans-serif; }
  [data-md-color-scheme="default"] { color-scheme: light; --md-default-bg-color: white;
    --md-default-fg-color: rgba(0, 0, 0, 0.87); --md-typeset-color: rgba(0, 0, 0, 0.87); }
  [data-md-color-scheme="slate"] { color-scheme: dark; --md-default-bg-color: hsl(225, 15%, 14%);
    --md-default-fg-color: hsla(225, 15%, 90%, 0.82); --md-typeset-color: hsla(225, 15%, 90%, 0.82); }
  .md-typeset svg { max-width: 100%; }
</style>
<body data-md-color-scheme="SCHEME"><div class="md-typeset">"""

HOSTS: dict[str, Callable[[bool], str]] = {
    "plain": lambda dark: PLAIN,
    "jupyter": lambda dark: JUPYTER.replace("LIGHT", str(not dark).lower()),
    "site": lambda dark: SITE.replace("SCHEME", "slate" if dark else "default"),
}
"""What stands before the picture in each kind of host, light or dark."""


def preference(host: str, dark: bool) -> bool:
    """Whether the browser prefers dark. With a host that has its own switch, the opposite of what the switch says."""
    return dark if host == "plain" else not dark


def embedded(picture: str, host: str, dark: bool) -> str:
    """A page of that kind of host with the picture (SVG or a piece of HTML) in it."""
    return HOSTS[host](dark) + picture
