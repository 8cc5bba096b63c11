"""``pytest tests/mistakes --seeds 20`` gives every kernel twenty verdicts, each from other cases.

The bank is large. Where the tests run several times, on several Pythons, ``MISTAKES_SHARE=2/3`` takes the second third
of it, file by file, so that together they judge it once.
"""

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=1, help="verdicts for each kernel in the bank of mistakes")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(metafunc.config.getoption("--seeds", 1)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    which, _, shares = os.environ.get("MISTAKES_SHARE", "1/1").partition("/")
    here = os.path.dirname(__file__)
    judged = [item for item in items if str(item.path.parent) == here and "seed" in getattr(item, "fixturenames", ())]
    ours = set(sorted({_path(item) for item in judged})[int(which) - 1 :: int(shares)])
    left_out = {item for item in judged if _path(item) not in ours}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def _path(item: pytest.Item) -> str:
    return str(item.callspec.params["path"])  # type: ignore[attr-defined]
