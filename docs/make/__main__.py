"""Make the notebooks and the site's pages from the puzzles: ``python docs/make``.

With ``--check`` nothing is written; what is out of date is listed, and the exit status is 1 if there is any.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[2])  # this is a package in the repository, however it is run

from docs.make.makers import COMMITTED, IGNORED, remove_what_is_made_no_longer, write  # noqa: E402


def main() -> int:
    """Write what is out of date, or with ``--check`` name it; the program's exit status."""
    parser = argparse.ArgumentParser(prog="python docs/make", description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; list what is out of date")
    check = parser.parse_args().check
    # What git ignores cannot be out of date for anybody else.
    made: set[str] = set()
    changed = []
    for make in COMMITTED if check else COMMITTED + IGNORED:
        contents = make()
        made |= contents.keys()
        changed += write(contents, check)
    for name in changed:
        print(f"{'out of date' if check else 'written'}: {name}")
    if not check:
        for name in remove_what_is_made_no_longer(made):
            print(f"removed: {name}")
    if check and changed:
        print("python docs/make brings this up to date")
    return int(check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
