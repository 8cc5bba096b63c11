"""Leaves out the node that it begins at."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("topological_order")
def topological_order(node):
    done, met = [], set()
    waiting = [(node, False)]
    while waiting:
        each, is_done = waiting.pop()
        if is_done:
            done.append(each)
        elif each not in met:
            met.add(each)
            waiting += [(each, True), *((one, False) for one in each.inputs)]
    return done[-2::-1]
