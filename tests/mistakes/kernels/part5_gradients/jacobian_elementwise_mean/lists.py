"""Lists of lists, and both in a list."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    n = len(x)
    return [[[0.5 * (i == j) for j in range(n)] for i in range(n)] for _ in range(2)]
