"""Kernels drawn at random from a small grammar, written out as source that could stand in a file.

They are right by construction: every index is taken modulo the length, a thread writes cells of its own
only, shared memory is read on the other side of a barrier from where it is written, an array that atomics
touch is touched by one kind of atomic only, and barriers stand where every thread comes by. Every value on
the way is exact in float32: an expression knows the largest magnitude it can have and how many bits of a
fraction.
"""

from __future__ import annotations

import itertools
import linecache
import math
from dataclasses import dataclass, field
from typing import Any

import numba
import numpy as np
from hypothesis import strategies as st
from numba import cuda

LARGEST = 2**12
"""No expression gets larger than this."""
KEPT = 32
"""What a variable holds is cut off at this."""
FINEST = 3
"""No expression has more bits of a fraction than this."""

NAMES = ("x", "y")
FLOATS = ("float32", "float64")
TYPES = ("float32", "float64", "int32", "int64")


@dataclass(frozen=True)
class Expression:
    """Source text, the largest magnitude of its value, and how many bits of a fraction the value can have."""

    text: str
    size: int
    bits: int = 0

    @property
    def exact(self) -> bool:
        """Whether every type can hold it."""
        return self.size <= LARGEST and self.bits <= FINEST


@dataclass
class Drawn:
    """A kernel with a launch and arguments, as ``kernels_in_numba.Example`` has it."""

    source: str
    grid: int
    block: int
    inputs: dict[str, np.ndarray[Any, Any]]
    results: dict[str, np.ndarray[Any, Any]]
    kernel: Any = field(init=False, repr=False)
    outputs = ("out",)
    dynamic_shared = 0
    numbers = itertools.count()

    def __post_init__(self) -> None:
        self.kernel = compiled(self.source, f"<kernel drawn at random, number {next(self.numbers)}>")

    def arguments(self) -> list[Any]:
        """``out`` and ``sums`` to write to, ``a`` and ``b`` to read, and the size of ``out``."""
        arrays = [*self.results.values(), *self.inputs.values()]
        return [*(array.copy() for array in arrays), len(self.results["out"])]

    def __repr__(self) -> str:
        inputs = {name: array.tolist() for name, array in self.inputs.items()}
        return f"kernel[{self.grid}, {self.block}] of {inputs}\n{self.source}"


def compiled(source: str, file: str) -> Any:
    """The function ``kernel`` that the source defines; ``inspect`` finds its lines as it would in a file."""
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names: dict[str, Any] = {"cuda": cuda, "numba": numba, "math": math, "np": np}
    exec(compile(source, file, "exec"), names)
    return names["kernel"]


