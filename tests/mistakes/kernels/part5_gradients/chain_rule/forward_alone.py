"""Leaves backward for later."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    def backward(ctx, d):
        pass
