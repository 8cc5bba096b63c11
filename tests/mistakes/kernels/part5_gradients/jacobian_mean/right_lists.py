"""One row, as a list in a list."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_mean")
def jacobian_mean(x):
    return [[1 / len(x)] * len(x)]
