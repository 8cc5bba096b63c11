"""How much of the tests runs here, where they run several times, on several Pythons.

``TESTS_SHARE=2/4`` says that this is the second run of four. What hardly depends on a version, or has been judged as
well on any other, is dealt out to the four: see the marker ``on_one_python`` in ``conftest.py``. Of random examples
only the last run tries all, and the others a part. Without it, everything runs.
"""

import os

WHICH, OF = map(int, os.environ.get("TESTS_SHARE", "1/1").split("/"))


def examples(number: int) -> int:
    """How many examples of a property to try here, of so many."""
    return number if WHICH == OF else max(1, number // OF)
