"""Right for rows and columns, and for nothing else."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("index")
def index(k, shape):
    rows, columns = shape
    return k // columns, k % columns
