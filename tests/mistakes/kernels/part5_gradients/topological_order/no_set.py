"""Does not remember whom it has met, so nodes are there twice and there is no end to it."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("topological_order")
def topological_order(node):
    done, waiting = [], [node]
    while waiting:
        each = waiting.pop()
        done.append(each)
        waiting.extend(each.inputs)
    return done
