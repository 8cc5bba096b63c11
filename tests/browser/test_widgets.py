"""What our visualisers are built of works in JupyterLab: a slider moved by keyboard changes what an observer draws."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chromium import expect
from lab import Notebook

SLIDER = """
import ipywidgets
slider = ipywidgets.IntSlider(value=3, max=20, description="step")
page = ipywidgets.HTML("<p>step 3</p>")
slider.observe(lambda change: setattr(page, "value", f"<p>step {change['new']}</p>"), "value")
ipywidgets.VBox([slider, page])
"""


def test_a_slider_moved_by_keyboard_changes_the_page(
    open_notebook: Callable[..., Notebook], outside: list[str], complaints: list[str]
) -> None:
    notebook = open_notebook("1 + 1", SLIDER)
    expect(notebook.output(0)).to_have_text("2")
    drawn = notebook.output(1).locator(".widget-html-content p")
    expect(drawn).to_have_text("step 3")
    notebook.slider(1).press("ArrowRight")
    expect(drawn).to_have_text("step 4")
    notebook.slider(1).press("ArrowLeft")
    expect(drawn).to_have_text("step 3")
    assert outside == [] and complaints == []


@pytest.mark.parametrize("dark", [False, True])
def test_a_notebook_opens_in_the_theme_asked_for(open_notebook: Callable[..., Notebook], dark: bool) -> None:
    body = open_notebook("1", dark=dark).page.locator("body")
    expect(body).to_have_attribute("data-jp-theme-light", str(not dark).lower())


def test_an_error_in_a_cell_fails_the_test(open_notebook: Callable[..., Notebook]) -> None:
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        open_notebook("1 / 0")
