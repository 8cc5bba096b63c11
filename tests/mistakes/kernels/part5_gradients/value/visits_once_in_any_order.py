"""Visits each Value once, and hands on before all shares have arrived."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


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

    def backward(self):
        self.grad = 1.0
        waiting, met = [self], {self}
        while waiting:
            each = waiting.pop(0)
            for one, slope in zip(each.inputs, each.slopes):
                one.grad += each.grad * slope
                if one not in met:
                    met.add(one)
                    waiting.append(one)
