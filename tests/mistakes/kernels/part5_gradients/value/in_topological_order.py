"""Sorts the Values, and visits each once; numbers become Values."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("value")
class Value:
    def __init__(self, data, children=(), op=""):
        self.data = data
        self.grad = 0
        self._back = lambda: None
        self._children = set(children)
        self._op = op

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def back():
            self.grad += out.grad
            other.grad += out.grad

        out._back = back
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def back():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._back = back
        return out

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        order, met = [], set()

        def build(value):
            if value not in met:
                met.add(value)
                for child in value._children:
                    build(child)
                order.append(value)

        build(self)
        self.grad = 1
        for value in reversed(order):
            value._back()
