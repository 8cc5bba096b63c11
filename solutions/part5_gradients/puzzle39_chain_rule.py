"""
# Puzzle 39 · Chain rule

## Walkthrough

**Forward** computes the two outputs. It also keeps x, because two of the four derivatives of puzzle 38
mention it, and `backward` gets nothing but d.

**Backward, for x1.** Let x1 move by a small step h. The first output moves by 1 · h, and whatever comes
after moves by d1 · 1 · h. The second output moves by x2 · h, which makes d2 · x2 · h. Both happen at
once, so the gradient is d1 · 1 + d2 · x2. That is a sum over the *outputs*: the first column of the
Jacobian, each entry times the d of its row.

**And for x2?** It does not reach the first output, so one of the two terms is d1 · 0. What is left is
d2 · x1.

**Where does x live until then?** In `ctx`, which belongs to this one call. An attribute of the class
would be shared: if G is used twice in one program, the second call replaces what the first one kept.

**One gradient or two?** `forward` has one input besides `ctx`, and that is a tensor. So `backward`
returns one gradient, a tensor with as many elements as the input has.

**Take with you**: there is no Jacobian in the code, only d times the Jacobian, worked out on paper. That
is what a backward rule is. Most of the following puzzles leave more of it away.
"""

from minigrad import Function, tensor
from minigrad.workbook import puzzle


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    def backward(ctx, d):
        (x,) = ctx.saved_values
        return tensor([d[0] * 1 + d[1] * x[1], d[1] * x[0]])
