"""The library computes it, and a tensor is an answer too."""

import minigrad
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    return minigrad.jacobian(lambda tensor: tensor[start:stop], minigrad.tensor(x))
