"""Part 5, gradients: puzzles 37 to 40 and 70 to 72, derivatives, the chain rule and the engine."""

from __future__ import annotations

from minigrad.workbook.spec import FunctionSpec

PART = "part5_gradients"

SPECS: tuple[FunctionSpec, ...] = ()
