"""Half the precision is enough."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_mean")
def jacobian_mean(x):
    return np.ones((1, len(x)), np.float32) / np.float32(len(x))
