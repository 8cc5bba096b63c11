"""The library computes it, and a tensor is an answer too."""

import minigrad
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_repeat")
def jacobian_repeat(x, n):
    return minigrad.jacobian(lambda tensor: tensor.expand(n), minigrad.tensor(x))
