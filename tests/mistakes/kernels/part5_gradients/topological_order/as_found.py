"""Lists nodes as they are found, in breadth."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("topological_order")
def topological_order(node):
    found, met = [node], {node}
    for each in found:
        for one in each.inputs:
            if one not in met:
                met.add(one)
                found.append(one)
    return found
