"""How long a reader waits for a step, from the key press to the changed page, in JupyterLab and in a written page.

    pytest tests/benchmarks/test_redraw.py -s

It needs the extra `browser` and Debian's chromium. The bound is 50 ms at the median, on a machine that does nothing
else. Beside it stands the least that any widget takes: a slider that writes one word.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from minigrad.draw.pages import page as written_page
from minigrad.workbook.live import live
from minigrad.workbook.load import load

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from chromium import chromium, missing, open_page  # noqa: E402
from lab import lab_server, run_notebook  # noqa: E402
from redraw import redraw_times  # noqa: E402

STEPS = 15

LEAST = """
import ipywidgets
slider = ipywidgets.IntSlider(description="step")
page = ipywidgets.HTML(layout={"width": "100%"})
slider.observe(lambda change: setattr(page, "value", f"<p>{change['new']}</p>"), "value")
ipywidgets.VBox([slider, page])
"""

STEPPED = """
from minigrad.workbook.load import load
load(PATH).step()
"""

ANSWERS = ("part1_map/puzzle03_blocks.py", "part3_reduce/puzzle15_dot.py", "part3_reduce/puzzle16_block_sum.py")


needs_a_browser = pytest.mark.skipif(missing() is not None, reason=str(missing()))


def report(name: str, times: list[float], kilobytes: float) -> None:
    median, slow = statistics.median(times), statistics.quantiles(times, n=10)[-1]
    print(f"{name}: median {median:.0f} ms, a tenth above {slow:.0f} ms; the last picture {kilobytes:.0f} kB")


def moved(page: Page, picture: Locator) -> list[float]:
    """The times for some steps forwards, and the same backwards."""
    redraw_times(page, "ArrowRight", picture, 2)  # to warm up
    return [time for key in ("ArrowRight", "ArrowLeft") for time in redraw_times(page, key, picture, STEPS)]


@needs_a_browser
def test_a_step_in_a_notebook(tmp_path: Path) -> None:
    cells = {"one word": LEAST}
    cells |= {Path(each).stem: STEPPED.replace("PATH", repr(str(ROOT / "solutions" / each))) for each in ANSWERS}
    print()
    with chromium() as browser, lab_server(tmp_path / "lab") as lab:
        page = open_page(browser, origin=lab.origin)
        notebook = run_notebook(page, lab.write(*cells.values()))
        for number, name in enumerate(cells):
            notebook.slider(number, "step").focus()
            picture = notebook.output(number).locator(".widget-html-content").last
            report(name, moved(page, picture), len(picture.inner_html()) / 1000)


@needs_a_browser
def test_a_step_in_a_written_page(tmp_path: Path) -> None:
    print()
    with chromium() as browser:
        for answer in ANSWERS:
            file = tmp_path / "page.html"
            file.write_text(written_page(live(load(ROOT / "solutions" / answer)).run))
            page = open_page(browser)
            page.goto(file.as_uri())
            page.get_by_label("Step", exact=True).focus()
            picture = page.locator(".mg-player .mg-step").first
            report(Path(answer).stem, moved(page, picture), len(picture.inner_html()) / 1000)
