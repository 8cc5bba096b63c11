"""
# Puzzle 67 · Logsumexp rule

## Walkthrough

**From the outside in.** The logarithm has the derivative 1 / (sum). The sum passes that on to each
of its terms. A term e^a has the derivative e^a. Together: e^a, divided by the sum of all in the
row. These shares lie between 0 and 1 and add up to 1. Their name is *softmax*.

**Large numbers.** For 1000, e^a is infinite, and infinite divided by infinite is no number. For a
row of numbers near −1000 all terms are 0, and 0 / 0 is no number either. Divide each term and the
sum by e^m, and the shares are the same: e^(a−m). With the largest element of the row as m, the
largest exponent is 0. So no term is above 1, and the sum is at least 1. Small terms may become 0,
and should.

**It has to be the row's own maximum.** With the largest of all, a row that lies 1000 below it is
left with nothing but zeros.

**Check it by eye.** A row of equal elements: each gets the same share of d. One element far above
the others: it gets nearly all of d, as with `max` in puzzle 65. That is what "smooth maximum" says.

**Does m need a gradient of its own?** It depends on `a` as well. But it was put in and taken out
again, so the result does not depend on it, and its part of the gradient is 0.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    powers = np.exp(a - a.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True) * d[..., None]
