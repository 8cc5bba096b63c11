"""Keeps an iterator over the inputs of each node on the way."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("topological_order")
def topological_order(node):
    done, met = [], {node}
    way = [(node, iter(node.inputs))]
    while way:
        each, inputs = way[-1]
        one = next(inputs, None)
        if one is None:
            done.append(each)
            way.pop()
        elif one not in met:
            met.add(one)
            way.append((one, iter(one.inputs)))
    done.reverse()
    return done
