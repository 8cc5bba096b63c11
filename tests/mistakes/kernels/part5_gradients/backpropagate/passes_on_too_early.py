"""Takes nodes as they are found, so some pass on before all shares are there."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("backpropagate")
def backpropagate(node, d):
    grads, found = {node: d}, [node]
    for each in found:
        for one, slope in zip(each.inputs, each.slopes):
            if one not in grads:
                found.append(one)
            grads[one] = grads.get(one, 0.0) + slope * grads[each]
    return grads
