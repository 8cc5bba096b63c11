"""Reads an attribute of ctx that forward never set."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        return tensor([x[0], x[0] * x[1]])

    def backward(ctx, d):
        return tensor([d[0] + d[1] * ctx.x[1], d[1] * ctx.x[0]])
