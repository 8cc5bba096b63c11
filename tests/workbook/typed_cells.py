"""A notebook without a server: IPython's shell in this process, whose cells a test runs one by one."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from minigrad.workbook import notebook, puzzle
from minigrad.workbook.bundled import bundled
from minigrad.workbook.checks import spec_of

BLOCKS = """\
@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if i < size:
        out[i] = a[i] + 10
"""

IMPORTS = "from numba import cuda, float32\nfrom minigrad.workbook import puzzle\n"


def code_of(tree: str, name: str) -> str:
    """A puzzle's stub or solution as a notebook has it: the file without its docstring."""
    spec = spec_of(name)
    return (bundled(tree) / spec.part / spec.file_name).read_text(encoding="utf-8").split('"""', 2)[2].strip()


class Notebook:
    """Cells are run with :meth:`run`, which returns what the last line of a cell is worth."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self.printed = ""
        self.failed = False

    def run(self, cell: str) -> Any:
        caught = io.StringIO()
        with contextlib.redirect_stdout(caught), contextlib.redirect_stderr(caught):
            result = self.shell.run_cell(cell, store_history=True)
        self.printed, self.failed = caught.getvalue(), not result.success
        return result.result

    def begin(self) -> None:
        self.run("from minigrad.workbook import begin\nbegin()")


@contextlib.contextmanager
def opened() -> Iterator[Notebook]:
    """A new notebook. What IPython changes in this process is put back."""
    before = {name: getattr(sys, name) for name in ("displayhook", "excepthook", "stdout", "stderr")}
    main, path = sys.modules["__main__"], list(sys.path)
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    InteractiveShell.clear_instance()
    puzzle_module = sys.modules[puzzle.__module__]
    puzzle_module._typed.clear()  # type: ignore[attr-defined]
    notebook._watched = None
    try:
        yield Notebook(InteractiveShell.instance(config=config))
    finally:
        InteractiveShell.clear_instance()
        for name, value in before.items():
            setattr(sys, name, value)
        sys.modules["__main__"], sys.path[:] = main, path
