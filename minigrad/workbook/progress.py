"""How far the learner is. It follows from the files and their verdicts, and from nothing else.

A verdict is remembered in ``.minigrad/`` beside ``puzzles/`` under a fingerprint: of the puzzle file's
content, of the workbook's own code, and of all that a verdict may depend on. Where the fingerprint does not
fit, nothing is remembered. The folder may be deleted at any time, and a workbook that cannot be written to
works without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import minigrad
from minigrad.workbook.tree import PUZZLES, PuzzleFile, workbook_of
from minigrad.workbook.untouched import text_is_untouched
from minigrad.workbook.verdict import Verdict

FOLDER = ".minigrad"

_VERSIONS = ("numba", "numba-cuda", "numpy", "hypothesis", "greenlet", "llvmlite")
_VARIABLES = ("NUMBA_ENABLE_CUDASIM", "NUMBA_DISABLE_CUDA", "CUDA_HOME", "CUDA_PATH", "CUDA_VISIBLE_DEVICES")
_DEVICES = ("/dev/nvidia0", "/dev/dxg")


def fingerprint(path: Path) -> str:
    """A digest of a puzzle file and of all else that its verdict may depend on. Raises OSError."""
    return hashlib.sha256(path.read_bytes() + surroundings()).hexdigest()


@cache
def surroundings() -> bytes:
    """A digest of the workbook's code and of the installation that it runs in."""
    digest = hashlib.sha256()
    package = Path(minigrad.__file__).parent
    for file in sorted(package.rglob("*.py")):
        if "bundled" not in file.parts:
            digest.update(f"{file.relative_to(package)}\n".encode() + file.read_bytes())
    facts = [platform.machine(), sys.version, *(_version(name) for name in _VERSIONS)]
    facts += [os.environ.get(name, "") for name in _VARIABLES]
    facts += [str(os.path.exists(device)) for device in _DEVICES]
    digest.update("\n".join(facts).encode())
    return digest.digest()


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "none"


def recall(path: Path) -> Verdict | None:
    """The verdict that this very file content has got before, in these very surroundings; None if none is
    known.
    """
    memory = _memory_of(path)
    if memory is None:
        return None
    try:
        found = json.loads(memory.read_text(encoding="utf-8"))
        if found["fingerprint"] == fingerprint(path):
            return Verdict.from_json(found["verdict"], path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass  # not there, not readable, or not what was written: then nothing is remembered
    return None


def remember(verdict: Verdict, path: Path, checked: str) -> None:
    """Remember a verdict, unless the file has changed since its fingerprint was ``checked``.

    An error is not remembered: what a file needs may be there the next time.
    """
    memory = _memory_of(path)
    if memory is None or verdict.status not in ("solved", "failed"):
        return
    with contextlib.suppress(OSError):
        if fingerprint(path) != checked:
            return
        _make(memory.parent)
        written = memory.with_suffix(f".{os.getpid()}.tmp")
        kept = {"fingerprint": checked, "verdict": verdict.to_json()}
        written.write_text(json.dumps(kept), encoding="utf-8")
        os.replace(written, memory)


def _make(folder: Path) -> None:
    """Make the folder of the notes, which is nobody's business but this machine's. Raises OSError."""
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")


def folder_of(path: Path) -> Path | None:
    """The folder of the notes on the workbook that a file belongs to, made if need be; None if there is none."""
    root = workbook_of(Path(os.path.abspath(path)).parent)
    if root is None:
        return None
    try:
        _make(root / FOLDER)
    except OSError:
        return None
    return root / FOLDER


def _memory_of(path: Path) -> Path | None:
    """Where a puzzle file's verdict is remembered; only files in the folder ``puzzles`` have such a place."""
    path = Path(os.path.abspath(path))
    root = workbook_of(path.parent)
    if root is None or not path.is_relative_to(root / PUZZLES):
        return None
    return root / FOLDER / f"{path.stem}.json"


def known(file: PuzzleFile) -> Verdict | None:
    """A puzzle's verdict if it can be told without running it: remembered, or not started. Else None."""
    from minigrad.workbook.checks import spec_for

    remembered = recall(file.path)
    if remembered is not None:
        return remembered
    spec = spec_for(file)
    try:
        source = file.path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    if spec is not None and text_is_untouched(source, spec):
        return Verdict(file.name, file.number, "not-started", message="not started", path=file.path)
    return None


def find_out(path: Path) -> tuple[Verdict, str]:
    """Judge a puzzle file, remember the verdict, and return it with what the learner's code printed."""
    from minigrad.workbook.judge import judge

    try:
        checked = fingerprint(path)
    except OSError:  # the verdict will say why
        return judge(path)
    verdict, printed = judge(path)
    remember(verdict, path, checked)
    return verdict, printed
