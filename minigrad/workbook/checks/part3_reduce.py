"""Part 3, reduce: puzzles 13 to 18, where the threads of a block begin to talk."""

from __future__ import annotations

from minigrad.workbook.spec import KernelSpec

PART = "part3_reduce"

SPECS: tuple[KernelSpec, ...] = ()
