"""
# Puzzle 71 · Backpropagate

## Walkthrough

**Shares add up.** `grads` begins with the last node alone. Each node hands a share to each of its
inputs: the slope, times its own gradient. `grads.get(one, 0.0)` is what the input has so far.

**Why the order?** A node must not pass on its gradient before all its shares are there. In the order of
puzzle 70 everything that used a node comes before it, so when its turn comes its gradient is
complete.

**What if you follow each path instead?** From the last node down, each share passed on at once: the
sums come out right, and it is the chain rule as it stands in the lesson, a product for each path. But
a node that is used twice sends all that lies below it on the way twice. Forty of them, and it does
not end in your lifetime. To wait until a gradient is complete is what makes backpropagation cheap.

**Take with you**: the engine knows no operation. All it needs are slopes, or for tensors the backward rule
of each operation, in their place.
"""

from minigrad.workbook import puzzle


def order_of(node):
    done, met = [], set()
    waiting = [(node, False)]
    while waiting:
        each, inputs_are_done = waiting.pop()
        if inputs_are_done:
            done.append(each)
        elif each not in met:
            met.add(each)
            waiting.append((each, True))
            for one in each.inputs:
                waiting.append((one, False))
    return done[::-1]


@puzzle("backpropagate")
def backpropagate(node, d):
    grads = {node: d}
    for each in order_of(node):
        for one, slope in zip(each.inputs, each.slopes):
            grads[one] = grads.get(one, 0.0) + slope * grads[each]
    return grads
