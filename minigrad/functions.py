"""The operations on tensors: a table of contents.

Importing this module defines them all, so that the operators and methods of a tensor find them.
"""

from minigrad.autodiff import backward, register_hook, requires_grad_, retain_grad
from minigrad.copies import become, clone, contiguous, copy_, to
from minigrad.elementwise import (
    abs,
    add,
    bitwise_and,
    bitwise_not,
    bitwise_or,
    bitwise_xor,
    cos,
    div,
    eq,
    erf,
    erfc,
    exp,
    ge,
    gelu,
    gt,
    inv,
    le,
    log,
    lt,
    masked_fill,
    maximum,
    minimum,
    mul,
    ne,
    neg,
    pow,
    reciprocal,
    relu,
    sigmoid,
    sin,
    sqrt,
    sub,
    tanh,
    where,
)
from minigrad.exponentials import log_softmax, logsumexp, softmax
from minigrad.layers import cross_entropy, dropout, embedding, layer_norm
from minigrad.moving import argsort, cat, flip, pad, roll, sort, stack, tril, triu
from minigrad.products import avg_pool1d, avg_pool2d, conv1d, conv2d, matmul, max_pool1d, max_pool2d
from minigrad.reductions import (
    all,
    amax,
    amin,
    any,
    argmax,
    argmin,
    cumsum,
    max,
    mean,
    min,
    prod,
    std,
    sum,
    var,
)
from minigrad.rules import RULES
from minigrad.views import (
    expand,
    flatten,
    gather,
    permute,
    reshape,
    squeeze,
    subscript,
    transpose,
    unfold,
    unsqueeze,
    view,
    write,
)
