"""Keeps a copy of x, and then computes the outputs in the memory of x."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        ctx.save_for_backward(x.clone())
        x[1] = x[0] * x[1]
        return x.clone()

    def backward(ctx, d):
        (x,) = ctx.saved_values
        return tensor([d[0] + d[1] * x[1], d[1] * x[0]])
