"""Divides by zero where an element is 0."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_product")
def jacobian_product(x):
    return (x.prod() / x)[None]
