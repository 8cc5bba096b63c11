"""Part 4, strides: puzzles 34 to 36, the verbs for every tensor, as CUDA kernels."""

from __future__ import annotations

from minigrad.workbook.spec import KernelSpec

PART = "part4_strides"

SPECS: tuple[KernelSpec, ...] = ()
