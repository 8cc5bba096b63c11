"""Has a default list, which all Values share."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("value")
class Value:
    def __init__(self, data, edges=[]):
        self.data = data
        self.grad = 0.0
        self.edges = edges

    def __add__(self, other):
        made = Value(self.data + other.data)
        made.edges = [(self, 1.0), (other, 1.0)]
        return made

    def __mul__(self, other):
        made = Value(self.data * other.data)
        made.edges.append((self, other.data))
        made.edges.append((other, self.data))
        return made

    def backward(self, d=1.0):
        self.grad += d
        if len(self.edges) > 2:
            return
        for one, slope in self.edges:
            one.backward(d * slope)
