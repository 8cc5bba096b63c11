"""A dataclass, whose instances are equal only to themselves."""

from dataclasses import dataclass

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("value")
@dataclass(eq=False)
class Value:
    data: float
    inputs: tuple = ()
    slopes: tuple = ()
    grad: float = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def backward(self, d=1.0):
        self.grad += d
        for one, slope in zip(self.inputs, self.slopes):
            one.backward(d * slope)
