"""What numba's ``njit`` says of a function, in plain words and with the learner's line.

The table has rows like those of ``frontend_sentences``, for what is special about the processor: prange, whose index is
unsigned and belongs to numba, and tuples, whose length is a part of their type. The texts were taken from numba 0.60
and 0.68.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from minigrad.workbook.frontend_errors import explain
from minigrad.workbook.frontend_sentences import OPERATORS, Row, how_many_indices, undefined
from minigrad.workbook.raised import line_reached

if TYPE_CHECKING:
    from minigrad.workbook.frontend_errors import Refusal

NO_TUPLES = (
    "The length of a tuple is part of its type, and how many dimensions there are is known only when the function is "
    "called. Do without: loop over the dimensions and add up the places, or keep numbers in np.zeros(len(shape), "
    "np.int64)."
)

_FLOATS = re.compile(r"\b(?:np|numpy)\.(?P<name>zeros|ones|empty|full)\((?:[^(),]|\([^()]*\))*\)")
"""An array that is made without saying of what."""


def _index(found: Mapping[str, str], refusal: Refusal) -> str:
    said = f"an index has to be an integer, and this one is {found['type']}."
    if "float" not in found["type"]:
        return said
    made = _FLOATS.search(refusal.module)
    if made:
        return f"{said} np.{made['name']} makes floats unless it is told otherwise: np.{made['name']}(..., np.int64)."
    if "prange" in refusal.module:
        return (
            f"{said} The index of a prange is unsigned, and numba makes a float of an unsigned and a signed number, "
            "in k % size for example. Begin with np.int64(k); int(k) stays unsigned."
        )
    return f"{said} // divides to an integer, and int(...) makes one."


def _operator(found: Mapping[str, str], _: Refusal) -> str:
    return f"{OPERATORS[found['op']]} does not go with the types ({found['operands']})."


def _global(found: Mapping[str, str], _: Refusal) -> str:
    name, kind = found["name"], found["kind"].rpartition(".")[2]
    if kind == "function":
        return f"{name} is a plain Python function. Put @njit above it, so that it is compiled too."
    return f"{name} is a {kind}, which a compiled function cannot use."


SPECIFIC: tuple[Row, ...] = (
    # prange
    (
        r"Overwrite of parallel loop index",
        "the index of a prange cannot be assigned to, and a variable that was just set to it counts as the index. "
        "Begin with a number of your own, np.int64(k), and change that.",
    ),
    (
        r"Use of reduction variable '?(?P<name>\w+)'? ",
        "the variable {name} is handed on from one iteration of the prange to the next, but they run at the same time, "
        "in no order. Let each iteration begin with its own, and do what has to come in turn in a range inside it.",
    ),
    (r"Only constant step size of 1 is supported for prange", "a prange counts in steps of 1."),
    # Names
    (r"name '(?P<name>\w+)' is not defined", undefined),
    (r"Variable '(?P<name>\w+)' is not defined", "{name} is used before anything is assigned to it."),
    (
        r"Untyped (?:global|freevar) name '(?P<name>\w+)':.*?Cannot determine Numba type of <class '(?P<kind>[\w.]+)'>",
        _global,
    ),
    (r"Use of unsupported NumPy function 'numpy\.(?P<name>[\w.]+)'", "numba does not compile np.{name}."),
    (r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'", "{module} has no {name} in this Python."),
    (r"Unknown attribute '(?P<name>\w+)' of type (?P<type>[^\n]+)", "{type} has no .{name} in a compiled function."),
    # Tuples
    (
        r">>> (?:tuple|ndindex|reshape|zeros|empty|ones|as_strided|broadcast_to)\([^\n]*array\(",
        f"numba makes no tuple of an array. {NO_TUPLES}",
    ),
    (r"BoundFunction\(array\.reshape for", f"reshape wants a tuple. {NO_TUPLES}"),
    (r"Cannot unify (?:Uni)?Tuple\(.*? for '(?P<name>\w+)", f"the tuple {{name}} cannot grow. {NO_TUPLES}"),
    (r"Cannot unify .*? and (?:Uni)?Tuple\(.*? for '(?P<name>\w+)", f"the tuple {{name}} cannot grow. {NO_TUPLES}"),
    (r">>> setitem\((?:Uni)?Tuple\(", f"an element of a tuple cannot be set. {NO_TUPLES}"),
    (r">>> setitem\(array\([^)]*\), array\([^\n]*", "an index has to be a number, and this is a whole array."),
    # Indices and elements
    (r"cannot index array\(\w+, (?P<has>\d+)d, \w+\) with (?P<given>\d+) indices", how_many_indices),
    (r"Unsupported array index type (?P<type>\w+(?:\[\w+\]\(.*?\))?) in", _index),
    (
        r">>> setitem\(array\([^)]*\), [^\n]*, array\([^)]*\)\)",
        "one element of an array is a number, and here it is given a whole array. Perhaps an index is missing.",
    ),
    (r">>> [gs]etitem\((?P<type>Literal\[\w+\]\([^)\n]*\)|u?int\d+|float\d+|bool), ", "{type} has no elements."),
    # Calls
    (
        r"Cannot bind '.*?' to signature '(?P<signature>.*?)' due to \"TypeError: (?P<why>.*?)\"",
        "the function takes {signature}: {why}.",
    ),
    (
        r"^(?P<why>too many positional arguments|missing a required argument: '\w+')",
        "the function that is called here gets the wrong number of arguments ({why}).",
    ),
    (r"Invalid use of (?P<type>\S.*?) with parameters \(", "{type} is not called like this in a compiled function."),
    # Types
    (
        r"(?:Cannot infer the type of variable|Untyped list problem).*?'(?P<name>\w+)'.*?list\(undefined\)",
        "numba cannot tell what the empty list {name} will hold. Take an array, np.zeros(length, np.int64).",
    ),
    (
        r"Cannot unify (?P<type>.+?) and (?P<type2>.+?) for '(?P<name>[\w$]+)",
        "{name} is {type} in one place and {type2} in another. In a compiled function a variable keeps one type.",
    ),
    (
        r"Can't unify return type|No conversion from .+? to .+? for '\$\w*return",
        "what the function returns has a different type in different places.",
    ),
    (r"Cannot cast (?P<type>.+?) to (?P<type2>\w+): ", "{type} stands where {type2} is needed."),
    (
        r"Function\(<built-in function (?P<op>" + "|".join(OPERATORS) + r")>\).*?>>> \w+\((?P<operands>[^\n]*)\)",
        _operator,
    ),
)
"""Errors that tell what is wrong."""

GENERAL: tuple[Row, ...] = (
    (
        r"[Uu]nsupported opcode|construct is not supported|Exception object cannot|Unsupported use of cell variable",
        "this part of Python does not compile.",
    ),
    (r"Type of variable '.*?' cannot be determined", "numba cannot work out a type here."),
)
"""Errors that may come of something that is wrong elsewhere."""


def explain_refusal(
    error: BaseException, source: str, filename: str, namespace: Mapping[str, Any]
) -> tuple[str, int | None]:
    """Why numba refused a function of ``filename``, in a paragraph, and the line if it is known."""
    said = explain(error, filename, namespace, (SPECIFIC, GENERAL), "numba")
    line = said.line or line_reached(error, filename) or _line_of_reduction(error, source)
    lines = source.splitlines()
    if line and line <= len(lines):
        return f"Line {line}, `{lines[line - 1].strip()}`: {said.sentence}", line
    return said.sentence[:1].upper() + said.sentence[1:], None


def _line_of_reduction(error: BaseException, source: str) -> int | None:
    """The first line in a prange that sets a variable which cannot be a reduction; numba says no line."""
    found = re.search(r"Use of reduction variable '?(\w+)", str(error))
    if not found:
        return None
    sets = re.compile(rf"\s*{found[1]}\s*[-+*/%|&^<>]*=(?!=)")
    prange = next((i for i, line in enumerate(source.splitlines(), 1) if "prange(" in line), 0)
    return next((i for i, line in enumerate(source.splitlines(), 1) if i > prange and sets.match(line)), None)


def first_line(error: BaseException) -> str:
    """The first line of what an error says, with its kind."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
