"""Goes through inputs by their number, with a defaultdict."""

from collections import defaultdict

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


@puzzle("backpropagate")
def backpropagate(node, d):
    grads = defaultdict(float)
    grads[node] += d
    for each in order_of(node):
        for k in range(len(each.inputs)):
            grads[each.inputs[k]] += grads[each] * each.slopes[k]
    return grads
