"""The library computes it, and a tensor is an answer too."""

import minigrad
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_scale")
def jacobian_scale(x, c):
    return minigrad.jacobian(lambda tensor: c * tensor, minigrad.tensor(x))
