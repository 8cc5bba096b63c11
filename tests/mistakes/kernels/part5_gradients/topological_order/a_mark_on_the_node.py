"""Sets a mark on each node that it has met; nodes cannot be changed."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("topological_order")
def topological_order(node):
    done, waiting = [], [node]
    while waiting:
        each = waiting.pop()
        if not hasattr(each, "met"):
            each.met = True
            done.append(each)
            waiting.extend(each.inputs)
    return done
