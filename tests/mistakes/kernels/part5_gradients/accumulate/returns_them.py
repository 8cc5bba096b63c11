"""Returns the gradients and leaves nothing in the nodes."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


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
    return grads
