"""
# Puzzle 72 · Accumulate

Parameters live longer than one pass backwards, and each pass adds to their gradients. That is why
an optimiser clears them before the next step. Write a backward pass that leaves its gradients in
the nodes.

- **Arguments**: `node` and `d` as in puzzle 71, with `inputs` and `slopes`. Each node also has a
  `grad`: None or a float. Nodes can be keys of a dict and members of a set.
- **What it does**: a *leaf* is a node without inputs. For each leaf that `node` depends on, or that
  is `node`, the gradient of this pass is added to its `grad`; None becomes the gradient. Leaves
  that are not reached are left alone.
- **Returns** nothing. What `grad` of the other nodes is afterwards is not looked at.
- **Verdict**: your function is called twice on one graph. The second pass may begin at another
  node.
- **Size**: up to 2500 nodes, and they may all stand in one line.
"""

from minigrad.workbook import puzzle


@puzzle("accumulate")
def accumulate(node, d):
    pass  # Your code here: about 7 lines, and puzzle 70's.
