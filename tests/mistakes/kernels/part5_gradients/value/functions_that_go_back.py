"""Keeps a function that sends d to the inputs; a sum and a product are classes of their own."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("value")
class Value:
    def __init__(self, data, send=lambda d: None):
        self.data, self.grad, self.send = data, 0.0, send

    def __add__(self, other):
        return Computed(self.data + other.data, lambda d: (self.backward(d), other.backward(d)))

    def __mul__(self, other):
        match other:
            case Value(data=number):
                return Computed(
                    self.data * number, lambda d: (self.backward(d * number), other.backward(d * self.data))
                )

    def backward(self, d=1.0):
        self.grad += d
        self.send(d)


class Computed(Value):
    pass
