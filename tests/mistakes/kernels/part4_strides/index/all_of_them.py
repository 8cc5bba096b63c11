"""Writes down all indices in their order, and takes one."""

from itertools import product

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("index")
def index(k, shape):
    return list(product(*map(range, shape)))[k]
