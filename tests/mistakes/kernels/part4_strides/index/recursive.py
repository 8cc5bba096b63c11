"""The last dimension, after all that stands before it."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("index")
def index(k, shape):
    if len(shape) == 0:
        return ()
    return split(k // shape[-1], shape[:-1]) + (k % shape[-1],)


def split(k, shape):
    return split(k // shape[-1], shape[:-1]) + (k % shape[-1],) if shape else ()
