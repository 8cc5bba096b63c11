"""How long a reader waits for a step, from the key press to the changed page, in JupyterLab.

    pytest tests/benchmarks/test_redraw.py -s

It needs the extra `browser` and Debian's chromium. The bound is 50 ms at the median, on a machine that does nothing
else. Beside it stands the least that any widget takes: a slider that writes one word.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

import pytest

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


@pytest.mark.skipif(missing() is not None, reason=str(missing()))
def test_a_step(tmp_path: Path) -> None:
    cells = {"one word": LEAST}
    cells |= {Path(each).stem: STEPPED.replace("PATH", repr(str(ROOT / "solutions" / each))) for each in ANSWERS}
    print()
    with chromium() as browser, lab_server(tmp_path / "lab") as lab:
        page = open_page(browser, origin=lab.origin)
        notebook = run_notebook(page, lab.write(*cells.values()))
        for number, name in enumerate(cells):
            notebook.slider(number, "step").focus()
            picture = notebook.output(number).locator(".widget-html-content").last
            redraw_times(page, "ArrowRight", picture, 2)  # to warm up
            times = [time for key in ("ArrowRight", "ArrowLeft") for time in redraw_times(page, key, picture, STEPS)]
            size = len(picture.inner_html())
            print(
                f"{name}: median {statistics.median(times):.0f} ms, a tenth above "
                f"{statistics.quantiles(times, n=10)[-1]:.0f} ms; the last picture {size / 1000:.0f} kB"
            )
