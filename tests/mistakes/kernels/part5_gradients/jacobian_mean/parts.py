"""What each element contributes, not how fast."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean")
def jacobian_mean(x):
    return (x / len(x))[None]
