"""Follows every path: the sums are right, and with forty nodes it never ends."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("backpropagate")
def backpropagate(node, d):
    grads = {}
    waiting = [(node, d)]
    while waiting:
        each, share = waiting.pop()
        grads[each] = grads.get(each, 0.0) + share
        for one, slope in zip(each.inputs, each.slopes):
            waiting.append((one, slope * share))
    return grads
