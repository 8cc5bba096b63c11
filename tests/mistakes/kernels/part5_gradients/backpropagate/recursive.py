"""Calls itself for each input of a node."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("backpropagate")
def backpropagate(node, d):
    order, met = [], set()

    def visit(each):
        if each not in met:
            met.add(each)
            for one in each.inputs:
                visit(one)
            order.append(each)

    visit(node)
    grads = dict.fromkeys(order, 0.0)
    grads[node] = d
    for each in reversed(order):
        for one, slope in zip(each.inputs, each.slopes):
            grads[one] += slope * grads[each]
    return grads
