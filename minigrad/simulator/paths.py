"""The way that each lane takes through a kernel, while a launch is recorded.

On a GPU the lanes of a warp move together. Here they run one after another, so what belonged together has to be found
out afterwards: two lanes were at an instruction at the same time if they came to it in the same turn of the same loops,
through the same calls. The copy of a kernel that is to be recorded therefore says when a thread begins a loop or a turn
of it and when it leaves, when it begins a function, and how each test came out:

    while n < m:                          way = enter(here)
        if n % 2:                         while branch(here, n < m):
            ...                               turn()
                                              if branch(here, n % 2):
                                                  ...
                                          left(way, None)

(``here`` is the number of the place, different in each line.)

A thread's ``way`` is one integer, made of all that by hashing, so that it can be kept with every access.

A branch at which lanes of one warp part is *divergent*: some go one way and some the other, and the hardware takes both
ways in turn, each with a part of the lanes. Tests of ``if``, ``while`` and ``x if test else y`` are branches, and so is
the end of each turn of a ``for`` loop. A test with ``and`` or ``or`` is one branch. A compiler may make a selection
of a short branch; here it is counted all the same.
"""

from __future__ import annotations

import ast
import sys
from array import array
from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from minigrad.simulator.order import NO_WAY, Thread
from minigrad.simulator.source import instruction_starts
from minigrad.simulator.syntax import PREFIX, call, placed

MAX_KEPT = 250_000
"""So many tests of all warps are kept between two barriers of a block; those beyond are not compared."""

BRANCH = PREFIX + "branch"
"""The function that the test of a branch is handed to."""

Place = int
"""Where a branch stands in its file: the line, and the column below."""

_COLUMN_BITS = 12

_WAY = PREFIX + "way_"


class Paths:
    """Where the threads of one launch are. After it, ``divergent`` says how often warps parted in each file and line.

    The methods below ``names`` are called by the kernel's copy.
    """

    def __init__(self) -> None:
        self.divergent: Counter[tuple[str, int]] = Counter()
        self._thread: Thread = None  # type: ignore[assignment]  # set before any code of the kernel runs
        self._warp = 0
        self._is_alone = True  # in its warp, so that there is nobody to part from
        self._seen: dict[int, int] = {}  # by warp, way and branch: which ways were taken, 1 or 2 or both

    def resume(self, thread: Thread) -> None:
        """From here on this thread is the running one."""
        self._thread = thread
        self._warp = thread.warp.number
        self._is_alone = len(thread.warp.threads) == 1

    def forget(self) -> None:
        """The block has met: whatever its lanes did before, they did it together."""
        self._seen.clear()

    @property
    def names(self) -> dict[str, Any]:
        """What the copy's code calls."""
        functions = (self.called, self.enter, self.turn, self.one_more, self.no_more, self.branch, self.left)
        return {PREFIX + function.__name__: function for function in functions}

    def called(self) -> int:
        """A function begins. Returns the way before."""
        thread = self._thread
        way = thread.way
        if way == NO_WAY:  # it is the kernel
            thread.way = 0
        else:
            caller = sys._getframe(2)
            thread.way = hash((way, instruction_starts(caller.f_code)[caller.f_lasti >> 1], 0))
        return way

    def enter(self, place: Place) -> int:
        """A loop begins. Returns the way before."""
        thread = self._thread
        way = thread.way
        thread.way = hash((way, place, 1))
        return way

    def turn(self) -> None:
        """A turn of the innermost loop begins."""
        thread = self._thread
        thread.way = hash((thread.way, 2))

    def one_more(self, place: Place) -> None:
        """A ``for`` loop goes on, with another turn."""
        self._took(place, 1)
        thread = self._thread
        thread.way = hash((thread.way, 2))

    def no_more(self, place: Place) -> None:
        """A ``for`` loop has come to its end."""
        self._took(place, 2)

    def left(self, way: int, value: Any) -> Any:
        """A loop or a function was left; ``way`` is the one before it. Hands on ``value``."""
        self._thread.way = way
        return value

    def branch(self, place: Place, answer: Any) -> bool:
        """A test came out so."""
        is_true = bool(answer)
        self._took(place, 1 if is_true else 2)
        return is_true

    def _took(self, place: Place, which: int) -> None:
        if self._is_alone:
            return
        key = hash((self._warp, self._thread.way, place))
        seen = self._seen.get(key, 0)
        if seen & which or (not seen and len(self._seen) >= MAX_KEPT):
            return
        self._seen[key] = seen | which
        if seen:
            self.divergent[sys._getframe(2).f_code.co_filename, place >> _COLUMN_BITS] += 1


