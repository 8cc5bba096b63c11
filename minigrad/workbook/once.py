"""A verdict reached once, for several processes that all want it.

pytest-xdist hands the checks of one puzzle to whichever worker is free. The first worker that asks reaches
the verdict and leaves it in a folder of that test run; the others find it there, or wait for it. A worker
that dies holds up nobody: the operating system drops its lock.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from minigrad.workbook.verdict import Verdict

try:
    import fcntl
except ImportError:  # not on Windows: there every worker reaches its own verdict, which is the same one
    fcntl = None  # type: ignore[assignment]

Judgement = tuple[Verdict, str]
"""A verdict, and what the learner's code printed."""


def once(folder: Path | None, path: Path, judge: Callable[[Path], Judgement]) -> Judgement:
    """What ``judge(path)`` returns, from ``folder`` if somebody has left it there. With no folder, simply
    that.
    """
    if folder is None or fcntl is None:
        return judge(path)
    kept = folder / f"{hashlib.sha1(os.fsencode(path)).hexdigest()}.json"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = open(kept.with_suffix(".lock"), "w")  # noqa: SIM115
    except OSError:  # the folder cannot be used
        return judge(path)
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = _read(kept, path)
        if found is None:
            found = judge(path)
            with contextlib.suppress(OSError):
                kept.write_text(json.dumps([found[0].to_json(), found[1]]))
        return found


def _read(kept: Path, path: Path) -> Judgement | None:
    try:
        verdict, printed = json.loads(kept.read_text())
        return Verdict.from_json(verdict, path), printed
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # not there, or not written to its end
        return None
