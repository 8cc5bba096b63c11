"""Multi-head attention: several attentions side by side, each on a projection of its own."""

from __future__ import annotations

import math

from minigrad.creation import empty, zeros
from minigrad.elementwise import where
from minigrad.errors import MinigradError
from minigrad.nn import functional, init
from minigrad.nn.layers import Linear
from minigrad.nn.module import Module, Parameter
from minigrad.tensor import Tensor


class MultiheadAttention(Module):
    """Attention (Vaswani et al. 2017) in ``num_heads`` heads, each on ``embed_dim / num_heads`` features.

    ``in_proj_weight`` (3 · embed_dim, embed_dim) and ``in_proj_bias`` make queries, keys and values, in that order;
    ``out_proj`` is the linear map at the end. They start as in PyTorch: by Xavier's rule, with biases 0.
    """

    def __init__(
        self, embed_dim: int, num_heads: int, dropout: float = 0.0, bias: bool = True, *, batch_first: bool = False
    ) -> None:
        if num_heads < 1 or embed_dim % num_heads:
            raise MinigradError(f"{embed_dim} features cannot be shared out evenly to {num_heads} heads")
        self.embed_dim, self.num_heads, self.dropout, self.batch_first = embed_dim, num_heads, dropout, batch_first
        self.in_proj_weight = Parameter(init.xavier_uniform_(empty(3 * embed_dim, embed_dim)))
        self.in_proj_bias = Parameter(zeros(3 * embed_dim)) if bias else None
        self.out_proj = Linear(embed_dim, embed_dim, bias=bias)
        if self.out_proj.bias is not None:
            init.zeros_(self.out_proj.bias)

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: Tensor | None = None,
        need_weights: bool = True,
        attn_mask: Tensor | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """What each query finds, of the shape of ``query``; and, if they are needed, the weights.

        ``query`` is (L, batch, embed_dim), ``key`` and ``value`` are (S, batch, embed_dim); with ``batch_first`` the
        batch comes first; it may be missing. ``attn_mask`` is (L, S) or (batch · num_heads, L, S), and
        ``key_padding_mask`` (batch, S): true where a query may *not* look, or floats that are added. If
        ``is_causal``, query ``i`` looks at keys 0 to ``i`` only. A query that may look nowhere gets the bias of
        ``out_proj``. The weights are (batch, L, S), the mean over the heads, or (batch, heads, L, S).
        """
        if query.ndim == 2 == key.ndim == value.ndim:
            at = 0 if self.batch_first else 1
            query, key, value = (each.unsqueeze(at) for each in (query, key, value))
            padding = None if key_padding_mask is None else key_padding_mask.unsqueeze(0)
            out, weights = self(query, key, value, padding, need_weights, attn_mask, average_attn_weights, is_causal)
            return out.squeeze(at), None if weights is None else weights.squeeze(0)
        query, key, value = (self._batch_first(each) for each in (query, key, value))
        if not query.shape[0] == key.shape[0] == value.shape[0] or key.shape[1] != value.shape[1]:
            raise MinigradError(
                f"attention of batches of {query.shape[0]} queries, {key.shape[0]} keys and {value.shape[0]} values, "
                f"with {key.shape[1]} keys and {value.shape[1]} values in each: batches agree, and keys and values do"
            )
        mask = self._joined(attn_mask, key_padding_mask, (query.shape[0], query.shape[1], key.shape[1]))
        query, key, value = (self._in_heads(i, each) for i, each in enumerate((query, key, value)))
        dropout_p = self.dropout if self.training else 0
        found, weights = functional.attention_and_weights(query, key, value, mask, dropout_p, is_causal)
        out = self.out_proj(found.transpose(1, 2).flatten(2))
        out = out if self.batch_first else out.transpose(0, 1)
        if not need_weights:
            return out, None
        return out, weights.mean(1) if average_attn_weights else weights

    def _batch_first(self, given: Tensor) -> Tensor:
        if given.ndim != 3 or given.shape[2] != self.embed_dim:
            raise MinigradError(
                f"MultiheadAttention takes three tensors with 3 dimensions, or 2 without a batch, of which the last "
                f"has size {self.embed_dim}; one has shape {given.shape}"
            )
        return given if self.batch_first else given.transpose(0, 1)

    def _in_heads(self, i: int, given: Tensor) -> Tensor:
        """The i-th projection, (batch, L, embed_dim) to (batch, heads, L, embed_dim / heads)."""
        part = slice(i * self.embed_dim, (i + 1) * self.embed_dim)
        bias = None if self.in_proj_bias is None else self.in_proj_bias[part]
        projected = functional.linear(given, self.in_proj_weight[part], bias)
        heads = projected.view(*given.shape[:2], self.num_heads, self.embed_dim // self.num_heads)
        return heads.transpose(1, 2)

    def _joined(self, attn_mask: Tensor | None, padding: Tensor | None, sizes: tuple[int, int, int]) -> Tensor | None:
        """Both masks as one, of floats that are added, which broadcasts to (batch, heads, L, S)."""
        batch, queries, keys = sizes
        joined: Tensor | None = None
        if attn_mask is not None:
            if attn_mask.shape == (batch * self.num_heads, queries, keys):
                attn_mask = attn_mask.reshape(batch, self.num_heads, queries, keys)
            elif attn_mask.shape != (queries, keys):
                raise MinigradError(
                    f"the attn_mask of {queries} queries and {keys} keys, a batch of {batch} and {self.num_heads} "
                    f"heads has shape {(queries, keys)} or {(batch * self.num_heads, queries, keys)}, "
                    f"not {attn_mask.shape}"
                )
            joined = self._as_floats(attn_mask)
        if padding is not None:
            if padding.shape != (batch, keys):
                raise MinigradError(f"the key_padding_mask has shape {(batch, keys)} here, not {padding.shape}")
            floats = self._as_floats(padding).view(batch, 1, 1, keys)
            joined = floats if joined is None else joined + floats
        return joined

    def _as_floats(self, mask: Tensor) -> Tensor:
        if mask.dtype.kind != "b":
            return mask
        return where(mask, -math.inf, mask.new_empty(mask.shape, dtype=self.in_proj_weight.dtype).zero_())
