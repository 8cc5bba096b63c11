"""Returns a tuple, with a dict for a set that keeps its order."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("topological_order")
def topological_order(node):
    done, waiting = {}, [node]
    while waiting:
        each = waiting[-1]
        missing = [one for one in each.inputs if one not in done]
        if missing:
            waiting.extend(missing)
        else:
            done[waiting.pop()] = True
    return tuple(done)[::-1]
