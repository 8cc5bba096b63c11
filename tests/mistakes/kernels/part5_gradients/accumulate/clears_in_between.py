"""Keeps gradients in the nodes, and first clears those that are no leaves."""

from minigrad.workbook import puzzle

EXPECT = "solved"


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
    order = order_of(node)
    for each in order:
        if each.inputs or each.grad is None:
            each.grad = 0.0
    node.grad += d
    for each in order:
        for one, slope in zip(each.inputs, each.slopes):
            one.grad += slope * each.grad
