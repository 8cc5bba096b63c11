"""Uses two more points, which is more accurate still."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("derivative")
def derivative(f, xs, i):
    h = 1e-3

    def at(steps):
        return f(*(x + steps * h if k == i else x for k, x in enumerate(xs)))

    return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
