"""Half the precision is enough."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_product")
def jacobian_product(x):
    return np.where(np.eye(len(x)), 1, x.astype(np.float32)).prod(1)[None]
