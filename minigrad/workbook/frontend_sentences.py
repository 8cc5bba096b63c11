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
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minigrad.workbook.frontend_errors import Refusal

Sentence = str | Callable[[re.Match[str], "Refusal"], str]


NOT_ON_CUDA = "numba's CUDA target does not have this function, or not for such arguments."


def _nearest(name: str, known: Iterable[str], prefix: str = "") -> str:
    near = difflib.get_close_matches(name.lower(), {each.lower() for each in known}, n=1, cutoff=0.7)
    meant = next((each for each in known if near and each.lower() == near[0]), "")
    return f" Did you mean {prefix}{meant}?" if meant else ""


def _undefined(found: re.Match[str], refusal: Refusal) -> str:
    name = found["name"]
    known = [each for each in (*refusal.namespace, *dir(builtins)) if not each.startswith("_")]
    return f"{name} is not defined.{_nearest(name, known)}"


IN_KERNELS = (
    "threadIdx blockIdx blockDim gridDim laneid warpsize grid gridsize syncthreads syncthreads_count "
    "syncthreads_and syncthreads_or syncwarp shared local const atomic shfl_sync shfl_up_sync shfl_down_sync "
    "shfl_xor_sync all_sync any_sync eq_sync ballot_sync match_any_sync match_all_sync activemask threadfence "
    "threadfence_block threadfence_system selp fma popc clz ffs brev cbrt"
)
"""What ``cuda`` offers inside a kernel."""


def _not_in_cuda(found: re.Match[str], refusal: Refusal) -> str:
    name = found["name"]
    if hasattr(refusal.namespace.get("cuda"), name):
        return f"cuda.{name} is for the program around a kernel, not for the kernel itself."
    return f"there is no cuda.{name}.{_nearest(name, IN_KERNELS.split(), 'cuda.')}"


def _how_many_indices(found: re.Match[str], _: Refusal) -> str:
    has, given = (f"{n} {what}" for n, what in ((found["has"], "dimension"), (found["given"], "ind")))
    has += "" if found["has"] == "1" else "s"
    given += "ex" if found["given"] == "1" else "ices"
    return f"this array has {has} and is given {given}."


def _index(found: re.Match[str], _: Refusal) -> str:
    if found["type"] == "Dim3":
        return "an index has to be an integer, and this is a triple of them. Take its .x, .y or .z."
    if found["type"].startswith("float"):
        return "an index has to be an integer, and this one is {type}. // divides to an integer, int(...) makes one."
    return "an index has to be an integer, and this one is {type}."


def _global(found: re.Match[str], refusal: Refusal) -> str:
    kind = found["kind"]
    if not re.search(rf"\b{found['name']}\b", refusal.source):
        return NOT_ON_CUDA
    if kind == "function":
        return "{name} is a plain Python function. Put @cuda.jit(device=True) above it."
    if kind == "builtin_function_or_method":
        return "{name} is one of Python's own functions that a kernel does not have."
    if kind == "type":
        return "{name} is a class, which a kernel cannot use."
    return (
        f"{{name}} is a {kind.rpartition('.')[2]}, which a kernel cannot use. Of the module it can read numbers, "
        "tuples of numbers and NumPy arrays."
    )


def _arguments(found: re.Match[str], refusal: Refusal) -> str:
    called = refusal.called
    if called is None or called.__code__.co_filename != refusal.filename:
        return NOT_ON_CUDA
    return (
        f"{called.__name__} takes {{takes}} arguments and is called with {{given}}. Every argument of a device "
        "function has to be given, by position."
    )


OPERATORS = {
    "add": "+", "iadd": "+=", "sub": "-", "isub": "-=", "mul": "*", "imul": "*=", "truediv": "/", "itruediv": "/=",
    "floordiv": "//", "mod": "%", "pow": "**", "neg": "-", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==",
    "ne": "!=", "and_": "&", "or_": "|", "xor": "^", "matmul": "@", "lshift": "<<", "rshift": ">>",
}  # fmt: skip


def _operator(found: re.Match[str], _: Refusal) -> str:
    sign = OPERATORS[found["op"]]
    if "array(" in found["operands"]:
        return (
            f"{sign} is used on a whole array, and a kernel works on single elements. "
            "Give the array one index for each of its dimensions."
        )
    return f"{sign} does not go with the types ({found['operands']})."


