"""Keeping gradients small: what PyTorch has in ``nn.utils``."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from minigrad.elementwise import maximum, minimum
from minigrad.errors import MinigradError
from minigrad.tensor import Tensor, tensor


def clip_grad_norm_(
    parameters: Tensor | Iterable[Tensor], max_norm: float, norm_type: float = 2.0, error_if_nonfinite: bool = False
) -> Tensor:
    """Scale all gradients, as one long vector, down to the length ``max_norm`` if it is longer.

    The length is ``(Σ |g|ᵖ)^(1/p)`` with ``p`` the ``norm_type``, the largest ``|g|`` if that is infinite; it is
    returned as it was before (Pascanu et al. 2013). As in PyTorch, the factor is ``max_norm / (length + 1e-6)``.
    """
    gradients = _gradients(parameters)
    if not gradients:
        return tensor(0.0)
    lengths = [_length(gradient, norm_type) for gradient in gradients]
    total = max(lengths) if norm_type == math.inf else sum(n**norm_type for n in lengths) ** (1 / norm_type)
    if error_if_nonfinite and not math.isfinite(total):
        raise MinigradError(f"the length of the gradients is {total}, so they cannot be scaled")
    scale = max_norm / (total + 1e-6)
    if not scale >= 1:  # nan included, which is to be seen
        for gradient in gradients:
            gradient.mul_(scale)
    return tensor(total, dtype=gradients[0].dtype)


def clip_grad_value_(parameters: Tensor | Iterable[Tensor], clip_value: float) -> None:
    """Replace every element of a gradient that is not between ``-clip_value`` and ``clip_value`` by the nearer one."""
    for gradient in _gradients(parameters):
        gradient.copy_(maximum(minimum(gradient, clip_value), -clip_value))


def _gradients(parameters: Tensor | Iterable[Tensor]) -> list[Tensor]:
    given = [parameters] if isinstance(parameters, Tensor) else parameters
    return [parameter.grad.detach() for parameter in given if parameter.grad is not None]


def _length(gradient: Tensor, norm_type: float) -> Any:
    size = gradient.abs()
    if not gradient.numel():
        return 0.0
    if norm_type == math.inf:
        return size.max().item()
    return (size**norm_type).sum().item() ** (1 / norm_type)
