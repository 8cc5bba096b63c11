"""The tables from numba's error messages to plain sentences.

Each row is a pattern, searched in the whole text, and a sentence that continues "Line 9, `source`: ", or a
function that makes one. ``{name}`` stands for a group of the pattern; a group whose name begins with ``type``
is a numba type and is put in plain words. The first row that fits counts. The texts were taken from numba
0.60 and 0.68 and from numba-cuda 0.30.
"""

from __future__ import annotations

import builtins
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minigrad.workbook.frontend_errors import Refusal

Sentence = str | Callable[[Mapping[str, str], "Refusal"], str]
Row = tuple[str, Sentence]

NOT_ON_CUDA = "numba's CUDA target does not have this function, or not for such arguments."
FROM_MODULE = "Of the module a kernel can read numbers, tuples of numbers and NumPy arrays."

IN_KERNELS = (
    "threadIdx blockIdx blockDim gridDim laneid warpsize grid gridsize syncthreads syncthreads_count "
    "syncthreads_and syncthreads_or syncwarp shared local const atomic shfl_sync shfl_up_sync shfl_down_sync "
    "shfl_xor_sync all_sync any_sync eq_sync ballot_sync match_any_sync match_all_sync activemask threadfence "
    "threadfence_block threadfence_system selp fma popc clz ffs brev cbrt"
)
"""What ``cuda`` offers inside a kernel."""

OPERATORS = {
    "add": "+", "iadd": "+=", "sub": "-", "isub": "-=", "mul": "*", "imul": "*=", "truediv": "/", "itruediv": "/=",
    "floordiv": "//", "mod": "%", "pow": "**", "neg": "-", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==",
    "ne": "!=", "and_": "&", "or_": "|", "xor": "^", "matmul": "@", "lshift": "<<", "rshift": ">>",
}  # fmt: skip


# Sentences that need more than the words of the error


def _nearest(name: str, known: Iterable[str], prefix: str = "") -> str:
    by_lower = {each.lower(): each for each in known}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.7)
    return f" Did you mean {prefix}{by_lower[near[0]]}?" if near else ""


def undefined(found: Mapping[str, str], refusal: Refusal) -> str:
    known = [each for each in (*refusal.namespace, *dir(builtins)) if not each.startswith("_")]
    return f"{found['name']} is not defined.{_nearest(found['name'], known)}"


def _not_in_cuda(found: Mapping[str, str], refusal: Refusal) -> str:
    name = found["name"]
    if hasattr(refusal.namespace.get("cuda"), name):
        return f"cuda.{name} is for the program around a kernel, not for the kernel itself."
    return f"there is no cuda.{name}.{_nearest(name, IN_KERNELS.split(), 'cuda.')}"


def _global(found: Mapping[str, str], refusal: Refusal) -> str:
    name, kind = found["name"], found["kind"]
    if not re.search(rf"\b{name}\b", refusal.source):
        return NOT_ON_CUDA
    if kind == "function":
        return f"{name} is a plain Python function. Put @cuda.jit(device=True) above it."
    if hasattr(builtins, name):
        return f"{name} is one of Python's own functions that a kernel does not have."
    if kind == "type":
        return f"{name} is a class, which a kernel cannot use."
    return f"{name} is a {kind.rpartition('.')[2]}, which a kernel cannot use. {FROM_MODULE}"


def _arguments(found: Mapping[str, str], refusal: Refusal) -> str:
    called = refusal.called
    if called is None or called.__code__.co_filename != refusal.filename:
        return NOT_ON_CUDA
    return (
        f"{called.__name__} takes {found['takes']} arguments and is called with {found['given']}. "
        "Every argument of a device function has to be given, by position."
    )


def how_many_indices(found: Mapping[str, str], _: Refusal) -> str:
    dimensions = "1 dimension" if found["has"] == "1" else f"{found['has']} dimensions"
    indices = "1 index" if found["given"] == "1" else f"{found['given']} indices"
    return f"this array has {dimensions} and is given {indices}."


