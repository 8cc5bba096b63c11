"""The whole library at work: the example in ``docs/`` learns to read handwritten digits."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.on_one_python

SCRIPT = Path(__file__).parents[1] / "docs" / "examples" / "digits.py"


@pytest.fixture(scope="module")
def example():
    """The example as a module, on one core, so that tests which run beside it do not slow it down."""
    pytest.importorskip("sklearn")
    limits = pytest.importorskip("threadpoolctl").threadpool_limits
    spec = importlib.util.spec_from_file_location("digits_example", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with limits(1):
        yield module


def test_at_least_97_percent_of_the_digits_that_were_held_out_are_read(example, capsys):
    read = example.main()
    *epochs, last = capsys.readouterr().out.splitlines()
    assert len(epochs) == example.EPOCHS and all("loss" in line for line in epochs)
    assert last == f"{read:.2%} of 360 held-out digits read"
    assert read >= 0.97


def test_the_seed_decides_the_run(example, capsys):
    def lines(seed):
        example.main(epochs=2, seed=seed)
        return capsys.readouterr().out

    assert lines(3) == lines(3) != lines(4)


def test_held_out_digits_are_not_trained_on(example, monkeypatch):
    seen = []
    monkeypatch.setattr(example, "batches", lambda count: seen.append(count) or [])
    example.main(epochs=1)
    assert seen == [1797 - 360]


def test_the_page_shows_the_script():
    page = SCRIPT.with_suffix(".md").read_text(encoding="utf-8")
    assert f'--8<-- "docs/examples/{SCRIPT.name}"' in page
