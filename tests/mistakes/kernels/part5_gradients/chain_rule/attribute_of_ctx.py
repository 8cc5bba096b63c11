"""Keeps x in an attribute of ctx."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        ctx.x = x
        return tensor([x[0], x[0] * x[1]])

    def backward(ctx, grad_output):
        x1, x2 = ctx.x.tolist()
        return tensor([grad_output[0] + grad_output[1] * x2, grad_output[1] * x1])
