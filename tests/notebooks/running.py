"""A notebook as it is committed, or with the solutions put in; run from top to bottom in a folder of its own."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from docs.make.address import ROOT
from docs.make.source import Part


def as_committed(part: Part) -> NotebookNode:
    """The notebook that a learner opens."""
    return nbformat.read(ROOT / part.notebook, as_version=4)


def solved(part: Part) -> NotebookNode:
    """The notebook with every stub replaced by the solution."""
    notebook = as_committed(part)
    cells = {cell.id: cell for cell in notebook.cells}
    for puzzle in part.puzzles:
        cells[f"puzzle{puzzle.number}-stub"].source = puzzle.solution
    return notebook


def notebook_of(cells: dict[str, str]) -> NotebookNode:
    """A notebook of these cells, by their identifiers."""
    return new_notebook(cells=[new_code_cell(source, id=name) for name, source in cells.items()])


def run(notebook: NotebookNode, folder: Path) -> dict[str, str]:
    """What every cell shows, as plain text, by the cell's identifier. A cell that fails raises."""
    quiet = {
        "IPYTHONDIR": str(folder / "ipython"),
        "PYTHONPATH": os.pathsep.join([str(ROOT)]),
        "JUPYTER_PLATFORM_DIRS": "1",
    }
    with mock.patch.dict(os.environ, quiet):
        NotebookClient(
            notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        ).execute()
    return {cell.id: shown(cell) for cell in notebook.cells if cell.cell_type == "code"}


def shown(cell: NotebookNode) -> str:
    """All that a cell shows."""
    return "".join(str(each.get("text") or each.get("data", {}).get("text/plain", "")) for each in cell.outputs)