class Grammar:
    """One draw. Methods named after what they draw; those for statements return lines without indentation."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.block = draw(st.sampled_from([2, 4, 8]))
        self.grid = draw(st.integers(1, 16 // self.block))
        self.size = draw(st.integers(1, 20))
        self.lengths = {"a": draw(st.integers(1, 9)), "b": draw(st.integers(1, 9))}
        self.types = {"a": self.pick(*TYPES), "b": self.pick(*TYPES), "cells": self.pick(*FLOATS)}
        self.types |= {"out": self.pick(*TYPES), "sums": self.pick(*TYPES)}
        self.atomic = self.pick("add", "sub", "max", "min")
        self.counters: list[str] = []  # loop variables that can be read here
        self.readable = False  # whether shared memory can be read here, at any index
        self.names = itertools.count()

    def pick(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    # Expressions

    def whole(self, depth: int = 2) -> Expression:
        """A whole number: indices and literals, put together."""
        if depth == 0 or self.pick(False, True):
            literal = Expression(f"({self.draw(st.integers(-5, 5))})", 5)
            leaves = [Expression("i", 32), Expression("t", 8), Expression("cuda.blockIdx.x", 8)]
            leaves += [Expression("size", 20), Expression("cuda.blockDim.x", 8)]
            leaves += [Expression(name, 8) for name in self.counters]
            return self.pick(literal, *leaves)
        left, right = self.whole(depth - 1), self.whole(depth - 1)
        larger, divisor = max(left.size, right.size), self.pick(-3, -2, 2, 3, 5)
        form, size = self.pick(
            ("({0} + {1})", left.size + right.size),
            ("({0} - {1})", left.size + right.size),
            ("({0} * {1})", left.size * right.size),
            ("({0} // {2})", left.size + 1),
            ("({0} % {2})", 5),
            ("min({0}, {1})", larger),
            ("max({0}, {1})", larger),
            ("abs({0})", left.size),
        )
        made = Expression(form.format(left.text, right.text, divisor), size)
        return made if made.exact else left

    def number(self, depth: int = 2) -> Expression:
        """A number, perhaps with a fraction: what arrays hold, variables, literals, put together."""
        if depth == 0 or self.pick(False, False, True):
            return self.pick(self.element, self.variable, self.literal, lambda: self.whole(1))()
        left, right = self.number(depth - 1), self.number(depth - 1)
        larger, finer = max(left.size, right.size), max(left.bits, right.bits)
        form, size, bits = self.pick(
            ("({0} + {1})", left.size + right.size, finer),
            ("({0} - {1})", left.size + right.size, finer),
            ("({0} * {1})", left.size * right.size, left.bits + right.bits),
            ("({0} / 2)", left.size, left.bits + 1),
            ("({0} // 3)", left.size + 1, 0),
            ("({0} % 4)", 4, left.bits),
            ("-{0}", left.size, left.bits),
            ("abs({0})", left.size, left.bits),
            ("min({0}, {1})", larger, finer),
            ("max({0}, {1})", larger, finer),
            ("({0} if {2} else {1})", larger, finer),
            ("cuda.selp({2}, {0}, {1})", larger, finer),
            ("math.floor({0})", left.size + 1, 0),
            ("helper({0}, {1})", left.size + 2 * right.size, finer),
        )
        condition = self.condition(0) if "{2}" in form else ""
        made = Expression(form.format(left.text, right.text, condition), size, bits)
        return made if made.exact else left

    def element(self) -> Expression:
        name = self.pick(*(("a", "b", "cells") if self.readable else ("a", "b")))
        if name == "cells":
            return Expression(f"cells[{self.whole().text} % {self.block}]", KEPT, FINEST - 1)
        return Expression(f"{name}[{self.whole().text} % {self.lengths[name]}]", 8, 1)

    def variable(self) -> Expression:
        return Expression(self.pick(*NAMES), KEPT, FINEST - 1)

    def literal(self) -> Expression:
        return Expression(self.pick("0.5", "2", "-1.5", "3"), 3, 1)

    def condition(self, depth: int = 1) -> str:
        """A comparison, or several of them."""
        if depth and self.pick(False, True):
            form = self.pick("({0} and {1})", "({0} or {1})", "(not {0})")
            return form.format(*(self.condition(depth - 1) for _ in range(form.count("{"))))
        draw = self.pick(self.whole, self.number) if depth else self.whole
        form = self.pick("({0} {2} {1})", "(0 <= {0} {2} {1})")
        return form.format(draw(1).text, draw(1).text, self.pick("<", "<=", ">", ">=", "==", "!="))

    def kept(self) -> str:
        """A number no larger and no finer than a variable may hold."""
        number = self.number()
        text = f"math.floor({number.text})" if number.bits > FINEST - 1 else number.text
        return text if number.size < KEPT else f"min(max({text}, -{KEPT}), {KEPT})"

    # Statements

    def statements(self, depth: int = 2) -> list[str]:
        """Statements without a barrier, so that they may stand where threads part."""
        return [line for _ in range(self.draw(st.integers(1, 2))) for line in self.statement(depth)]

    def statement(self, depth: int) -> list[str]:
        if depth == 0:
            return self.assignment()
        return self.pick(self.assignment, self.guard, self.counted_loop, self.while_loop, self.sum_up)(depth)

    def assignment(self, depth: int = 0) -> list[str]:
        name, other = self.pick(("x", "y"), ("y", "x"))
        form = self.pick("{0} = {2}", "{0} += {2}\n{0} = min(max({0}, -{3}), {3})", "{0}, {1} = {1}, {2}")
        return form.format(name, other, self.kept(), KEPT).split("\n")

    def guard(self, depth: int) -> list[str]:
        lines = [f"if {self.condition()}:", *indented(self.statements(depth - 1))]
        return [*lines, "else:", *indented(self.statements(depth - 1))] if self.pick(False, True) else lines

    def counted_loop(self, depth: int) -> list[str]:
        counter = f"k{next(self.names)}"
        turns = self.pick("3", "t % 3", "size % 4", "1, 6, 2", "3, -1, -1")
        self.counters.append(counter)
        body = self.statements(depth - 1)
        if self.pick(False, True):
            body += [f"if {self.condition()}:", f"    {self.pick('break', 'continue')}", *self.assignment()]
        self.counters.pop()
        return [f"for {counter} in range({turns}):", *indented(body)]

    def while_loop(self, depth: int) -> list[str]:
        counter = f"k{next(self.names)}"
        self.counters.append(counter)
        body = self.statements(depth - 1)
        self.counters.pop()
        lines = [f"{counter} = {self.whole().text} % 4", f"while {counter} > 0:"]
        return lines + indented([f"{counter} -= 1", *body])

    def sum_up(self, depth: int) -> list[str]:
        """An atomic on global memory. Whole numbers, so that unsigned and integer arrays hold them too."""
        value = self.whole().text if self.pick(False, True) else f"int({self.kept()})"
        return [f"cuda.atomic.{self.atomic}(sums, {self.whole().text} % 3, {value})"]

    # Parts between barriers

    def parts(self) -> list[str]:
        return [line for _ in range(self.draw(st.integers(1, 3))) for line in self.part()]

    def part(self) -> list[str]:
        return self.pick(self.statements, self.exchange, self.tree, self.vote, self.histogram, self.rounds)()

    def exchange(self) -> list[str]:
        """Every thread writes one cell; after the barrier, any may be read."""
        shift = self.draw(st.integers(0, self.block - 1))
        cell = self.pick("t", f"{self.block - 1} - t", f"(t + {shift}) % {self.block}")
        write = [f"cells[{cell}] = {self.kept()}", *self.pick([], [f"cells[{cell}] *= -1"])]
        self.readable = True
        read = [*self.statements(1), f"x = cells[{self.whole().text} % {self.block}]"]
        self.readable = False
        return [*write, "cuda.syncthreads()", *read, "cuda.syncthreads()"]

    def tree(self) -> list[str]:
        """Halve the number of threads that work until one is left, with one of three operators."""
        pair = "(cells[t], cells[t + s])"
        combine = self.pick("cells[t] + cells[t + s]", f"max{pair}", f"min{pair}")
        return [
            f"cells[t] = {self.kept()}",
            "cuda.syncthreads()",
            f"s = {self.block // 2}",
            "while s > 0:",
            "    if t < s:",
            f"        cells[t] = {combine}",
            "    cuda.syncthreads()",
            "    s //= 2",
            f"y = min(max(cells[0], -{KEPT}), {KEPT})",
            "cuda.syncthreads()",
        ]

    def vote(self) -> list[str]:
        """A barrier that counts."""
        return [f"y = cuda.syncthreads_{self.pick('count', 'and', 'or')}({self.condition()})"]

    def histogram(self) -> list[str]:
        """Atomics on shared memory, between two barriers."""
        return [
            "bins[t] = 0",
            "cuda.syncthreads()",
            f"cuda.atomic.add(bins, {self.whole().text} % {self.block}, {self.pick('1', 't', '2 * t + 1')})",
            *([f"if {self.condition()}:", "    cuda.atomic.add(bins, 0, -2)"] if self.pick(False, True) else []),
            "cuda.syncthreads()",
            f"y = min(bins[{self.whole().text} % {self.block}], {KEPT})",
            "cuda.syncthreads()",
        ]

    def rounds(self) -> list[str]:
        """A loop that every thread of the block goes round as often, with barriers in it."""
        counter = f"k{next(self.names)}"
        self.counters.append(counter)
        body = self.pick(self.exchange, self.vote, self.histogram)()
        self.counters.pop()
        return [f"for {counter} in range({self.pick('2', 'size % 3', 'cuda.blockIdx.x + 1')}):", *indented(body)]

    def results(self) -> list[str]:
        """Write all of ``out``, each cell by one thread."""
        if self.grid * self.block >= self.size and self.pick(False, True):
            guard = self.pick(["if i < size:"], ["if i >= size:", "    return", "if True:"])
            return [
                *guard,
                f"    out[i] = {self.kept()}",
                f"    out[i] {self.pick('+=', '-=', '*=')} {self.whole(1).text}",
            ]
        self.counters.append("j")
        value = self.kept()
        self.counters.pop()
        return ["for j in range(i, size, cuda.gridsize(1)):", f"    out[j] = {value}"]

    # All of it

    def kernel(self) -> Drawn:
        index = self.pick("cuda.grid(1)", "cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x")
        body = [
            f"cells = cuda.shared.array({self.block}, numba.{self.types['cells']})",
            f"bins = cuda.shared.array({self.block}, numba.int32)",
            f"i = {index}",
            "t = cuda.threadIdx.x",
            f"x = {self.pick('0.0', 'a[0]', '1')}",
            f"y = {self.pick('0', 'b[0]', '-2.5')}",
            *self.parts(),
            *self.results(),
        ]
        helper = ["@cuda.jit(device=True)", "def helper(x, y):", "    return x - 2 * y if x > y else x + y"]
        signature = ["@cuda.jit", "def kernel(out, sums, a, b, size):"]
        source = "\n".join([*helper, "", "", *signature, *indented(body), ""])
        inputs = {name: self.array(length, self.types[name]) for name, length in self.lengths.items()}
        results = {"out": np.zeros(self.size, self.types["out"]), "sums": np.full(3, 7, self.types["sums"])}
        return Drawn(source, self.grid, self.block, inputs, results)

    def array(self, length: int, dtype: str) -> np.ndarray[Any, Any]:
        halves = st.integers(-8, 8) if dtype.startswith("int") else st.integers(-16, 16).map(lambda n: n / 2)
        return np.array(self.draw(st.lists(halves, min_size=length, max_size=length)), dtype)


def indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]


@st.composite
def kernels(draw: Any) -> Drawn:
    """Kernels with a launch of at most sixteen threads and with their arguments."""
    return Grammar(draw).kernel()
