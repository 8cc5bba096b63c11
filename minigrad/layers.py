"""What networks are made of, as functions: normalisation, embedding, dropout, the usual loss.

Each is made of other operations and has no backward rule of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from minigrad.backends import select
from minigrad.creation import arange
from minigrad.elementwise import where
from minigrad.errors import MinigradError
from minigrad.exponentials import log_softmax
from minigrad.lifting import constant, lift, only_tensor
from minigrad.random import Generator, rand
from minigrad.tensor import Tensor


def layer_norm(
    input: Tensor,
    normalized_shape: int | Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """The last dimensions, of the given shape, shifted to mean 0 and scaled to variance 1, then times weight plus bias.

    The variance is the biased one, and ``eps`` is added to it before its root is taken.
    """
    shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
    for name, given in (("weight", weight), ("bias", bias)):
        if given is not None and given.shape != shape:
            raise MinigradError(f"layer_norm over {shape}: the {name} has shape {given.shape}, not that")
    if not shape or only_tensor("layer_norm", input).shape[-len(shape) :] != shape:
        raise MinigradError(f"layer_norm over {shape} does not fit the last dimensions of shape {input.shape}")
    dims = tuple(range(-len(shape), 0))
    centred = input - input.mean(dims, keepdim=True)
    out = centred / ((centred * centred).mean(dims, keepdim=True) + eps).sqrt()
    out = out if weight is None else out * weight
    return out if bias is None else out + bias


def embedding(input: Tensor, weight: Tensor) -> Tensor:
    """The rows of ``weight`` (count, size) at the indices ``input``, of any shape: (..., size).

    >>> from minigrad import tensor
    >>> embedding(tensor([2, 0]), tensor([[0.0, 1], [2, 3], [4, 5]]))
    tensor([[4., 5.],
            [0., 1.]])
    """
    if only_tensor("embedding", input).dtype.kind != "i" or only_tensor("embedding", weight).ndim != 2:
        raise MinigradError(
            f"embedding takes integers and a weight of shape (count, size), not {input.dtype} and shape {weight.shape}"
        )
    if input.numel() and not 0 <= input.min().item() <= input.max().item() < weight.shape[0]:
        raise MinigradError(
            f"embedding of indices from {input.min().item()} to {input.max().item()}: the weight has rows 0 to "
            f"{weight.shape[0] - 1}"
        )
    return weight[input] if input.ndim else weight[input.item()]


def dropout(input: Tensor, p: float = 0.5, training: bool = True, *, generator: Generator | None = None) -> Tensor:
    """In training, each element 0 with probability ``p``, else divided by ``1 - p``; otherwise the input itself."""
    if not 0 <= p <= 1:
        raise MinigradError(f"dropout takes a probability from 0 to 1, not {p}")
    if not training or p == 0:
        return only_tensor("dropout", input)
    dtype = input.dtype if only_tensor("dropout", input).is_floating_point() else None
    drawn = rand(*input.shape, generator=generator, dtype=dtype, backend=input.backend)
    numbers = (constant(number, drawn.dtype, drawn).expand(drawn.shape) for number in (p, 1 / (1 - p) if p < 1 else 0))
    return input * lift(_kept, drawn.dtype, [drawn, *numbers])


def _kept(drawn: Any, p: Any, scale: Any) -> Any:
    """What an element is multiplied by."""
    return select(drawn >= p, scale, 0)


def cross_entropy(
    input: Tensor, target: Tensor, *, ignore_index: int = -100, reduction: str = "mean", label_smoothing: float = 0.0
) -> Tensor:
    """How surprised the softmax of ``input`` is by ``target``: the mean, sum or each of ``-log p(target)``.

    ``input`` has logits of shape (classes,), (batch, classes) or (batch, classes, ...). ``target`` has the classes,
    integers of that shape without the classes, or their probabilities, floats of that shape. Targets that are
    ``ignore_index`` do not count. With ``label_smoothing``, so much of each target is spread over all classes.

    >>> from minigrad import tensor
    >>> cross_entropy(tensor([[0.0, 0.0]]), tensor([1]))
    tensor(0.6931472)
    """
    if reduction not in ("mean", "sum", "none"):
        raise MinigradError(f"the reduction of cross_entropy is mean, sum or none, not {reduction!r}")
    dim = 1 if only_tensor("cross_entropy", input).ndim > 1 else 0
    shape, classes = input.shape[:dim] + input.shape[dim + 1 :], input.shape[dim]
    logs = log_softmax(input, dim)
    counted = None  # which targets count, unless all do
    if only_tensor("cross_entropy", target).is_floating_point() and target.shape == input.shape:
        wanted = target * (1 - label_smoothing) + label_smoothing / classes if label_smoothing else target
        # Where nothing is wanted, an infinite surprise does not count either.
        losses = where(wanted == 0, 0, -logs * wanted).sum(dim)
    elif target.dtype.kind == "i" and target.shape == shape:
        counted = _counted(target, ignore_index, classes)
        places = arange(classes, backend=input.backend).view(-1, *(1,) * (input.ndim - dim - 1))
        losses = 0 - where(target.unsqueeze(dim) == places, logs, 0).sum(dim)
        if label_smoothing:
            losses = losses * (1 - label_smoothing) - logs.sum(dim) * (label_smoothing / classes)
        if counted is not None:
            losses = where(counted, losses, 0)
    else:
        raise MinigradError(
            f"cross_entropy of logits of shape {input.shape} takes classes, integers of shape {shape}, or "
            f"probabilities, floats of shape {input.shape}; not {target.dtype} of shape {target.shape}"
        )
    if reduction == "none":
        return losses
    count = math.prod(shape) if counted is None else counted.sum()
    return losses.sum() / count if reduction == "mean" else losses.sum()


def _counted(target: Tensor, ignore_index: int, classes: int) -> Tensor | None:
    """Which targets are not to be ignored; None if that is all of them. An error if one is no class."""
    elements = target.backend.load(target)
    counted = elements != ignore_index
    wrong = elements[counted & ((elements < 0) | (elements >= classes))]
    if wrong.size:
        raise MinigradError(f"cross_entropy: a target is {wrong[0]}, and classes are 0 to {classes - 1}")
    return None if counted.all() else target != ignore_index
