"""A list of rows with ints in them."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_neg")
def jacobian_neg(x):
    return [[-(i == j) for j in range(len(x))] for i in range(len(x))]
