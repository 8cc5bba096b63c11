"""Part 4, strides: puzzles 23 to 29, what a tensor is."""

from __future__ import annotations

from minigrad.workbook.spec import FunctionSpec

PART = "part4_strides"

SPECS: tuple[FunctionSpec, ...] = ()
