"""
# Puzzle 63 · Unbroadcast

## Walkthrough

**Which dimensions?** First line the shapes up from the right. What `shape` lacks in front is new:
`d.ndim - len(shape)` dimensions. Of the others, those grew whose size is 1 in `shape` and not in
`d`. Sum over both kinds.

**Which shape?** The new dimensions have to vanish, and the ones that grew have to stay, with size
1. Summing with `keepdims=True` keeps both kinds, and the `reshape` at the end takes the ones in
front away. It moves no number, since a dimension of size 1 has nothing to reorder.

**Why is the size compared with `d`?** A dimension of size 1 in both did not grow. Summing over it
would do no harm, since it is a sum of one number. But where `d` has size 0, the sum is that of
nothing, 0: the element had no copy, so nothing depends on it.

**Copying and summing belong together.** Forwards a copy, backwards a sum; in the next puzzle it is
the other way round. As a matrix, broadcasting repeats rows of the identity, and the transposed
matrix adds them up.

**Take with you**: with this one function, the rules of puzzle 62 are right for operands of any two
shapes that go together. Compute both gradients in the large shape, and unbroadcast each.
"""

from minigrad.workbook import puzzle


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    grown = [new + i for i, size in enumerate(shape) if size != d.shape[new + i]]
    return d.sum((*range(new), *grown), keepdims=True).reshape(shape)
