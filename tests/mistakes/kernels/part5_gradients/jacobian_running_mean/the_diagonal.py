"""Only the derivatives of each output by the newest element."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    return 1 / np.arange(1, len(x) + 1)
