"""Lists nodes as they are found, in depth."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("topological_order")
def topological_order(node):
    found, met = [], set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each not in met:
            met.add(each)
            found.append(each)
            waiting.extend(each.inputs)
    return found
