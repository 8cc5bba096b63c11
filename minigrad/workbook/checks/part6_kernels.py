"""Part 6, backward kernels: puzzles 73 to 79."""

from __future__ import annotations

from minigrad.workbook.spec import KernelSpec

PART = "part6_backward"

SPECS: tuple[KernelSpec, ...] = ()
