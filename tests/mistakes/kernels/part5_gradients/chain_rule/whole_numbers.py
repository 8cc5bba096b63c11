"""Makes the result of whole numbers, through which no gradient flows."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([int(x[0]), int(x[0] * x[1])])

    def backward(ctx, d):
        (x,) = ctx.saved_values
        return tensor([d[0] + d[1] * x[1], d[1] * x[0]])
