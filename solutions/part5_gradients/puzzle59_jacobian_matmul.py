"""
# Puzzle 59 · Jacobian of matmul

## Walkthrough

**By x.** In the formula of output (i, j), only row i of x occurs, and beside x[i, b] stands y[b,
j]. So the derivative by x[a, b] is y[b, j] where a = i, and 0 elsewhere.

**By y.** Only column j of y occurs, and beside y[a, j] stands x[i, a]. So the derivative by y[a, b]
is x[i, a] where b = j, and 0 elsewhere.

**A condition is an identity matrix.** "Where a = i" is a factor that is 1 or 0: element (i, a) of
`np.eye(n)`. So each Jacobian is a product of two matrices without any sum, and its four indices can
be read off the sentences above: `ia,bj->ijab`. In `einsum`, an index that is named behind the arrow
is not summed.

**Mind the order of indices.** In J_x the matrix y occurs as y[b, j], with its row as the *last*
dimension of the Jacobian: `y` comes out transposed. For n = m = 1 the two Jacobians are just y,
lying down, and x, standing up.

**Why nobody writes it down.** For matrices of 1000 × 1000, J_x has 10¹² elements, nearly all of
them 0. Multiply it by d and sum over the outputs, and the zeros fall out: what is left is d · yᵀ,
and xᵀ · d for the other one. Two products of the same size as the first. That is puzzle 69.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    of_x = np.einsum("ia,bj->ijab", np.eye(len(x)), y)
    of_y = np.einsum("ia,jb->ijab", x, np.eye(y.shape[1]))
    return of_x, of_y
