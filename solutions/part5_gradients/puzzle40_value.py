"""
# Puzzle 40 · Value

## Walkthrough

**What to remember.** `inputs` are the Values that this one was computed from, and `slopes` say how fast
it changes with each of them. A sum changes as fast as its operands: 1 and 1. A product changes with
each operand as fast as the *other* one says. A Value that somebody typed in remembers nothing.

**Forwards, nothing else happens.** Each operation makes a new Value, which holds on to its inputs. So the
last one holds on to the whole computation: a graph.

**Backwards.** `d` is how fast the end of the computation changes with this Value. At the end itself it
is 1. A Value adds d to its `grad`, and hands to each input its share: d times the slope. The input
does the same.

**Why add?** A Value that is used twice is reached twice, on two paths, and the chain rule sums over
paths. In `a * b + a`, `a` gets b by way of the product and 1.0 by way of the sum.

**How does it come to an end?** A Value is computed from older ones, never from itself. So every path
leads to a Value without inputs.

**Take with you**: `backward` knows neither + nor ·. For a new operation you write its value and its slopes,
and nothing else. What is not good about it is that it follows every path, and there may be very many.
Puzzles 70 to 72 keep the idea and visit each node once.
"""

from minigrad.workbook import puzzle


@puzzle("value")
class Value:
    def __init__(self, data, inputs=(), slopes=()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs
        self.slopes = slopes

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def backward(self, d=1.0):
        self.grad += d
        for one, slope in zip(self.inputs, self.slopes):
            one.backward(d * slope)
