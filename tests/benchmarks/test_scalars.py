"""A scalar expression forwards and backwards, for each node, against plain Python scalars with closures.

    pytest -s tests/benchmarks/test_scalars.py

Reported as a ratio in one run, since machines differ and are shared: the least time of many runs of each. The aim is 5
at most, with NumPy 2.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import pytest

import minigrad


class Scalar:
    """A number that remembers where it came from: as little as can do what is compared."""

    def __init__(self, value: float, parents: tuple[Scalar, ...] = ()) -> None:
        self.value = value
        self.grad = 0.0
        self.parents = parents
        self.back: Callable[[], None] = lambda: None

    def __add__(self, other: Scalar | float) -> Scalar:
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.value + other.value, (self, other))

        def back() -> None:
            self.grad += out.grad
            other.grad += out.grad

        out.back = back
        return out

    def __mul__(self, other: Scalar | float) -> Scalar:
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.value * other.value, (self, other))

        def back() -> None:
            self.grad += other.value * out.grad
            other.grad += self.value * out.grad

        out.back = back
        return out

    def tanh(self) -> Scalar:
        out = Scalar(math.tanh(self.value), (self,))

        def back() -> None:
            self.grad += (1 - out.value * out.value) * out.grad

        out.back = back
        return out

    def relu(self) -> Scalar:
        out = Scalar(self.value if self.value > 0 else 0.0, (self,))

        def back() -> None:
            self.grad += out.grad if out.value > 0 else 0.0

        out.back = back
        return out

    def backward(self) -> None:
        order: list[Scalar] = []
        seen = set()

        def visit(node: Scalar) -> None:
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.back()


def chain(x: Any, y: Any) -> tuple[Any, int]:
    z = x
    for _ in range(150):
        z = z * y + x
    return z, 300


def with_numbers(x: Any, y: Any) -> tuple[Any, int]:
    z = x
    for _ in range(75):
        z = (z * 0.5 + x).relu() + y
    return z, 300


def neurons(x: Any, y: Any) -> tuple[Any, int]:
    """Ten layers of three neurons with tanh."""
    layer = [x, y, x]
    for _ in range(10):
        layer = [(layer[0] * x + layer[1] * y + layer[2] * x + y).tanh() for _ in range(3)]
    return layer[0] + layer[1] + layer[2], 10 * 3 * 7 + 2


def leaf(value: float) -> minigrad.Tensor:
    return minigrad.tensor(value, requires_grad=True)


@pytest.mark.parametrize("expression", [chain, with_numbers, neurons])
def test_a_node_costs_at_most_five_times_as_much_as_a_plain_scalar(benchmark: Any, expression: Any) -> None:
    def microseconds(make: Callable[[float], Any]) -> float:
        """For each node, the least of many runs."""
        times = []
        for _ in range(400):
            start = time.perf_counter()
            out, nodes = expression(make(0.5), make(0.25))
            out.backward()
            times.append((time.perf_counter() - start) / nodes)
        return min(times) * 1e6

    x, y, a, b = leaf(0.5), leaf(0.25), Scalar(0.5), Scalar(0.25)
    expression(x, y)[0].backward()
    expression(a, b)[0].backward()
    assert x.grad is not None
    assert math.isclose(x.grad.item(), a.grad, rel_tol=1e-4)
    plain, ours = microseconds(Scalar), microseconds(leaf)
    benchmark.pedantic(lambda: microseconds(leaf), rounds=1)
    benchmark.extra_info["ratio to plain scalars"] = round(ours / plain, 2)
    print(f"\n{expression.__name__}: {ours:.2f} µs a node; plain scalars {plain:.2f} µs; ratio {ours / plain:.2f}")
    assert ours <= 5 * plain
