"""Screenshots, to look at a picture or a page in light and dark.

    python tests/browser/shots.py PICTURE.svg ... --out FOLDER            each host, light and dark, as one sheet
    python tests/browser/shots.py PICTURE.svg --host jupyter --dark       one of them
    python tests/browser/shots.py PAGE.html http://127.0.0.1:8000/ --dark --phone --out FOLDER

An ``.svg`` file, or an ``.html`` file that is only a piece of a page, is embedded in a page that imitates a host:
``plain`` (goes by ``prefers-color-scheme``), ``jupyter`` (``data-jp-theme-light``) and ``site``
(``data-md-color-scheme``). In the last two the browser prefers the opposite of what the host says, since a picture has
to follow the host. A whole page, or an address, is opened as it is. An argument that begins with ``<`` is the picture
itself.

``--light``, ``--dark``: only these (both, if neither is given). ``--phone``: 390 pixels wide, not 1280; ``--width N``:
another width. ``--grey``: without colours, as printed in black and white. ``--single``: a file for each view, not one
sheet. The files made are printed, and so is each request to another machine, which fails, and what scripts raised.
It needs the extra `browser` and Debian's chromium on the PATH.
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chromium import DESKTOP, PHONE, chromium, missing, open_page
from hosts import HOSTS, embedded, preference

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GREY = "html { filter: grayscale(1); }"


@dataclass(frozen=True)
class View:
    """One way to look at one thing: ``markup`` to set, or an ``address`` to open."""

    name: str
    dark: bool
    markup: str = ""
    address: str = ""
    prefers_dark: bool = False

    @property
    def title(self) -> str:
        return f"{self.name}-{'dark' if self.dark else 'light'}"


def views(what: str, hosts: list[str], schemes: list[bool]) -> tuple[str, list[View]]:
    """A name for what is looked at, and the ways to look at it."""
    if what.startswith(("http://", "https://")):
        name = what.split("//", 1)[1].strip("/").replace("/", "-").replace(":", "-")
        return name, [View("page", dark, address=what, prefers_dark=dark) for dark in schemes]
    picture, name = (what, "picture") if what.startswith("<") else (Path(what).read_text(), Path(what).stem)
    if not what.startswith("<") and re.search("<html|<!doctype html", picture[:2000], re.IGNORECASE):
        address = Path(what).resolve().as_uri()
        return name, [View("page", dark, address=address, prefers_dark=dark) for dark in schemes]
    picture = picture[picture.index("<svg") :] if picture.lstrip().startswith("<?xml") else picture
    return name, [
        View(host, dark, markup=embedded(picture, host, dark), prefers_dark=preference(host, dark))
        for host in hosts
        for dark in schemes
    ]


def shot(browser: Browser, view: View, size: tuple[int, int], grey: bool, complaints: list[str]) -> bytes:
    """The view as a PNG picture of the whole page."""
    origin = re.match("https?://[^/]+", view.address)
    page = open_page(
        browser,
        dark=view.prefers_dark,
        size=size,
        origin=origin[0] if origin else "",
        outside=complaints,
        complaints=complaints,
    )
    if view.address:
        page.goto(view.address)
    else:
        page.set_content(view.markup)
    if grey:
        page.add_style_tag(content=GREY)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        complaints.append(f"{view.title}: wider than the page")
    height = page.evaluate("Math.ceil(document.body.getBoundingClientRect().bottom)")
    page.set_viewport_size({"width": size[0], "height": max(1, min(height, 8000)) if view.markup else size[1]})
    png = page.screenshot(full_page=True)
    page.context.close()
    return png


def sheet(browser: Browser, pictures: list[tuple[str, bytes]], columns: int, width: int) -> bytes:
    """All the pictures side by side, each with its title, as one."""
    page = open_page(browser, size=(columns * (width + 24) + 24, 200))
    figures = "".join(
        f'<figure><figcaption>{title}</figcaption><img width="{width}" src="data:image/png;base64,'
        f'{base64.b64encode(png).decode()}"></figure>'
        for title, png in pictures
    )
    page.set_content(
        f"<style>body {{ margin: 0; padding: 24px; background: #888; font: 16px sans-serif; display: grid; gap: 24px;"
        f" grid-template-columns: repeat({columns}, {width}px); }} figure {{ margin: 0; }}</style>{figures}"
    )
    page.wait_for_function("[...document.images].every(image => image.complete)")
    png = page.screenshot(full_page=True)
    page.context.close()
    return png


def make(options: argparse.Namespace) -> Iterator[Path]:
    """Make the screenshots that were asked for."""
    schemes = [dark for dark in (False, True) if (options.dark if dark else options.light)] or [False, True]
    size = PHONE if options.phone else (options.width, DESKTOP[1])
    complaints: list[str] = []
    options.out.mkdir(parents=True, exist_ok=True)
    suffix = ("-phone" if options.phone else "") + ("-grey" if options.grey else "")
    with chromium() as browser:
        for what in options.what:
            name, chosen = views(what, options.host or list(HOSTS), schemes)
            pictures = [(view.title, shot(browser, view, size, options.grey, complaints)) for view in chosen]
            if not options.single and len(pictures) > 1:
                pictures = [("sheet", sheet(browser, pictures, len(schemes), size[0]))]
            for title, png in pictures:
                path = options.out / f"{name}-{title}{suffix}.png"
                path.write_bytes(png)
                yield path
    for complaint in complaints:
        print(f"{complaint}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="+", metavar="PATH_OR_HTML")
    parser.add_argument("--host", action="append", choices=list(HOSTS))
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--width", type=int, default=900)
    for flag in ("light", "dark", "phone", "grey", "single"):
        parser.add_argument(f"--{flag}", action="store_true")
    options = parser.parse_args()
    if reason := missing():
        parser.error(reason)
    for path in make(options):
        print(path)


if __name__ == "__main__":
    main()
