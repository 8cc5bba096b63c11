"""Keeps x in an attribute of the class, which the next call replaces."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        G.x = x
        return tensor([x[0], x[0] * x[1]])

    def backward(ctx, d):
        return tensor([d[0] + d[1] * G.x[1], d[1] * G.x[0]])
