"""``minigrad show``: the page of a puzzle's answer, written to a file and opened in a browser."""

from __future__ import annotations

import warnings
from pathlib import Path
from tempfile import gettempdir

from minigrad.workbook.load import LoadError, load
from minigrad.workbook.printed import caught
from minigrad.workbook.progress import folder_of
from minigrad.workbook.tree import Missing, nearby


def page_of(path: Path) -> tuple[str, str]:
    """The page of a puzzle file's answer, and what its code printed.

    Raises :class:`Missing` where the file cannot be used; the message says why.
    """
    from minigrad.draw import page
    from minigrad.workbook.live import live

    with caught() as printed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made = page(live(load(path), thorough=True).run)
        except LoadError as error:
            raise Missing(str(error)) from None
        except SystemExit:
            raise Missing(f"the code in {path.name} left the program (sys.exit). Remove that line.") from None
    return made, printed.text


def write(page: str, puzzle: Path, output: Path | None) -> Path:
    """Write a page to a file: ``output``, or one beside the workbook's own notes, or else a temporary one.

    Raises :class:`Missing` where ``output`` cannot be written.
    """
    if output is not None:
        try:
            output.write_text(page, encoding="utf-8")
        except OSError as error:
            raise Missing(f"cannot write {nearby(output)}: {error.strerror or error}") from None
        return output
    notes = folder_of(puzzle)
    if notes is not None:
        try:
            file = notes / f"{puzzle.stem}.html"
            file.write_text(page, encoding="utf-8")
            return file
        except OSError:  # a workbook that cannot be written to works all the same
            pass
    file = Path(gettempdir()) / f"{puzzle.stem}.html"
    file.write_text(page, encoding="utf-8")
    return file


def open_in_browser(page: Path) -> bool:
    """Open a page; False where there is no browser."""
    import webbrowser

    try:
        return webbrowser.open(page.absolute().as_uri())
    except (webbrowser.Error, OSError):
        return False
