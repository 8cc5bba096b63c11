"""A finished picture: an SVG with its style, a title and a description, which notebooks show by themselves."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

import drawsvg

from minigrad.draw.figure import Figure, pad
from minigrad.draw.look import STYLE

MARGIN = 8.0


class Picture:
    """An SVG that can stand in a page.

    ``title`` and ``description`` are read out by screen readers and shown where no picture can be. ``svg`` has its own
    style, and classes that begin with ``mg-`` only; it follows the theme of the page around it. A picture with parts
    that can have the focus has the ``role`` "group".
    """

    def __init__(
        self, figure: Figure, title: str, description: str = "", role: str = "img", margin: float = MARGIN
    ) -> None:
        self.figure = pad(figure, margin)
        self.title = title
        self.description = description
        self.role = role

    @property
    def width(self) -> float:
        """In pixels."""
        return self.figure.width

    @property
    def height(self) -> float:
        """In pixels."""
        return self.figure.height

    @cached_property
    def bare(self) -> str:
        """The SVG without its style, for a page that has it already."""
        name = "mg-" + sha256(f"{self.title}\n{self.description}\n{self._body}".encode()).hexdigest()[:8]
        width, height = int(self.width + 0.999), int(self.height + 0.999)
        described = f'<desc id="{name}-d">{escape(self.description)}</desc>' if self.description else ""
        labels = f"{name}-t {name}-d" if self.description else f"{name}-t"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            f' class="mg-look mg-picture" role="{self.role}" aria-labelledby="{labels}">'
            f'<title id="{name}-t">{escape(self.title)}</title>{described}{self._body}</svg>'
        )

    @cached_property
    def _body(self) -> str:
        drawing = drawsvg.Drawing(self.width, self.height)
        drawing.extend(self.figure.marks)
        whole: str = drawing.as_svg(header="", skip_js=True, skip_css=True)
        return whole[whole.index("</defs>") + len("</defs>") : whole.rindex("</svg>")].replace("\n", "")

    @cached_property
    def svg(self) -> str:
        """The SVG by itself: a file, or a part of a page."""
        start = self.bare.index(">") + 1
        return f"{self.bare[:start]}<style>{STYLE}</style>{self.bare[start:]}"

    def save(self, path: str | PathLike[str]) -> None:
        """Write it to an SVG file."""
        Path(path).write_text(self.svg, encoding="utf-8")

    def _repr_html_(self) -> str:
        return self.svg  # an image/svg+xml is shown as an <img>: it knows nothing of the page's theme

    def __repr__(self) -> str:
        return f"<picture: {self.title}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        words = f"{self.title}. {self.description}".strip()
        return {"text/html": self.svg, "text/plain": words}