def _index(found: Mapping[str, str], _: Refusal) -> str:
    kind = found["type"]
    if ".x" in kind:
        return "an index has to be an integer, and this is a triple of them. Take its .x, .y or .z."
    remedy = " // divides to an integer, and int(...) makes one." if "float" in kind else ""
    return f"an index has to be an integer, and this one is {kind}.{remedy}"


def _operator(found: Mapping[str, str], _: Refusal) -> str:
    sign, operands = OPERATORS[found["op"]], found["operands"]
    if "array(" in operands:
        return (
            f"{sign} is used on a whole array, and a kernel works on single elements. "
            "Give the array one index for each of its dimensions."
        )
    return f"{sign} does not go with the types ({operands})."


# The tables

_A_NUMBER = r"(?P<type>Literal\[\w+\]\([^)\n]*\)|u?int\d+|float\d+|bool)"
_OPERATOR = r"<built-in function (?P<op>" + "|".join(OPERATORS) + ")>"
_FIXED_SIZE = r"(?:Literal\[int\]\(\d+\)|UniTuple\(Literal[^\n]*?\)|Tuple\((?:Literal\[int\]\(\d+\)(?:, )?)+\))"

SPECIFIC: tuple[Row, ...] = (
    # Names
    (r"name '(?P<name>\w+)' is not defined", undefined),
    (r"Variable '(?P<name>\w+)' is not defined", "{name} is used before anything is assigned to it."),
    (r"module 'numba\.cuda' has no attribute '(?P<name>\w+)'", _not_in_cuda),
    (r"Unknown attribute '(?P<name>\w+)' of type Module\(<module 'numba\.cuda'", _not_in_cuda),
    (
        r"type object '(?P<of>shared|local|const|atomic)' has no attribute '(?P<name>\w+)'",
        "there is no cuda.{of}.{name}.",
    ),
    (r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'", "{module} has no {name} in this Python."),
    (
        r"Unknown attribute '(?P<name>\w+)' of type Module\(<module '(?P<module>[\w.]+)'",
        "{module}.{name} does not compile in a kernel.",
    ),
    (r"Unknown attribute '(?P<name>\w+)' of type Dim3", "there are .x, .y and .z, and no .{name}."),
    (r"Unknown attribute '(?P<name>\w+)' of type (?P<type>[^\n]+)", "{type} has no .{name} in a kernel."),
    (
        r"Untyped (?:global|freevar) name '(?P<name>\w+)': Cannot determine Numba type of <class '(?P<kind>[\w.]+)'>",
        _global,
    ),
    (
        r'lowering "\S+ = (?:global|freevar)\((?P<name>\w+): ',
        f"a kernel cannot use what {{name}} holds. {FROM_MODULE}",
    ),
    # Shared and local arrays
    (
        r"<function (?P<kind>shared|local)\.array.*missing a required argument: '(?P<name>\w+)'",
        "cuda.{kind}.array needs a size and a type, for example cuda.{kind}.array(TPB, float32); {name} is missing.",
    ),
    (
        rf"<function (?P<kind>shared|local)\.array.*?>>> array\({_FIXED_SIZE}, ",
        "the type of a {kind} array has to be one of numba's or NumPy's, for example float32.",
    ),
    (
        r"<function (?P<kind>shared|local)\.array",
        "the size of a {kind} array has to be a number or a constant of the module.",
    ),
    # Indices and elements
    (r"cannot index array\(\w+, (?P<has>\d+)d, \w+\) with (?P<given>\d+) indices", how_many_indices),
    (r"Unsupported array index type (?P<type>\w+(?:\[\w+\]\(.*?\))?) in", _index),
    (r">>> setitem\(array\([^)]*\), (?P<type>array\([^)]*\)), ", _index),
    (
        r">>> setitem\(array\([^)]*\), [^\n]*, array\([^)]*\)\)",
        "one element of an array is a number, and here it is given a whole array. Perhaps an index is missing.",
    ),
    (
        r">>> setitem\(array\([^)]*\), [^\n]*, (?P<type>Literal\[str\]\([^\n]*\)|unicode_type|none)\)",
        "one element of an array is a number, and here it is given {type}.",
    ),
    (
        r">>> getitem\((?P<type>type\(CUDADispatcher\([^\n]*?\)\)), ",
        "a kernel cannot launch a kernel. Call a device function, by its name and without [ ].",
    ),
    (r">>> [gs]etitem\(Dim3, ", "there are .x, .y and .z, and no [ ]."),
    (rf">>> [gs]etitem\({_A_NUMBER}, ", "{type} has no elements, so there is nothing to index."),
    (
        r">>> getitem\(Tuple\([^\n]*, u?int\d+\)",
        "the elements of this tuple have different types, so its index has to be a number that is written out.",
    ),
    (r"failed to unpack (?P<type>\S+)", "{type} cannot be unpacked into several names."),
    (r"wrong tuple length for .*expected (?P<names>\d+), got (?P<has>\d+)", "{names} names for {has} values."),
    # Calls
    (
        r"<intrinsic (?:grid|gridsize)>|(?:grid|gridsize)\(\) missing|argument can only be 1, 2, 3",
        "cuda.grid and cuda.gridsize take 1, 2 or 3, written as a number.",
    ),
    (
        r"<intrinsic (?P<name>syncthreads_\w+)>.*?>>> \w+\((?P<type>[^\n]*)\)",
        "cuda.{name} takes an integer, and this is {type}. Write int(...) around it.",
    ),
    (r"Signature mismatch: (?P<given>\d+) argument types given, but function takes (?P<takes>\d+)", _arguments),
    (
        r"Cannot bind '.*?' to signature '(?P<signature>.*?)' due to \"TypeError: (?P<why>.*?)\"",
        "the function takes {signature}: {why}.",
    ),
    (r"printing unimplemented for values of type (?P<type>[^\n]+)", "print shows single values, and not {type}."),
    (r"print\(\) function implementation does not support keyword", "print takes no keywords in a kernel."),
    (r"return_dynamic_user_exc", "what an exception says has to be constant in a kernel."),
    (
        r"Invalid use of getiter with parameters \((?P<type>[^\n]*)\)",
        "a loop in a kernel cannot walk over {type} whose elements have different types.",
    ),
    (rf"Invalid use of {_OPERATOR} with parameters \((?P<operands>[^\n]*)\)", _operator),
    (r"Invalid use of (?P<type>\S.*?) with parameters \(", "{type} is called as if it were a function."),
    (r"insert_unresolved_ref", "a function that calls itself does not compile for a GPU. Write a loop."),
    (
        r"Unsupported use of (?:cell variable|op_LOAD_CLOSURE)",
        "a function inside a kernel cannot call itself. Write a loop.",
    ),
    # Types
    (
        r"No conversion from .+? to none for '\$\w*return|must have void return type",
        "a kernel returns nothing. Write the result to an output array.",
    ),
    (
        r"Cannot unify (?P<type>.+?) and (?P<type2>.+?) for '(?P<name>[\w$]+)",
        "{name} is {type} in one place and {type2} in another. In a kernel a variable keeps one type.",
    ),
    (r"Cannot cast (?P<type>.+?) to (?P<type2>\w+): ", "{type} stands where {type2} is needed."),
    (rf"Function\({_OPERATOR}\).*?>>> \w+\((?P<operands>[^\n]*)\)", _operator),
)
"""Errors that tell what is wrong."""

GENERAL: tuple[Row, ...] = (
    (r"required for linear algebra", "linear algebra of whole arrays does not compile in a kernel."),
    (
        r"NRT required but not enabled|_allocate\b|_array_allocate|build_list|'build_set'",
        "this makes something new in memory (an array, a list, text), and a kernel cannot ask for memory. "
        "Work on single elements: perhaps an index is missing. For a few values of a thread's own there is "
        "cuda.local.array.",
    ),
    (r"unsupported opcode|construct is not supported", "this part of Python does not compile in a kernel."),
    (r"Type of variable '.*?' cannot be determined", "numba cannot work out a type here."),
    (
        r"Operands must be the same type",
        "numbers of different types meet here. Is one of them a float that should be an integer?",
    ),
)
"""Errors that may come of something that is wrong elsewhere."""
