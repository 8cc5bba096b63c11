"""A tensor, by minigrad's own jacobian."""

import minigrad
from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    return minigrad.jacobian(lambda x: x.view(*shape), minigrad.tensor(x))
