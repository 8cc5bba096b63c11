"""Warp operations: what each lane gets once the lanes of the mask have met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from minigrad.simulator.arrays import poison
from minigrad.simulator.order import WARP_SIZE

Operands = Mapping[int, Any]
"""What each lane that takes part has brought, by lane."""

Complaint = Callable[[int, int], None]
"""Called with (lane, source lane) when a shuffle reads from a lane that takes no part."""

_SOURCES: dict[str, Callable[[int, int], int]] = {
    "shfl_sync": lambda lane, source: source % WARP_SIZE,
    "shfl_up_sync": lambda lane, delta: lane - delta if lane - delta >= 0 else lane,
    "shfl_down_sync": lambda lane, delta: lane + delta if lane + delta < WARP_SIZE else lane,
    "shfl_xor_sync": lambda lane, bits: lane ^ bits if 0 <= lane ^ bits < WARP_SIZE else lane,
}
"""Which lane a shuffle reads; one's own where that would lie outside the warp."""


def _bits(lanes: Any) -> int:
    return sum(1 << lane for lane in lanes)


def _match_all(operands: Operands) -> dict[int, Any]:
    same = len(set(operands.values())) == 1
    return dict.fromkeys(operands, (_bits(operands), True) if same else (0, False))


_VOTES: dict[str, Callable[[Operands], dict[int, Any]]] = {
    "syncwarp": lambda operands: dict.fromkeys(operands),
    "activemask": lambda operands: dict.fromkeys(operands, _bits(operands)),
    "all_sync": lambda operands: dict.fromkeys(operands, all(operands.values())),
    "any_sync": lambda operands: dict.fromkeys(operands, any(operands.values())),
    "eq_sync": lambda operands: dict.fromkeys(operands, len({bool(value) for value in operands.values()}) == 1),
    "ballot_sync": lambda operands: dict.fromkeys(operands, _bits(lane for lane in operands if operands[lane])),
    "match_any_sync": lambda operands: {
        lane: _bits(other for other in operands if operands[other] == value) for lane, value in operands.items()
    },
    "match_all_sync": _match_all,
}
"""Operations in which every lane learns something of all; each is a function from operands to results."""


def results(operation: str, operands: Operands, complain: Complaint) -> dict[int, Any]:
    """What each lane gets, by lane."""
    if operation in _VOTES:
        return _VOTES[operation](operands)
    answer: dict[int, Any] = {}
    for lane, (own, parameter) in operands.items():
        source = _SOURCES[operation](lane, int(parameter))
        if source in operands:
            answer[lane] = operands[source][0]
        else:
            complain(lane, source)
            answer[lane] = _poison_like(own)
    return answer


def _poison_like(value: Any) -> Any:
    return poison(value.dtype if isinstance(value, np.generic) else np.dtype(type(value)))
