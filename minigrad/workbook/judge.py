"""One file in, one verdict out, whatever the file does.

The engine judges a kernel; this is what stands around it for the command line and for pytest: a file that
cannot be used becomes a verdict too, what the learner's code prints is caught and kept within bounds, and it
cannot end the program. Ctrl-C is passed on, and so is an exception of our own: a bug in the workbook is never
the learner's.
"""

from __future__ import annotations

import warnings
from pathlib import Path

from minigrad.workbook.load import LoadError, unusable
from minigrad.workbook.printed import caught
from minigrad.workbook.verdict import Verdict


def judge(path: Path, catch: bool = True) -> tuple[Verdict, str]:
    """The verdict on a puzzle file, and the first lines of what its code printed.

    With ``catch=False`` nothing is caught, so that a learner can put a breakpoint into a kernel.
    """
    if not catch:
        return _verdict(path), ""
    with caught() as printed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        verdict = _verdict(path)
    return verdict, printed.text


def _verdict(path: Path) -> Verdict:
    from minigrad.workbook.engine import check_file

    try:
        return check_file(path)
    except LoadError as error:
        return unusable(path, error)
    except SystemExit:
        return unusable(path, f"The code in {path.name} left the program (sys.exit). Remove that line.")
