"""What numba's CUDA compiler says of a kernel, in plain words and with the learner's line.

numba's errors run over dozens of lines and differ from version to version; where they arose stands in the
text, in an attribute, or only in the frames that they came through. :func:`explain` finds the line and the
first row of the tables in ``frontend_sentences`` that fits; what fits none is quoted.
"""

from __future__ import annotations

import linecache
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

from minigrad.workbook.frontend_sentences import GENERAL, SPECIFIC, Row


@dataclass(frozen=True)
class Refusal:
    """An error of numba's and what helps to understand it."""

    error: BaseException
    filename: str
    namespace: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """numba's own words."""
        return text_of(self.error)

    @property
    def source(self) -> str:
        """The line of the file that numba was at."""
        return linecache.getline(self.filename, line_of(self.error, self.filename) or 0)

    @property
    def module(self) -> str:
        """The text of the whole file."""
        return "".join(linecache.getlines(self.filename))

    @property
    def called(self) -> FunctionType | None:
        """The function that numba was compiling when it gave up, if that was not the kernel itself."""
        for local in _frames(self.error):
            function = getattr(local.get("self"), "py_func", None)
            if isinstance(function, FunctionType):
                return function
        return None


@dataclass(frozen=True)
class Explanation:
    """Why a kernel was refused: a sentence that continues "Line 9, `source`: ", and the line if it is known.

    ``specific`` says that it tells what is wrong, rather than what came of something that was.
    """

    line: int | None
    sentence: str
    specific: bool = True


def explain(
    error: BaseException,
    filename: str,
    namespace: Mapping[str, Any],
    tables: Sequence[Sequence[Row]] = (SPECIFIC, GENERAL),
    compiler: str = "numba's CUDA compiler",
) -> Explanation:
    """Say why numba refused a kernel of ``filename``, whose module holds ``namespace``."""
    refusal = Refusal(error, filename, namespace)
    line = line_of(error, filename)
    for table in tables:
        for pattern, sentence in table:
            found = re.search(pattern, refusal.text, re.DOTALL)
            if found:
                groups = {name: _noun(name, given or "") for name, given in found.groupdict().items()}
                said = sentence.format_map(groups) if isinstance(sentence, str) else sentence(groups, refusal)
                return Explanation(line, said, table is tables[0] and not _CONSEQUENCE.search(refusal.text))
    said = f"{compiler} does not accept this. It says: {telling(error)}"
    return Explanation(line, said, specific=False)


def telling(error: BaseException) -> str:
    """The most telling line of what numba says."""
    text = text_of(error)
    call = re.search(r"No implementation of function (\S+.*?) found for signature:\s*>>> (.*)", text)
    if call:
        return f"No implementation of {call[2]}"
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _NOISE.search(line)]
    said = lines[0] if lines else ""
    name = type(error).__name__
    return said if "Error" in said or name in ("TypingError", "LoweringError") else f"{name}: {said}".rstrip(": ")


def text_of(error: BaseException) -> str:
    """What an error says, without colours and without addresses, which differ from run to run."""
    return re.sub(r"\x1b\[[0-9;]*m| at 0x[0-9a-fA-F]+", "", str(error))


def line_of(error: BaseException, filename: str) -> int | None:
    """The line of ``filename`` that numba was at: as its text says first, else as its objects do."""
    base = os.path.basename(filename)
    text = text_of(error)
    for pattern in (r'File "([^"\n]*)", line (\d+)', r"(?:at|from) (\S.*?) \((\d+)\)"):
        for path, line in re.findall(pattern, text):
            if os.path.basename(path) == base and int(line):
                return int(line)
    for place in _places(error):
        if place.filename == filename and place.line:
            return int(place.line)
    return None


def _places(error: BaseException) -> Iterator[Any]:
    """numba's notes of where it was, as they hang on errors and on what it was working on, innermost first."""
    for each in _chain(error):
        yield from _place_of(each)
    for local in _frames(error):
        for name in ("loc", "inst", "constraint", "self", "expr"):
            yield from _place_of(local.get(name))


def _place_of(thing: Any) -> Iterator[Any]:
    try:
        places = (thing, getattr(thing, "loc", None))
    except Exception:  # numba's own objects raise all sorts of things for an attribute that they lack
        return
    yield from (place for place in places if type(place).__name__ == "Loc")


def _frames(error: BaseException) -> Iterator[dict[str, Any]]:
    """The local variables of the frames that an error came through, innermost first."""
    for each in _chain(error):
        traceback, frames = each.__traceback__, []
        while traceback:
            frames.append(traceback.tb_frame)
            traceback = traceback.tb_next
        for frame in reversed(frames):
            yield frame.f_locals


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in seen:
        seen.append(each)
        each = each.__cause__ or each.__context__
    yield from reversed(seen)


_CONSEQUENCE = re.compile(r"\blist\(|\bList\(|\bset\(|DictType")
"""Types of things that a kernel cannot have: what numba says of them is said too late."""
_NOISE = re.compile(
    r'source elided|^\s*\^|^File "|^During: |^\s*raised from|^Failed in \w+ mode|Of which \d|'
    r"There are \d+ candidate|^\s*With argument|No match|^- Resolution failure|^\s*def "
)


def _noun(group: str, given: str) -> str:
    return plain_type(given) if group.startswith("type") else given


def plain_type(kind: str) -> str:
    """numba's name for a type as a noun.

    >>> plain_type("array(float32, 2d, C)"), plain_type("Literal[int](3)"), plain_type("float64")
    ('a 2-d array of float32', 'the int 3', 'a float64')
    """
    for pattern, noun in _TYPES:
        found = re.fullmatch(pattern, kind.strip())
        if found:
            return noun.format(*found.groups())
    return kind.strip()


_TYPES = (
    (r"array\((\w+), (\d+)d, .*\)", "a {1}-d array of {0}"),
    (r"Literal\[int\]\((.*)\)", "the int {0}"),
    (r"Literal\[str\]\(.*\)|unicode_type", "text"),
    (r"UniTuple\((\w+) x (\d+)\)", "a tuple of {1} {0}"),
    (r"Tuple\(.*\)", "a tuple"),
    (r"none", "None"),
    (r"Dim3", "a triple with .x, .y and .z"),
    (r"bool|boolean", "a bool"),
    (r"(int\d+)", "an {0}"),
    (r"((?:uint|float|complex)\d+)", "a {0}"),
    (r"list\(.*|List\(.*", "a list"),
    (r"type\((?:CUDA|CPU)Dispatcher\(<function (\S+)>\)\)", "the function {0}"),
)
