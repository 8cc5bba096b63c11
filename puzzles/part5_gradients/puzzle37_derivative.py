"""
# Puzzle 37 · Derivative

A derivative can be measured without knowing a formula: move an input a little, and look how far the
result went. Write the function that does it. All rules of this part can be checked with it.

To step to one side only is not accurate enough where f bends. *Central differences* step to both:

    (f at x + h  −  f at x − h) / 2h

- **Arguments**: `f` is a function of one to three floats and returns a float; `xs` is a tuple with
  a float for each of them; `i`, from 0, says which one moves. The others stay where they are.
- **Returns** the derivative of `f` by input `i` at `xs`, a float. It may be off by 5 millionths of
  1 + its size. Central differences with any step from 0.001 to 0.000001 are that accurate. Any
  other way that comes as near will do too.
"""

from minigrad.workbook import puzzle


@puzzle("derivative")
def derivative(f, xs, i):
    pass  # Your code here: about 5 lines.
