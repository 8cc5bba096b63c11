"""Makes the result of Python's floats, which have float32."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("chain_rule")
class G(Function):
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0].item(), x[0].item() * x[1].item()])

    def backward(ctx, d):
        (x,) = ctx.saved_values
        return tensor([d[0] + d[1] * x[1], d[1] * x[0]])
