"""The functions that the modules call, under the names that they have in PyTorch's ``nn.functional``.

Most are operations of tensors too. Here stand those that are not: a linear map, losses, attention.
"""

from __future__ import annotations

import math

from minigrad.elementwise import gelu, relu, sigmoid, tanh, where
from minigrad.errors import MinigradError
from minigrad.exponentials import log_softmax, logsumexp, softmax
from minigrad.layers import cross_entropy, dropout, embedding, layer_norm
from minigrad.lifting import only_tensor
from minigrad.moving import pad, stack, triu
from minigrad.products import avg_pool1d, avg_pool2d, conv1d, conv2d, max_pool1d, max_pool2d
from minigrad.tensor import Tensor

__all__ = [
    "avg_pool1d",
    "avg_pool2d",
    "binary_cross_entropy_with_logits",
    "conv1d",
    "conv2d",
    "cross_entropy",
    "dropout",
    "embedding",
    "gelu",
    "l1_loss",
    "layer_norm",
    "linear",
    "log_softmax",
    "max_pool1d",
    "max_pool2d",
    "mse_loss",
    "nll_loss",
    "pad",
    "relu",
    "scaled_dot_product_attention",
    "sigmoid",
    "softmax",
    "tanh",
]


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """``input @ weight.T + bias``: (..., in) with a weight (out, in) and a bias (out) gives (..., out).

    >>> from minigrad import tensor
    >>> linear(tensor([1.0, 2.0]), tensor([[1.0, 1.0], [0.0, 1.0], [2.0, 0.0]]))
    tensor([3., 2., 2.])
    """
    fits = only_tensor("linear", weight).ndim == 2 and only_tensor("linear", input).shape[-1:] == weight.shape[1:]
    if not fits or (bias is not None and bias.shape != weight.shape[:1]):
        raise MinigradError(
            f"linear of an input of shape {input.shape}, a weight of shape {weight.shape} and a bias of shape "
            f"{None if bias is None else bias.shape}: they are (..., in), (out, in) and (out)"
        )
    out = input @ weight.T
    return out if bias is None else out + bias


# --- Losses


