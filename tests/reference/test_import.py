"""``import minigrad`` is cheap, and knows nothing of the workbook."""

from __future__ import annotations

import subprocess
import sys

import pytest

import minigrad


def modules_after(code: str) -> set[str]:
    """The modules that a fresh Python has loaded when it has run ``code``."""
    command = [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_importing_minigrad_loads_nothing_else():
    loaded = modules_after("import minigrad; from minigrad import strides; dir(minigrad)")
    assert not loaded & {
        "numpy",
        "numba",
        "hypothesis",
        "greenlet",
        "minigrad.workbook",
        "minigrad.simulator",
    }


def test_the_reference_library_loads_numpy_alone():
    loaded = modules_after("import minigrad; minigrad.tensor([1.0]) + 1")
    assert "numpy" in loaded
    assert not loaded & {"numba", "hypothesis", "greenlet", "minigrad.workbook", "minigrad.simulator"}


@pytest.mark.parametrize(
    "first",
    ["from minigrad.tensor import Tensor", "import minigrad.functions", "import minigrad.backends.numpy"],
)
def test_operations_are_there_whatever_was_imported_first(first):
    modules_after(f"{first}; import minigrad; assert (minigrad.tensor([1.0]) + 1).tolist() == [2]")


def test_every_name_in_the_table_of_contents_is_there():
    for name in dir(minigrad):
        assert getattr(minigrad, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        minigrad.nonsense  # noqa: B018


METHODS = {"backward", "register_hook", "requires_grad_", "retain_grad", "to", "contiguous"}
"""Operations that a user reaches as methods of a tensor, or in another module."""
METHODS |= {"copy_", "become", "write", "subscript", "expand", "view", "unfold"}


def test_every_operation_is_in_the_table_of_contents():
    import minigrad.functions as functions
    from minigrad.operators import OPERATIONS

    for name, operation in OPERATIONS.items():
        assert operation is getattr(functions, name)
        assert name in METHODS or getattr(minigrad, name) is operation
