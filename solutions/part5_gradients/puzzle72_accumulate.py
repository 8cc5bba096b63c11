"""
# Puzzle 72 · Accumulate

## Walkthrough

**Two kinds of gradient.** What flows through the graph belongs to one pass. It is kept in a dict that
is new each time. What a leaf collects belongs to the leaf, and stays until somebody clears it.

**Why not keep both in `grad`?** Then the second pass finds the first one's gradients in the nodes in the
middle, adds to them, and passes all of it on. The leaves get the first pass once more. With one pass
nobody notices, which is why this mistake is found so late.

**None or 0?** None says that no gradient has been there yet. For the sum it is 0.

**Why add, and not replace?** A parameter may be used in two losses, each with a backward pass of its own,
and what counts is how fast their sum changes. To add is right whatever the program does. To replace
is right only if there is one pass.

**Take with you**: this is `loss.backward()`, and `optimizer.zero_grad()` is the line that sets each
`grad` to None again.
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


@puzzle("accumulate")
def accumulate(node, d):
    grads = {node: d}
    for each in order_of(node):
        for one, slope in zip(each.inputs, each.slopes):
            grads[one] = grads.get(one, 0.0) + slope * grads[each]
        if not each.inputs:
            before = 0.0 if each.grad is None else each.grad
            each.grad = before + grads[each]
