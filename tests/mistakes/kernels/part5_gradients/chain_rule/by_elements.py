"""Saves elements, and names what it computes."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        x1, x2 = x
        ctx.save_for_backward(x1, x2)
        return tensor([x1, x1 * x2])

    def backward(ctx, d):
        x1, x2 = ctx.saved_values
        d1, d2 = d
        return tensor([d1 + x2 * d2, x1 * d2])
