"""Part 5, gradients: puzzles 61 to 69, backward rules."""

from __future__ import annotations

from minigrad.workbook.spec import FunctionSpec

PART = "part5_gradients"

SPECS: tuple[FunctionSpec, ...] = ()
