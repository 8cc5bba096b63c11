"""Tensors, by minigrad's own jacobian."""

import minigrad
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    return minigrad.jacobian(lambda x, y: (x + y) / 2, (minigrad.tensor(x), minigrad.tensor(y)))
