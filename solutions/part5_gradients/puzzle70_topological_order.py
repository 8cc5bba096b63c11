"""
# Puzzle 70 · Topological order

## Walkthrough

**When is a node done?** When all of its inputs are. So a node is written down after its inputs, the
last node is written down last, and in the end the list is turned round.

**A list instead of recursion.** `waiting` holds what is still to be done. An entry is taken from its
end, so that what was found last is looked at first, as a function that calls itself would do. But a
list may be as long as it likes, and calls may not: Python allows about 1000 in one another.

**Each node twice.** At the first time its inputs are not done. So it is put back with a mark, and its
inputs on top of it. When the mark comes up, everything above it has been dealt with.

**Why `met`?** A node that is used twice is found twice. Without the set it would be listed twice. Worse, all
below it would be walked through twice, and a chain of 40 such nodes has a million million paths.

**Take with you**: it is not enough to list nodes as they are found. With `d` made from `b` and `c`,
and `c` from `b` too, `b` is found first but has to come after `c`.
"""

from minigrad.workbook import puzzle


@puzzle("topological_order")
def topological_order(node):
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
