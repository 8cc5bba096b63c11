"""What is checked, a module or a few for each part; this is the table of contents.

``spec_of("blocks")``, ``spec_of("puzzle3")``, ``spec_of("3")`` find a puzzle; ``all_specs()`` lists them in order.
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from importlib import import_module

from minigrad.workbook.spec import Spec
from minigrad.workbook.tree import PuzzleFile

MODULES = (
    *("part1_map", "part2_zip", "part3_reduce", "part3_across_blocks"),
    *("part4_strides", "part4_verbs", "part4_kernels"),
    *("part5_engine", "part5_chain_rule", "part5_value"),
    *("part5_jacobians", "part5_more_jacobians"),
    *("part5_rules", "part5_sum_rules", "part5_row_rules", "part5_moving_rules"),
    "part6_kernels",
)


@cache
def all_specs() -> tuple[Spec, ...]:
    """Every puzzle's specification, by number."""
    specs = [spec for module in MODULES for spec in import_module(f"{__name__}.{module}").SPECS]
    return tuple(sorted(specs, key=lambda spec: spec.number))


def spec_for(file: PuzzleFile) -> Spec | None:
    """The specification of the puzzle that a file is for by its name; None if there is no such puzzle."""
    return next((spec for spec in all_specs() if (spec.number, spec.name) == (file.number, file.name)), None)


def spec_of(name: str) -> Spec:
    """The specification of the puzzle called ``name``: its name, its number, ``puzzle3`` or ``puzzle3_blocks``.

    Raises :class:`KeyError` with the nearest names if there is none.
    """
    number = re.fullmatch(r"(?:puzzle)?0*(\d+)(?:_\w+)?", name)
    for spec in all_specs():
        if spec.name == name or (number and spec.number == int(number[1])):
            return spec
    names = [spec.name for spec in all_specs()]
    near = difflib.get_close_matches(name, names, n=2, cutoff=0.5)
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; there are {', '.join(names)}"
    raise KeyError(f"no puzzle is called {name!r}{hint}")
