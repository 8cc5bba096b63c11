"""The methods are static, as PyTorch has them."""

from minigrad import Function, tensor
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("chain_rule")
class G(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d):
        (x,) = ctx.saved_values
        return tensor([d[0] + d[1] * x[1], d[1] * x[0]])
