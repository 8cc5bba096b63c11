"""Tensors, by minigrad's own jacobian."""

import minigrad
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_conv2d")
def jacobian_conv2d(x, w):
    def f(x, w):
        return minigrad.conv2d(x.view(1, *x.shape), w.view(1, 1, *w.shape)).view(*sizes)

    sizes = (x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1)
    return minigrad.jacobian(f, (minigrad.tensor(x), minigrad.tensor(w)))
