"""``pytest tests/mistakes --seeds 20`` gives every kernel twenty verdicts, each from other cases."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=1, help="verdicts for each kernel in the bank of mistakes")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(metafunc.config.getoption("--seeds", 1)))
