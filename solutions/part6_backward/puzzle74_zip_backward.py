"""
# Puzzle 74 · Zip, backwards

## Walkthrough

A zip has two Jacobians, and both are diagonal: result i knows only of elements i. So again each
thread keeps to its own place. The derivative by `a` is `b`, and that by `b` is `a`: the operands
change places, which is the mistake people make here.

**What has to be saved?** A product needs both of its operands to go backwards. A sum would need
neither: its gradients are `d` and `d`. What a backward rule needs is what a library keeps in
memory between the passes, and for large models that is most of the memory.

**One pass.** Two kernels, one for each gradient, would read `d` twice: four reads for each element
instead of three. They would also be two launches. Read `d[i]` into a local variable, and guard both
results by one `if`.

**The traps.** Writing `grad_a` first and then using it for `grad_b`: grad_a / b · a gives the right
number, unless b is 0. Adding to a gradient with `+=`: these arrays arrive holding nothing. Whether
gradients are set or added is for the caller to say; in puzzle 72 it was addition, here it is not.

**Take with you**: for a zip, each operand's gradient is d times the derivative by that operand, and
the derivative of a product is the other operand.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        arriving = d[i]
        grad_a[i] = arriving * b[i]
        grad_b[i] = arriving * a[i]
