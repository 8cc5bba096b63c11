"""
# Puzzle 71 · Backpropagate

Now go through a graph of nodes and find the gradient of each. How fast a node changes with each of
its inputs is known: that is its *slope*. If `node` has the gradient `grad`, and an input has the
slope `s`, then `s * grad` is that input's share. An input that is used twice gets two shares, and
its gradient is their sum.

- **Arguments**: `node` is the last node, and `d`, a float, is its gradient. `node.inputs` is a
  tuple of nodes, and `node.slopes` has a float for each. One node may be an input of several, or
  two inputs of one. Nodes can be keys of a dict and members of a set, and cannot be changed.
- **Returns** a dict from each node to its gradient: `node` itself and all that it depends on. A
  node whose gradient is 0 is in it too.
- **Size**: up to 2500 nodes, and they may all stand in one line.

Your answer to puzzle 70 helps. A file stands alone, so copy it.
"""

from minigrad.workbook import puzzle


@puzzle("backpropagate")
def backpropagate(node, d):
    pass  # Your code here: about 5 lines, and puzzle 70's.