SPECIFIC: tuple[tuple[str, Sentence], ...] = (
    # Names
    (r"name '(?P<name>\w+)' is not defined", _undefined),
    (r"Variable '(?P<name>\w+)' is not defined", "{name} is used before anything is assigned to it."),
    (r"module 'numba\.cuda' has no attribute '(?P<name>\w+)'", _not_in_cuda),
    (r"Unknown attribute '(?P<name>\w+)' of type Module\(<module 'numba\.cuda'", _not_in_cuda),
    (
        r"type object '(?P<of>shared|local|const|atomic)' has no attribute '(?P<name>\w+)'",
        "there is no cuda.{of}.{name}.",
    ),
    (
        r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'",
        "{module} has no {name} in this Python.",
    ),
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
        "a kernel cannot use what {name} holds. Of the module it can read numbers, tuples of numbers and NumPy arrays.",
    ),
    # Shared and local arrays
    (
        r"<function (?P<kind>shared|local)\.array.*missing a required argument: '(?P<name>\w+)'",
        "cuda.{kind}.array needs a size and a type, for example cuda.{kind}.array(TPB, float32); {name} is missing.",
    ),
    (
        r"<function (?P<kind>shared|local)\.array.*?"
        r">>> array\((?:Literal\[int\]\(\d+\)|UniTuple\(Literal[^\n]*\)|Tuple\((?:Literal\[int\]\(\d+\)(?:, )?)+\)), ",
        "the type of a {kind} array has to be one of numba's or NumPy's, for example float32.",
    ),
    (
        r"<function (?P<kind>shared|local)\.array",
        "the size of a {kind} array has to be a number or a constant of the module.",
    ),
    # Indices and elements
    (
        r"cannot index array\(\w+, (?P<has>\d+)d, \w+\) with (?P<given>\d+) indices",
        _how_many_indices,
    ),
    (r"Unsupported array index type (?P<type>\w+(?:\[\w+\]\(.*?\))?) in", _index),
    (
        r">>> setitem\(array\([^)]*\), [^\n]*, array\([^)]*\)\)",
        "one element of an array is a number, and here it is given a whole array.",
    ),
    (
        r">>> setitem\(array\([^)]*\), [^\n]*, (?P<type>Literal\[str\]\([^\n]*\)|unicode_type|none)\)",
        "one element of an array is a number, and here it is given {type}.",
    ),
    (
        r">>> getitem\((?P<type>(?:Literal\[int\]\(-?\d+\)|u?int\d+|float\d+|bool)), ",
        "{type} has no elements to take with [ ].",
    ),
    # Calls
    (
        r"<intrinsic (?P<name>grid|gridsize)>|(?P<short>grid|gridsize)\(\) missing|argument can only be 1, 2, 3",
        "cuda.grid and cuda.gridsize take 1, 2 or 3, written as a number.",
    ),
    (
        r"<intrinsic (?P<name>syncthreads_\w+)>.*?>>> \w+\((?P<type>[^\n]*)\)",
        "cuda.{name} takes an integer, and this is {type}. Write int(...) around it.",
    ),
    (
        r"Signature mismatch: (?P<given>\d+) argument types given, but function takes (?P<takes>\d+)",
        _arguments,
    ),
    (
        r"Cannot bind '.*?' to signature '(?P<signature>.*?)' due to \"TypeError: (?P<why>.*?)\"",
        "the function takes {signature}: {why}",
    ),
    (r"Invalid use of (?P<type>.+?) with parameters \(", "{type} is called as if it were a function."),
    (
        r">>> getitem\((?P<type>type\(CUDADispatcher\([^\n]*?\)\)), ",
        "a kernel cannot launch a kernel. Call a device function, by its name, without [ ].",
    ),
    (r"insert_unresolved_ref", "a function that calls itself does not compile for a GPU. Write a loop."),
    # Types
    (
        r"No conversion from .+? to none for '\$\w*return|must have void return type",
        "a kernel returns nothing. Write the result to an output array.",
    ),
    (
        r"Cannot unify (?P<type>.+?) and (?P<type2>.+?) for '(?P<name>[\w$]+)",
        "{name} is {type} in one place and {type2} in another. In a kernel a variable keeps one type.",
    ),
    (
        r"Function\(<built-in function (?P<op>" + "|".join(OPERATORS) + r")>\).*?>>> \w+\((?P<operands>[^\n]*)\)",
        _operator,
    ),
)

GENERAL: tuple[tuple[str, Sentence], ...] = (
    (
        r"NRT required but not enabled|_allocate\b|_array_allocate|build_list|'build_set'",
        "this makes something new in memory (an array, a list, text), and a kernel cannot ask for memory. "
        "Work on single elements: perhaps an index is missing. For a few values of a thread's own there is "
        "cuda.local.array.",
    ),
    (r"unsupported opcode|construct is not supported", "this part of Python does not compile in a kernel."),
    (r"Type of variable '.*?' cannot be determined", "numba cannot work out a type here."),
)