class Ways:
    """One way for each entry of a log, kept only where it differs from the one before."""

    def __init__(self) -> None:
        self._ways = array("q")
        self._begins = array("q")
        self._last: int | None = None

    def put(self, entry: int, way: int) -> None:
        """From this entry on it is this way."""
        if way != self._last:
            self._last = way
            self._ways.append(way)
            self._begins.append(entry)

    def column(self, count: int) -> npt.NDArray[np.int64]:
        """The way of each of ``count`` entries."""
        begins = np.append(np.array(self._begins, np.int64), np.int64(count))
        lengths: npt.NDArray[np.int64] = begins[1:] - begins[:-1]
        return np.repeat(np.array(self._ways, np.int64), lengths)


class Marker(ast.NodeTransformer):
    """Puts the calls into one function definition, in place."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        position = 1 if ast.get_docstring(node, clean=False) is not None else 0
        last = node.body[-1]
        node.body[position:position] = placed(f"{_WAY} = {PREFIX}called()", node.body[0])
        if not isinstance(last, ast.Return):
            node.body += placed(f"{PREFIX}left({_WAY}, None)", last)
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self.generic_visit(node)
        node.body = call("left", node.body, call("called", node.body), node.body)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        value = node.value or ast.copy_location(ast.Constant(None), node)
        way = ast.copy_location(ast.Name(_WAY, ast.Load()), value)
        node.value = call("left", value, way, value)
        return node

    def visit_For(self, node: ast.For) -> list[ast.stmt]:
        self.generic_visit(node)
        node.body.insert(0, self._said("one_more", node))
        node.orelse.insert(0, self._said("no_more", node))
        return self._between(node)

    def visit_While(self, node: ast.While) -> list[ast.stmt]:
        self._with_test(node)
        node.body[0:0] = placed(f"{PREFIX}turn()", node)
        return self._between(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        return self._with_test(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        return self._with_test(node)

    def visit_ListComp(self, node: ast.expr) -> ast.AST:
        """Its turns are not counted, so what is in it is left as it is."""
        return node

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp

    def _with_test(self, node: ast.If | ast.IfExp | ast.While) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.test, ast.Constant):
            node.test = call("branch", node.test, _place(node.test), node.test)
        return node

    def _between(self, loop: ast.For | ast.While) -> list[ast.stmt]:
        """The loop between its beginning and its end."""
        way = f"{_WAY}{loop.lineno}_{loop.col_offset}"
        begin = ast.Assign([ast.Name(way, ast.Store())], call("enter", loop, _place(loop)))
        ast.copy_location(begin, loop)
        ast.copy_location(begin.targets[0], loop)
        return [begin, loop, *placed(f"{PREFIX}left({way}, None)", loop)]

    def _said(self, name: str, loop: ast.For) -> ast.stmt:
        return ast.copy_location(ast.Expr(call(name, loop, _place(loop))), loop)


def _place(node: ast.For | ast.While | ast.expr) -> ast.expr:
    column = min(node.col_offset, (1 << _COLUMN_BITS) - 1)
    return ast.copy_location(ast.Constant(node.lineno << _COLUMN_BITS | column), node)
