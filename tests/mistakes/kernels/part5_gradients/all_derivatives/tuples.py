"""Returns tuples, with ints for the constants."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("all_derivatives")
def all_derivatives(x1, x2):
    return [(1, 0), (x2, x1)]