def mse_loss(input: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    """``(input - target)²``: the mean, the sum or each. (Shapes must agree; PyTorch broadcasts, and warns.)"""
    _check_shapes("mse_loss", input, target)
    distance = input - target
    return _reduced(distance * distance, reduction)


def l1_loss(input: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    """``|input - target|``: the mean, the sum or each. (Shapes must agree; PyTorch broadcasts, and warns.)"""
    _check_shapes("l1_loss", input, target)
    return _reduced((input - target).abs(), reduction)


def binary_cross_entropy_with_logits(
    input: Tensor, target: Tensor, *, reduction: str = "mean", pos_weight: Tensor | None = None
) -> Tensor:
    """``-p y log σ(x) - (1 - y) log(1 - σ(x))`` with ``x`` the input, ``y`` the target from 0 to 1.

    The mean, the sum or each. ``p`` is ``pos_weight``, which broadcasts, or 1. Since ``-log σ(x) = log(1 + e^-x)``,
    it is computed with logsumexp, and does not overflow.

    >>> from minigrad import tensor
    >>> binary_cross_entropy_with_logits(tensor([0.0, 1000.0]), tensor([1.0, 1.0]), reduction="none")
    tensor([0.6931472, 0.       ])
    """
    _check_shapes("binary_cross_entropy_with_logits", input, target)
    zero = input.new_empty(input.shape).zero_()
    if_one, if_zero = logsumexp(stack([zero, -input]), 0), logsumexp(stack([zero, input]), 0)
    if pos_weight is not None:
        if_one = if_one * pos_weight
    return _reduced(target * if_one + (1 - target) * if_zero, reduction)


def nll_loss(input: Tensor, target: Tensor, *, ignore_index: int = -100, reduction: str = "mean") -> Tensor:
    """``-input`` at the target classes: the mean, the sum or each. With log-probabilities it is the cross-entropy.

    ``input`` has shape (classes,), (batch, classes) or (batch, classes, ...), and ``target`` has integers in that
    shape without the classes. Targets that are ``ignore_index`` do not count.

    >>> from minigrad import tensor
    >>> nll_loss(tensor([[-1.0, -2.0], [-3.0, -4.0]]), tensor([0, 1]))
    tensor(2.5)
    """
    dim = 1 if only_tensor("nll_loss", input).ndim > 1 else 0
    shape, classes = input.shape[:dim] + input.shape[dim + 1 :], input.shape[dim : dim + 1]
    if not classes or only_tensor("nll_loss", target).shape != shape or target.dtype.kind != "i":
        raise MinigradError(
            f"nll_loss of shape {input.shape} takes classes, integers of shape {shape}, not {target.dtype} of shape "
            f"{target.shape}"
        )
    counted = target != ignore_index
    places = where(counted, target, 0)
    if ((places < 0) | (places >= classes[0])).any():
        raise MinigradError(f"nll_loss: targets are classes from 0 to {classes[0] - 1}, or {ignore_index}")
    losses = where(counted, -input.gather(dim, places.unsqueeze(dim)).squeeze(dim), 0)
    return losses.sum() / counted.sum() if reduction == "mean" else _reduced(losses, reduction)


def _check_shapes(name: str, input: Tensor, target: Tensor) -> None:
    if only_tensor(name, input).shape != only_tensor(name, target).shape:
        raise MinigradError(f"{name} of shapes {input.shape} and {target.shape}: input and target have the same shape")


def _reduced(losses: Tensor, reduction: str) -> Tensor:
    if reduction not in ("mean", "sum", "none"):
        raise MinigradError(f"the reduction of a loss is mean, sum or none, not {reduction!r}")
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()


# --- Attention


def scaled_dot_product_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
) -> Tensor:
    """``softmax(query @ keyᵀ · scale) @ value`` (Vaswani et al. 2017); the scale is ``1 / sqrt(E)`` unless given.

    ``query`` is (..., L, E), ``key`` (..., S, E) and ``value`` (..., S, V); the result is (..., L, V). ``attn_mask``
    broadcasts to (..., L, S): bools that are true where a query may look, or floats that are added. If
    ``is_causal``, query ``i`` looks at keys 0 to ``i`` only. A query that may look nowhere gets zeros. Dropout acts
    on the weights whenever ``dropout_p`` is not 0.
    """
    return attention_and_weights(query, key, value, attn_mask, dropout_p, is_causal, scale)[0]


def attention_and_weights(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
) -> tuple[Tensor, Tensor]:
    """The result of :func:`scaled_dot_product_attention`, and the weights (..., L, S) with which values are summed."""
    for name, given in (("query", query), ("key", key), ("value", value)):
        if only_tensor("attention", given).ndim < 2 or not given.is_floating_point():
            raise MinigradError(
                f"attention: the {name} is floats (..., L, E), not {given.dtype} of shape {given.shape}"
            )
    if query.shape[-1] != key.shape[-1] or key.shape[-2] != value.shape[-2]:
        raise MinigradError(
            f"attention of a query of shape {query.shape}, a key of shape {key.shape} and a value of shape "
            f"{value.shape}: they are (..., L, E), (..., S, E) and (..., S, V)"
        )
    scale = 1 / math.sqrt(max(query.shape[-1], 1)) if scale is None else scale
    scores = (query * scale) @ key.mT
    if attn_mask is not None:
        scores = _masked(scores, attn_mask)
    if is_causal:
        scores = where(_later_keys(scores), -math.inf, scores)
    if attn_mask is None:
        weights = softmax(scores, -1)
    else:
        nowhere = (scores.detach() == -math.inf).all(-1, keepdim=True)
        weights = where(nowhere, 0, softmax(where(nowhere, 0, scores), -1))
    weights = dropout(weights, dropout_p)
    return weights @ value, weights


def _masked(scores: Tensor, mask: Tensor) -> Tensor:
    if mask.dtype.kind == "b":
        return where(mask, scores, -math.inf)
    if not mask.is_floating_point():
        raise MinigradError(f"a mask of attention is made of bools or floats, not of {mask.dtype}")
    return scores + mask


def _later_keys(scores: Tensor) -> Tensor:
    """Where the key comes after the query."""
    return triu(scores.new_empty(scores.shape[-2:]).fill_(1), 1) == 1
