"""What a learner's code prints, caught and kept within bounds.

A kernel with a ``print`` in it is run for hundreds of launches, so what it prints may be a million lines. The
first of them are kept, the rest is counted and forgotten.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

BYTES_KEPT = 16_384
"""How much of what was printed is kept."""

LINES_SHOWN = 10
"""How many lines of it are shown."""


class _Beginning(io.RawIOBase):
    """A binary stream that keeps its first bytes and counts its lines."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = bytearray()
        self.newlines = 0
        self.ends_in_newline = True

    def writable(self) -> bool:
        return True

    def write(self, given: ReadableBuffer, /) -> int:
        written = bytes(given)
        if written:
            self.kept += written[: BYTES_KEPT - len(self.kept)]
            self.newlines += written.count(b"\n")
            self.ends_in_newline = written.endswith(b"\n")
        return len(written)


class Printed:
    """What was printed while :func:`caught` was in force."""

    def __init__(self) -> None:
        self._beginning = _Beginning()
        self.stream = io.TextIOWrapper(
            io.BufferedWriter(self._beginning), encoding="utf-8", errors="backslashreplace", newline="\n"
        )

    @property
    def line_count(self) -> int:
        """How many lines were printed, an unfinished last one included."""
        self._flush()
        return self._beginning.newlines + (not self._beginning.ends_in_newline)

    @property
    def text(self) -> str:
        """The first lines, and a last one that says how many there are in all if some are left out; else
        empty.
        """
        total = self.line_count
        lines = self._beginning.kept.decode("utf-8", "replace").split("\n")[: min(total, LINES_SHOWN)]
        lines = [line if len(line) <= 200 else f"{line[:200]} ..." for line in lines]
        if len(lines) < total:
            lines.append(f"... {total:,} lines in all")
        return "\n".join(lines)

    def _flush(self) -> None:
        if not self.stream.closed:
            self.stream.flush()


@contextmanager
def caught() -> Iterator[Printed]:
    """Catch what is printed to stdout and stderr; who asks for input gets the end of the file at once."""
    printed = Printed()
    stdin = sys.stdin
    sys.stdin = io.StringIO()
    try:
        with redirect_stdout(printed.stream), redirect_stderr(printed.stream):
            yield printed
    finally:
        sys.stdin = stdin
