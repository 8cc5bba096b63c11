"""A list of rows with ints in them."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    return [[1] * (i + 1) + [0] * (len(x) - i - 1) for i in range(len(x))]
