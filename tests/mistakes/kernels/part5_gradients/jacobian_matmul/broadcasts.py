"""Identity matrices and operands meet by broadcasting, in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    x, y = x.astype(np.float32), y.astype(np.float32)
    of_x = np.eye(len(x), dtype=np.float32)[:, None, :, None] * y.T[None, :, None, :]
    of_y = x[:, None, :, None] * np.eye(y.shape[1], dtype=np.float32)[None, :, None, :]
    return of_x, of_y
