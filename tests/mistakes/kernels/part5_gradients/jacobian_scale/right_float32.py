"""Half the precision is enough."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_scale")
def jacobian_scale(x, c):
    return np.float32(c) * np.eye(len(x), dtype=np.float32)
