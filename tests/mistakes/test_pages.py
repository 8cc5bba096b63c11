"""A page can be made of any answer in the bank: its picture, and for a kernel every step of the launch that is shown.

One answer of each puzzle is drawn, and with ``EVERY_MISTAKE=1`` all.
"""

import os
from pathlib import Path

import pytest

from minigrad.draw import page
from minigrad.draw.run import Run
from minigrad.draw.scene import Scene
from minigrad.workbook.live import live
from minigrad.workbook.load import load

pytestmark = pytest.mark.on_one_python

KERNELS = Path(__file__).parent / "kernels"

MOST_BYTES = 300_000


def answers() -> list[Path]:
    """The first of each puzzle, or all."""
    every = bool(os.environ.get("EVERY_MISTAKE"))
    folders = sorted({path.parent for path in KERNELS.glob("*/*/*.py")})
    found = [sorted(folder.glob("*.py")) for folder in folders]
    return [path for files in found for path in (files if every else files[:1])]


@pytest.mark.parametrize("path", answers(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_of_any_answer_can_be_made(path: Path) -> None:
    run = live(load(path)).run
    assert len(page(run).encode()) < MOST_BYTES
    if isinstance(run, Run):
        scene = Scene(run)
        faulty = [number for number, step in enumerate(scene.replay.steps) if step.is_faulty]
        assert bool(faulty) == bool(run.error or (run.trace is not None and run.trace.faults))
        assert all("mg-caption mg-bad" in scene.html(number) for number in faulty)
