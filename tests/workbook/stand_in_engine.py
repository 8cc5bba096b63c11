"""An engine that runs nothing: the number of a puzzle says which verdict it gets.

It stands in for the real one where a test is about what happens to a verdict, not about how one is reached.
Every verdict that it gives is a line in the file ``asked.txt``. It is in place once ``install`` is called.
"""

import sys
import types
from pathlib import Path

from minigrad.workbook.tree import puzzle_file
from minigrad.workbook.verdict import CHECKS, Check, Verdict

PASSED, SKIPPED = Check("passed"), Check("skipped", "only once it is safe")

FAULT = "out-of-bounds: thread 1 of block 2 read a[9]\n  puzzle03_blocks.py:14    out[i] = a[i] + 10"
READS = "thread 0 reads 3 elements; 1 is enough\n  a[i - 1], a[i], a[i + 1]"

CHECKED = {
    1: {},
    2: {"efficient": Check("failed", READS)},
    3: {
        "safe": Check("failed", FAULT),
        "efficient": SKIPPED,
        "numba": SKIPPED,
        "compiles": Check("failed", "a list cannot be compiled"),
    },
    4: {"numba": Check("skipped", "numba's simulator has no shuffles")},
}


def check_file(path, seed=None):
    path = Path(path)
    with open("asked.txt", "a") as asked:
        asked.write(f"{path.name}\n")
    file = puzzle_file(path)
    what = path.read_text() if path.exists() else "broken"
    if "interrupt" in what:
        raise KeyboardInterrupt
    if "our fault" in what:
        raise RuntimeError("the engine broke down")
    if "exit" in what:
        sys.exit(0)
    if "loud" in what:
        for line in range(1000):
            print("loud line", line)
    if "broken" in what:
        from minigrad.workbook.load import load

        load(path)
    checks = CHECKED.get(file.number)
    if checks is None:
        return Verdict(file.name, file.number, "not-started", message="not started", path=path)
    checks = {name: checks.get(name, PASSED) for name in CHECKS}
    failed = [name for name, check in checks.items() if check.status == "failed" and name != "efficient"]
    return Verdict(file.name, file.number, "failed" if failed else "solved", checks, path=path)


def start(puzzle):
    pass


def install():
    """Put it in the place of the real engine."""
    engine = types.ModuleType("minigrad.workbook.engine")
    engine.check_file, engine.start = check_file, start
    sys.modules["minigrad.workbook.engine"] = engine
    return engine
