"""Four loops in a list."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    rows, cols = x.shape
    return [
        [[[float(a == j and b == i) for b in range(cols)] for a in range(rows)] for j in range(rows)]
        for i in range(cols)
    ]
