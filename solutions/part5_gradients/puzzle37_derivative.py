"""
# Puzzle 37 · Derivative

## Walkthrough

**Two points.** `xs` is a tuple, so it cannot be changed by mistake, and two lists are made from it.
They differ from it only at place `i`: one is a step further, one is a step back. `f(*left)` calls f
with the entries of the list as its arguments.

**Why both sides?** Near x, f is nearly f(x) + f′(x) · h + ½ f″(x) · h². A step to the right alone has
the error ½ f″(x) · h, which is the bend of f. With a step to the left, h² is the same and is
subtracted away. What is left is smaller by another factor of h: of `square` nothing is left at all.

**Why not a tiny step?** Near 1000, two neighbouring float64 numbers are 1e-13 apart. f is rounded by
about that much, and divided by a step of 1e-10 it is an error of a thousandth. A smaller step makes
the first error smaller and the second larger. For central differences 1e-5 is a good place between.

**Take with you**: two calls of f for each input. A model with a million parameters would need two
million, so this is no way to train. It is a way to check a rule on a small case, and `minigrad.gradcheck`
does just that.
"""

from minigrad.workbook import puzzle


@puzzle("derivative")
def derivative(f, xs, i):
    h = 1e-5
    left, right = list(xs), list(xs)
    left[i] -= h
    right[i] += h
    return (f(*right) - f(*left)) / (2 * h)
