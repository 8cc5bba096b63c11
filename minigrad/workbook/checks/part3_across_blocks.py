"""Part 3, reduce: puzzles 19 to 22, where blocks meet."""

from __future__ import annotations

from minigrad.workbook.spec import KernelSpec

PART = "part3_reduce"

SPECS: tuple[KernelSpec, ...] = ()
