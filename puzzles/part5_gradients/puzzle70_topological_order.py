"""
# Puzzle 70 · Topological order

A program that computes with numbers leaves a graph behind: a *node* for each value, which knows the
nodes that it was computed from. To go backwards through it, each node has to come before the nodes
that it was computed from. Such an order is called *topological*.

- **Argument**: `node` is the last node. `node.inputs` is a tuple of nodes, () for a node that was
  not computed. One node may be an input of several, or two inputs of one. No node depends on
  itself. Nodes can be keys of a dict and members of a set, and cannot be changed.
- **Returns** a list of `node` and all nodes that it depends on, directly or not. Each is there
  once, and before its inputs, so `node` comes first. Any such order is right.
- **Size**: up to 2500 nodes, and they may all stand in one line. Python stops a function that calls
  itself so often.
"""

from minigrad.workbook import puzzle


@puzzle("topological_order")
def topological_order(node):
    pass  # Your code here: about 12 lines.
