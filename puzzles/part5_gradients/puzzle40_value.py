"""
# Puzzle 40 · Value

Who applies the chain rule in a whole program? The numbers themselves can: each remembers what it
was computed from, and how fast it changes with that.

    a, b = Value(3.0), Value(4.0)
    c = a * b + a
    c.backward()            now a.grad is 5.0, and b.grad is 3.0

Write such a number. It is the whole of automatic differentiation, in about twenty lines.

- **data** is the number, a float, and **grad** its gradient, 0.0 at first.
- **+** and **·**: `a + b` and `a * b` return a new Value. Both operands are Values, and may be the
  same one. They stay as they are.
- **c.backward()** sets `grad` of `c` and of each Value that `c` was computed from: how fast
  `c.data` changes with its `data`. It is called once on one expression.
- **Size**: up to four operations.
- **Yours to change**: `__init__`, as long as `Value(3.0)` makes a Value, and the parameters of
  `backward`, as long as it can be called without any.
- **Verdict**: one for each of the three methods.
"""

from minigrad.workbook import puzzle


@puzzle("value")
class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def __add__(self, other):
        pass  # Your code here: about 1 line.

    def __mul__(self, other):
        pass  # Your code here: about 1 line.

    def backward(self):
        pass  # Your code here: about 3 lines.
