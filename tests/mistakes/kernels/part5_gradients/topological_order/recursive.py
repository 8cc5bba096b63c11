"""Calls itself for each input, which is right until a chain is too deep."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("topological_order")
def topological_order(node):
    done, met = [], set()

    def visit(each):
        if each not in met:
            met.add(each)
            for one in each.inputs:
                visit(one)
            done.append(each)

    visit(node)
    return done[::-1]
