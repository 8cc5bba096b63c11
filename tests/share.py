"""How much of the tests runs here, where they run several times, on several Pythons.

``TESTS_SHARE=2/4`` says that this is the second run of four. What hardly depends on a version, or has been judged as
well on any other, is dealt out to the four: see the marker ``on_one_python`` in ``conftest.py``. Of random examples
only the last run tries all, and the others a part. Without it, everything runs.
"""

import os
from collections.abc import Iterable

WHICH, OF = map(int, os.environ.get("TESTS_SHARE", "1/1").split("/"))
if not 1 <= WHICH <= OF:
    raise ValueError(f"TESTS_SHARE={WHICH}/{OF}: there is no such share")


def dealt(names: Iterable[str], which: int = WHICH, of: int = OF) -> set[str]:
    """Those that are for this run. Of a test with a hundred cases every run gets some."""
    return set(sorted(names)[which - 1 :: of])


def examples(number: int, which: int = WHICH, of: int = OF) -> int:
    """How many examples of a property to try here, of so many."""
    return number if which == of else max(1, number // of)
