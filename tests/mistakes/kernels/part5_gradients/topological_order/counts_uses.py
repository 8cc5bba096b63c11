"""Takes a node as soon as everything that uses it has been taken."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("topological_order")
def topological_order(node):
    uses = {node: 0}
    for each in (waiting := [node]):
        for one in each.inputs:
            if one not in uses:
                uses[one] = 0
                waiting.append(one)
            uses[one] += 1
    order = [node]
    for each in order:
        for one in each.inputs:
            uses[one] -= 1
            if uses[one] == 0:
                order.append(one)
    return order
