"""Half the precision is enough."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    return np.linspace(1, n, n, dtype=np.float32).reshape(n, 1)
