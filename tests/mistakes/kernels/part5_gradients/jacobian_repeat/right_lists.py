"""A list of rows with one number each."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_repeat")
def jacobian_repeat(x, n):
    return [[1.0]] * n
