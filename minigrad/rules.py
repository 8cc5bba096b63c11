"""What an elementwise operation is made of, forwards and backwards: a rule.

``lifting.py`` makes an operation on tensors of a rule. The rules stand in ``elementwise.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from minigrad.backends import ScalarFunction
from minigrad.forms import Together


class Kind(Enum):
    """What an operation makes of the dtype in which its operands meet."""

    ANY = "The result has the dtype in which the operands meet."
    NUMBER = "The result has the dtype in which the operands meet, which may not be bool."
    BITS = "The result has the dtype in which the operands meet, which may not be float."
    FLOAT = "Ints and bools become float32 first."
    TRUTH = "The result is bool."


class Rule:
    """An elementwise operation.

    ``formula`` is to be read; ``forward`` is its scalar function. ``backward`` has, for each operand, the scalar
    function that gives the operand's gradient. Its parameters say by their names what it asks for: ``d``, the
    gradient of the result; an operand, by its name in ``forward``; ``out``, the result. None stands for an
    operand that can have no gradient.
    """

    def __init__(
        self,
        name: str,
        formula: str,
        forward: ScalarFunction,
        backward: Sequence[ScalarFunction | None] = (),
        kind: Kind = Kind.ANY,
    ) -> None:
        self.name = name
        self.formula = formula
        self.forward = forward
        self.kind = kind
        self.operands = _parameters(forward)
        asked = {parameter for function in backward if function for parameter in _parameters(function)}
        self.saves = [place for place, operand in enumerate(self.operands) if operand in asked]
        self.saves_all = len(self.saves) == len(self.operands)
        self.saves_result = "out" in asked
        known = ["d", *(self.operands[place] for place in self.saves), *(["out"] if self.saves_result else [])]
        self.backward = [function and BackwardRule(function, known) for function in backward]
        self.passes_on = bool(backward) and all(each and each.passes_on for each in self.backward)
        # The short way computes floats of floats; of all gradients at once.
        self.has_short_way = kind not in (Kind.TRUTH, Kind.BITS)
        self.together = Together(*[(each.function, each.places) for each in self.backward if each])


class BackwardRule:
    """The scalar function of a gradient, and the places of what it asks for among what is known."""

    def __init__(self, function: ScalarFunction, known: list[str]) -> None:
        self.function = function
        self.places = [known.index(name) for name in _parameters(function)]
        self.passes_on = self.places == [0] and _is_identity(function)


def _parameters(function: ScalarFunction) -> tuple[str, ...]:
    code = function.__code__
    names: tuple[str, ...] = code.co_varnames[: code.co_argcount]
    return names


def _is_identity(function: ScalarFunction) -> bool:
    anything = object()
    try:
        return function(anything) is anything
    except TypeError:
        return False


RULES: dict[str, Rule] = {}
"""Every elementwise operation, by name."""
