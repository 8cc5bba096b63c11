"""
# Puzzle 61 · Map rules

A map computes each element of its result from one element of `a`. Its Jacobian has numbers on the
diagonal and zeros everywhere else, so nobody needs to write it down: the backward rule is the
derivative at each element, times the `d` that came in there.

Write the backward rules of nine maps. Each is of `out = g(a)`, element by element:

| rule | `g(a)` | rule | `g(a)` |
|---|---|---|---|
| `neg_backward` | −a | `log_backward` | log(a), to base e |
| `inv_backward` | 1 / a | `sigmoid_backward` | 1 / (1 + exp(−a)) |
| `square_backward` | a · a | `tanh_backward` | tanh(a) |
| `sqrt_backward` | √a | `relu_backward` | a where a > 0, else 0 |
| `exp_backward` | exp(a) | | |

- **Arguments**: `d` and `a` are float64 arrays of the same shape, of any rank; they may have no
  elements. For `inv`, no element of `a` is 0; for `sqrt` and `log`, all are above 0. None is
  larger than 16.
- **Returns** `grad_a`, an array of that shape. At 0, `relu` has a corner: there its derivative
  counts as 0.
- **Verdict**: each rule gets its own mark, so take them one by one.
"""

from minigrad.workbook import puzzle


@puzzle("map_rules")
def neg_backward(d, a):
    pass  # Your code here: about 1 line.


@puzzle("map_rules")
def inv_backward(d, a):
    pass  # Your code here: about 1 line.


@puzzle("map_rules")
def square_backward(d, a):
    pass  # Your code here: about 1 line.


@puzzle("map_rules")
def sqrt_backward(d, a):
    pass  # Your code here: about 1 line.


@puzzle("map_rules")
def exp_backward(d, a):
    pass  # Your code here: about 1 line.


@puzzle("map_rules")
def log_backward(d, a):
    pass  # Your code here: about 1 line.


@puzzle("map_rules")
def sigmoid_backward(d, a):
    pass  # Your code here: about 2 lines.


@puzzle("map_rules")
def tanh_backward(d, a):
    pass  # Your code here: about 1 line.


@puzzle("map_rules")
def relu_backward(d, a):
    pass  # Your code here: about 1 line.
