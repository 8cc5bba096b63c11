"""The library computes it, and a tensor is an answer too."""

import minigrad
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_relu")
def jacobian_relu(x):
    return minigrad.jacobian(minigrad.relu, minigrad.tensor(x))
