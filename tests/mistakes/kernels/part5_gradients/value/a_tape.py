"""Writes all that is computed on a tape, and plays it backwards."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("value")
class Value:
    tape = []

    def __init__(self, data, edges=()):
        self.data = data
        self.grad = 0.0
        self.edges = edges
        Value.tape = [*Value.tape[-20:], self]

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def backward(self):
        self.grad = 1.0
        for each in reversed(self.tape):
            for one, slope in each.edges:
                one.grad += slope * each.grad
