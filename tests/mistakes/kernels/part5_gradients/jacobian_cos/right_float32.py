"""Half the precision is enough."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_cos")
def jacobian_cos(x):
    return np.diag(-np.sin(x.astype(np.float32)))
