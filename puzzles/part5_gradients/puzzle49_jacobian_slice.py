"""
# Puzzle 49 · Jacobian of slice

Take some neighbouring elements out of a vector:

    f(x) = x[start:stop],  so  f(x)[i] = x[start + i]

There are as many outputs as the slice has elements. The inputs are all elements of `x`, also those
that the slice leaves out.

- **Arguments**: `x` is a float64 array with one dimension and n elements, at least one. `start`
  and `stop` are ints with 0 ≤ start ≤ stop ≤ n. Where they are equal, the slice is empty.
- **Returns** the Jacobian, an array of floats with a row for each output and a column for each
  input. For an empty slice it has no rows, and its shape is (0, n).
"""

from minigrad.workbook import puzzle


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    pass  # Your code here: about 1 line.
