"""Part 5, gradients: puzzles 51 to 60, more Jacobians in one line."""

from __future__ import annotations

from minigrad.workbook.spec import FunctionSpec

PART = "part5_gradients"

SPECS: tuple[FunctionSpec, ...] = ()
