"""
# Puzzle 62 · Zip rules

## Walkthrough

Hold `b` still and a zip is a map of `a`; hold `a` still and it is one of `b`. So there are two
derivatives, and each is multiplied by the same `d`.

**add, sub, mul, div**: 1 and 1, 1 and −1, b and a, 1/b and −a/b². In `mul` each operand gets the
*other* one, which is the reason why a product has to save both.

**pow** is two functions in one. With the exponent still, it is a power of `a`: b · a^(b−1). With
the base still, it is an exponential: a^b = exp(b · log(a)), so its derivative is a^b · log(a). That
needs a > 0.

**maximum** follows the larger operand: its derivative is 1 by that one and 0 by the other. At a tie
both answers are as good, and PyTorch takes half of each. The mean of `a > b` and `a >= b` is 1, ½
or 0, which is what is needed. Sending all of `d` to both would count it twice.

**less** is flat, and jumps where the operands meet. On the flat its derivative is 0. At the jump
there is none, and 0 is what everybody takes. The zeros are said aloud: a None would have to be
treated apart by everybody who adds gradients up.

**May two results be the same array?** `return d, d` is right: nobody writes into a gradient that
was handed in. If you do, you change somebody else's.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("zip_rules")
def add_backward(d, a, b):
    return d, d


@puzzle("zip_rules")
def sub_backward(d, a, b):
    return d, -d


@puzzle("zip_rules")
def mul_backward(d, a, b):
    return b * d, a * d


@puzzle("zip_rules")
def div_backward(d, a, b):
    return d / b, -a / (b * b) * d


@puzzle("zip_rules")
def pow_backward(d, a, b):
    return b * a ** (b - 1) * d, a**b * np.log(a) * d


@puzzle("zip_rules")
def maximum_backward(d, a, b):
    share = ((a > b) * 1.0 + (a >= b)) / 2
    return share * d, (1 - share) * d


@puzzle("zip_rules")
def less_backward(d, a, b):
    return np.zeros(a.shape), np.zeros(b.shape)
