"""A list of lists, without NumPy."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    n = len(x)
    return [[1 / (i + 1) if j <= i else 0.0 for j in range(n)] for i in range(n)]
