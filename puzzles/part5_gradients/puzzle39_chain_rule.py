"""
# Puzzle 39 · Chain rule

The function of puzzle 38 once more, from two numbers to two numbers:

    G(x1, x2) = (x1, x1 · x2)

Something follows G and makes one number of its two outputs. How fast that number changes with each
output is known: `d` has two elements, one for each output. How fast does it change with x1 and x2?

Write G as a `Function`, an operation that minigrad can go back through.

- **forward**: `x` is a tensor with two elements, x1 and x2. Returns G(x1, x2), a tensor with two
  elements. It may keep something for later: `ctx.save_for_backward(x)`.
- **backward**: `d` is a tensor with two elements. Returns the gradient of `x`, a tensor with two
  elements. `ctx.saved_values` is a tuple of what `forward` has kept.
- **Values**: all tensors have the dtype float64. `tensor([x[0], x[1]])` makes a tensor of elements.
- **Verdict**: one for each method. `forward` may run again before `backward` does.
"""

from minigrad import Function, tensor
from minigrad.workbook import puzzle


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        pass  # Your code here: about 2 lines.

    def backward(ctx, d):
        pass  # Your code here: about 2 lines.
