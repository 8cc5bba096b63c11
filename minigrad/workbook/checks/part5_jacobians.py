"""Part 5, gradients: puzzles 41 to 50, Jacobians in one line."""

from __future__ import annotations

from minigrad.workbook.spec import FunctionSpec

PART = "part5_gradients"

SPECS: tuple[FunctionSpec, ...] = ()
