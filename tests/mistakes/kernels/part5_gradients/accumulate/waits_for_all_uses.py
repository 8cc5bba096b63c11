"""Counts uses, and brings the gradients to the leaves at the end."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("accumulate")
def accumulate(node, d):
    uses = {node: 0}
    for each in (waiting := [node]):
        for one in each.inputs:
            if one not in uses:
                uses[one] = 0
                waiting.append(one)
            uses[one] += 1
    grads, ready = {node: d}, [node]
    while ready:
        each = ready.pop()
        for one, slope in zip(each.inputs, each.slopes):
            grads[one] = grads.get(one, 0.0) + slope * grads[each]
            uses[one] -= 1
            if uses[one] == 0:
                ready.append(one)
    for each, grad in grads.items():
        if not each.inputs:
            each.grad = grad if each.grad is None else each.grad + grad
