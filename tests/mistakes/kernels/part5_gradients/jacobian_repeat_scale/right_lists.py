"""A list of rows with one number each."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    return [[i + 1] for i in range(n)]
