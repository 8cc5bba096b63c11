"""Finds the slopes of the product by dividing it, which is NaN at 0."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        out = tensor([x[0], x[0] * x[1]])
        ctx.save_for_backward(x, out)
        return out

    def backward(ctx, d):
        x, out = ctx.saved_values
        return tensor([d[0] + d[1] * out[1] / x[0], d[1] * out[1] / x[1]])
