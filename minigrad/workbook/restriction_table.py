"""What numba's CUDA target does not compile, as data.

Found by experiment with numba 0.60 to 0.68 and numba-cuda 0.30. ``restrictions`` looks for it in a learner's
source. Each sentence continues "Line 9, `source`: ".
"""

from __future__ import annotations

import ast

INSTEAD = "Use single values, a tuple of fixed length, or cuda.local.array."
LOOP = "Write a for loop."

SENTENCES: dict[type[ast.AST], str] = {
    ast.Dict: f"a kernel has no dictionaries. {INSTEAD}",
    ast.Set: f"a kernel has no sets. {INSTEAD}",
    ast.ListComp: f"a list comprehension makes a list, and a kernel has none. {LOOP}",
    ast.SetComp: f"a set comprehension makes a set, and a kernel has none. {LOOP}",
    ast.DictComp: f"a dictionary comprehension makes a dictionary, and a kernel has none. {LOOP}",
    ast.GeneratorExp: f"a generator expression does not compile in a kernel. {LOOP}",
    ast.FormattedValue: ("an f-string builds text, which a kernel cannot. print takes several values: print(i, a[i])."),
    ast.Try: "a GPU has no exceptions to catch, so try does not compile. Test with if beforehand.",
    ast.TryStar: "a GPU has no exceptions to catch, so try does not compile. Test with if beforehand.",
    ast.With: "with does not compile in a kernel.",
    ast.Yield: "yield makes a generator, and a kernel is none: it writes its results to the outputs.",
    ast.YieldFrom: "yield makes a generator, and a kernel is none: it writes its results to the outputs.",
    ast.Await: "await does not compile in a kernel.",
    ast.Import: "import does not compile inside a kernel. Put it at the top of the file.",
    ast.ImportFrom: "import does not compile inside a kernel. Put it at the top of the file.",
    ast.ClassDef: "a class cannot be defined inside a kernel.",
    ast.Global: ("to a kernel a global is a constant, fixed when it is compiled. Results go into output arrays."),
    ast.Delete: "del does not compile in a kernel. Leave it out.",
    ast.NamedExpr: "numba cannot work out the type of this :=. Assign on a line of its own.",
}
"""Parts of Python that a kernel cannot use, whatever stands in them."""

NO_GENERATORS = (ast.Yield, ast.YieldFrom)
"""Refused in a kernel even where numba's typing and lowering let them through: no launch can use them."""

MAKERS = {"list": "lists", "dict": "dictionaries", "set": "sets", "frozenset": "sets"}
"""Python's own constructors of what a kernel does not have."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMPILED_EVERYWHERE = _words("""
    arccos arccosh arcsin arcsinh arctan arctan2 arctanh bitwise_and bitwise_not bitwise_or bitwise_xor cos
    cosh deg2rad degrees equal fmax fmin greater greater_equal hypot invert left_shift less less_equal log
    log10 log2 logical_and logical_not logical_or logical_xor maximum minimum not_equal rad2deg radians
    right_shift sin sinh tan tanh
""")
"""NumPy functions that every one of these versions compiles for single numbers; all others are refused."""

INSTEAD_OF_NUMPY = (
    {name: name for name in _words("abs max min round")}
    | {name: f"math.{name}" for name in _words("ceil copysign exp expm1 fabs floor fmod isfinite isinf isnan")}
    | {name: f"math.{name}" for name in _words("log1p sqrt trunc")}
    | dict.fromkeys(_words("array empty ones zeros"), "cuda.local.array")
    | {"absolute": "abs", "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "true_divide": "/"}
    | {"floor_divide": "//", "mod": "%", "remainder": "%", "power": "**", "negative": "-"}
)
"""What to write in place of a NumPy function."""

ARRAY_METHODS = _words("""
    all any argmax argmin argsort astype copy cumprod cumsum dot max mean min nonzero prod repeat sort std sum
    tolist var
""")
"""Methods of whole arrays: built-in numba compiles none of them in a kernel, numba-cuda some."""

ONLY_THROUGH_CUDA = _words("""
    activemask atomic blockDim blockIdx brev cbrt clz const ffs fma fp16 gridDim laneid local match_all_sync
    match_any_sync nanosleep popc selp shared syncwarp threadIdx threadfence threadfence_block
    threadfence_system warpsize
""")
"""Names that numba compiles as ``cuda.name``, and not when they were imported from ``numba.cuda``."""

FROM_NUMBA_CUDA = (
    "numba does not compile this name when it is imported from numba.cuda. Write `from numba import cuda` at the "
    "top, and cuda. before the name."
)
