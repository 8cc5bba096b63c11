"""
# Puzzle 53 · Jacobian of elementwise_mean

## Walkthrough

**Hold y still.** Output i moves when x[i] does, by half as much, and does not care for any other
element of x. So J_x has ½ on its diagonal and zeros elsewhere:

    1/2   0
     0   1/2

**Hold x still**, and the same happens: x and y may change places in the formula. So J_y is the same
matrix, and one line makes both.

**A zip has two diagonals.** Every zip looks like this: each output depends on one element of x and
on one of y. Of 2 n² derivatives only 2 n can be anything but 0. That is why the backward rule of a
zip is two products, element by element, and no matrix is ever made.

**The trap** is the word *mean*. Each output is the mean of two numbers, however long the vectors
are. So the factor is 1/2, not 1/n.

**Check it by eye.** Add up a row of J_x and the same row of J_y: 1, because raising every input by
1 raises every mean by 1.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    half = np.eye(len(x)) / 2
    return half, half
