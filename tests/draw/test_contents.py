"""``minigrad.draw`` names what it draws, and costs nothing until something is drawn."""

from __future__ import annotations

import subprocess
import sys

import pytest

import minigrad.draw

pytestmark = pytest.mark.on_one_python


@pytest.mark.parametrize("name", dir(minigrad.draw))
def test_every_name_is_there(name):
    assert getattr(minigrad.draw, name).__doc__


def test_importing_it_imports_no_library_that_draws():
    code = "import sys, minigrad.draw; print({'drawsvg', 'ipywidgets', 'numpy', 'numba'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_name_that_is_not_there_is_an_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = minigrad.draw.nothing
