"""
# Puzzle 73 · Map, backwards

## Walkthrough

The derivative of a map at one place depends on that place alone. Written as a Jacobian it would be
a table with zeros everywhere but on the diagonal, and the product with `d` a product element by
element. So each thread does what a thread of a zip does: two reads, one write, a guard.

**Recompute or keep?** The forward pass had s in a register. To hand it to the backward pass it
would have to write it, and this kernel would have to read it instead of `a`: one write more, and
not one read less. An exp costs a few clock ticks, a trip to memory hundreds. Where the
intermediate results are large this is the whole difference, as attention will show.

**Two formulas.** s · (1 - s) is right, and accurate enough here. But for a = 20, s rounds to 1 and
the product is 0, where it should be 0.000000002. Nothing is lost with

    e / (1 + e)²     where e = exp(-|a|)

Here nothing is subtracted, and e is never above 1, so there is no limit to `a` either. Without the
absolute value, exp(-a) overflows below -88. The derivative is the same at a and -a, which is
why |a| may be taken.

**The traps.** Forgetting `d`, which goes unnoticed as long as every `d` is 1. Taking `a` for
s, as libraries do whose backward pass gets the *output*. The derivative of exp(-a) has a minus;
written out in full, it meets another and is gone.

**Take with you**: for a map, grad_a[i] = g'(a[i]) · d[i], and g' is worked out on the spot.
"""

import math

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        e = math.exp(-abs(a[i]))
        grad_a[i] = d[i] * e / ((1 + e) * (1 + e))
