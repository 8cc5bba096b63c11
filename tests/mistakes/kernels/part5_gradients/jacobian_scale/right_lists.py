"""A list of rows is as good as an array."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_scale")
def jacobian_scale(x, c):
    n = len(x)
    return [[c if i == j else 0.0 for j in range(n)] for i in range(n)]
