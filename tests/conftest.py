"""The whole test run uses numba's simulator, whether or not this machine has a GPU.

numba makes that choice when ``numba.cuda`` is imported, so it is made here, before any test module is. It
is made in numba's configuration, not in the environment, which the processes that tests start would
inherit.

Where the tests run on several Pythons, one after the other, those marked ``on_one_python`` are dealt out to them.
"""

import gc
from pathlib import Path

import numba
import pytest
from share import dealt

from minigrad.workbook.numba_simulator import prepare

numba.config.ENABLE_CUDASIM = 1
prepare()


def pytest_configure(config: pytest.Config) -> None:
    marker = "on_one_python: says the same on every version of Python, NumPy and numba; see tests/share.py"
    config.addinivalue_line("markers", marker)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """``--doctest-modules`` is for minigrad's docstrings: of the modules here it need not import what tests share."""
    return True if collection_path.suffix == ".py" and not collection_path.name.startswith("test_") else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    marked = {item.nodeid for item in items if item.get_closest_marker("on_one_python")}
    for_others = marked - dealt(marked)
    if for_others:
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in for_others])
        items[:] = [item for item in items if item.nodeid not in for_others]


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and the collector need not look through it again and again: a tenth of the time."""
    gc.collect()
    gc.freeze()
