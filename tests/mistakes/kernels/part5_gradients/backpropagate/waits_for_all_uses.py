"""Counts how often each node is used, and passes on when all shares are there."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("backpropagate")
def backpropagate(node, d):
    uses = {node: 0}
    for each in (waiting := [node]):
        for one in each.inputs:
            if one not in uses:
                uses[one] = 0
                waiting.append(one)
            uses[one] += 1
    grads = dict.fromkeys(uses, 0.0)
    grads[node] = d
    ready = [node]
    while ready:
        each = ready.pop()
        for one, slope in zip(each.inputs, each.slopes):
            grads[one] += slope * grads[each]
            uses[one] -= 1
            if uses[one] == 0:
                ready.append(one)
    return grads
