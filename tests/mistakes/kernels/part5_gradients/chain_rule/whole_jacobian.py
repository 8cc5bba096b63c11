"""Builds the Jacobian and multiplies d with it."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    def backward(ctx, d):
        (x,) = ctx.saved_tensors
        zero, one = x[0] * 0, x[0] * 0 + 1
        return (d @ tensor([[one, zero], [x[1], x[0]]]),)
