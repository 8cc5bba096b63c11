"""
# Puzzle 62 · Zip rules

A zip computes each element of its result from one element of `a` and one of `b`. So there are two
Jacobians, and both are diagonal. The backward rule returns two gradients: each is the derivative by
that operand, with the other one held still, times `d`.

Write the backward rules of seven zips. Each is of `out = g(a, b)`, element by element:

| rule | `g(a, b)` | rule | `g(a, b)` |
|---|---|---|---|
| `add_backward` | a + b | `pow_backward` | a to the power b |
| `sub_backward` | a − b | `maximum_backward` | the larger of a and b |
| `mul_backward` | a · b | `less_backward` | 1 where a < b, else 0 |
| `div_backward` | a / b | | |

- **Arguments**: `d`, `a` and `b` are float64 arrays of the same shape, of any rank; they may have
  no elements. For `div`, no element of `b` is 0. For `pow`, all elements of `a` are above 0.
- **Returns** `(grad_a, grad_b)`, two arrays of that shape.
- **Ties**: where `a` and `b` are equal, `maximum` sends half of `d` to each. The result of `less`
  does not move when its operands move a little: its gradients are arrays of zeros, not None.
- **Verdict**: each rule gets its own mark, so take them one by one.
"""

from minigrad.workbook import puzzle


@puzzle("zip_rules")
def add_backward(d, a, b):
    pass  # Your code here: about 1 line.


@puzzle("zip_rules")
def sub_backward(d, a, b):
    pass  # Your code here: about 1 line.


@puzzle("zip_rules")
def mul_backward(d, a, b):
    pass  # Your code here: about 1 line.


@puzzle("zip_rules")
def div_backward(d, a, b):
    pass  # Your code here: about 1 line.


@puzzle("zip_rules")
def pow_backward(d, a, b):
    pass  # Your code here: about 1 line.


@puzzle("zip_rules")
def maximum_backward(d, a, b):
    pass  # Your code here: about 2 lines.


@puzzle("zip_rules")
def less_backward(d, a, b):
    pass  # Your code here: about 1 line.
