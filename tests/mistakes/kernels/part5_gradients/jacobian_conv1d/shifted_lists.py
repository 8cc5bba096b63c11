"""Lists with zeros before and behind w."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    outputs = len(x) - len(w) + 1
    of_x = [[0.0] * i + w.tolist() + [0.0] * (outputs - 1 - i) for i in range(outputs)]
    return of_x, [x[i : i + len(w)] for i in range(outputs)]
