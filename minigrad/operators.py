"""What a tensor can do, by name: a table of operators and methods, and where they find what they do.

Every operation on tensors is a function that stands in a module above this one. :func:`operation` makes it the
method of that name, and what an operator stands for; a :class:`_StandIn` is there until then.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

from minigrad.dtypes import NUMBERS

X = TypeVar("X")
F = TypeVar("F", bound=Callable[..., Any])


class _Operations(dict[str, Callable[..., Any]]):
    def __missing__(self, name: str) -> Callable[..., Any]:
        import_module("minigrad.functions")  # stands above this module, and fills the table when imported
        if name in self:
            return self[name]
        raise KeyError(name)


OPERATIONS = _Operations()
"""Every operation, by name."""


_STAND_INS: dict[str, list[tuple[type, str]]] = {}


def operation(function: F) -> F:
    """Let tensors find an operation under the function's name, as a function and as methods."""
    OPERATIONS[function.__name__] = function
    for owner, attribute in _STAND_INS.get(function.__name__, ()):
        setattr(owner, attribute, function)
    return function


class _StandIn:
    """A method that is the operation of that name, while there is no such operation yet."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __set_name__(self, owner: type, attribute: str) -> None:
        _STAND_INS.setdefault(self.name, []).append((owner, attribute))

    def __get__(self, tensor: X, owner: type | None = None) -> Callable[..., X]:
        return lambda *args, **keywords: OPERATIONS[self.name](tensor, *args, **keywords)


def _reflected(name: str) -> Callable[[X, Any], X]:
    def method(self: X, other: Any) -> X:
        result: X = OPERATIONS[name](other, self)
        return result

    method.__doc__ = f"``minigrad.{name}(other, self)``"
    return method


def _in_place(name: str) -> Callable[[X, Any], X]:
    def method(self: X, other: Any) -> X:
        result: X = OPERATIONS["copy_"](self, OPERATIONS[name](self, other))
        return result

    method.__doc__ = f"Write ``minigrad.{name}(self, other)`` into this tensor."
    return method


def _augmented(name: str) -> Callable[[X, Any], X]:
    def method(self: X, other: Any) -> X:
        result: X = OPERATIONS["become"](self, OPERATIONS[name](self, other))
        return result

    return method


class Operators:
    """The operators and methods of a tensor that are operations."""

    __array_priority__ = 1000  # NumPy scalars and arrays on the left leave the operation to us

    __slots__ = ()

    # --- Operators

    __neg__ = _StandIn("neg")
    __abs__ = _StandIn("abs")
    __invert__ = _StandIn("bitwise_not")
    __add__ = _StandIn("add")
    __sub__ = _StandIn("sub")
    __mul__ = _StandIn("mul")
    __truediv__ = _StandIn("div")
    __pow__ = _StandIn("pow")
    __matmul__ = _StandIn("matmul")
    __and__ = _StandIn("bitwise_and")
    __or__ = _StandIn("bitwise_or")
    __xor__ = _StandIn("bitwise_xor")
    __radd__ = _reflected("add")
    __rsub__ = _reflected("sub")
    __rmul__ = _reflected("mul")
    __rtruediv__ = _reflected("div")
    __rpow__ = _reflected("pow")
    __rand__ = _reflected("bitwise_and")
    __ror__ = _reflected("bitwise_or")
    __rxor__ = _reflected("bitwise_xor")
    __lt__ = _StandIn("lt")
    __le__ = _StandIn("le")
    __gt__ = _StandIn("gt")
    __ge__ = _StandIn("ge")

    def __eq__(self: X, other: object) -> X:  # type: ignore[override]
        return OPERATIONS["eq"](self, other) if isinstance(other, (Operators, *NUMBERS)) else NotImplemented

    def __ne__(self: X, other: object) -> X:  # type: ignore[override]
        return OPERATIONS["ne"](self, other) if isinstance(other, (Operators, *NUMBERS)) else NotImplemented

    __hash__ = object.__hash__

    __getitem__ = _StandIn("subscript")

    def __setitem__(self, key: Any, value: Any) -> None:
        OPERATIONS["write"](self, key, value)

    # --- Elementwise

    neg = _StandIn("neg")
    abs = _StandIn("abs")
    reciprocal = _StandIn("reciprocal")
    inv = _StandIn("inv")
    exp = _StandIn("exp")
    log = _StandIn("log")
    sqrt = _StandIn("sqrt")
    sin = _StandIn("sin")
    cos = _StandIn("cos")
    tanh = _StandIn("tanh")
    sigmoid = _StandIn("sigmoid")
    relu = _StandIn("relu")
    erf = _StandIn("erf")
    erfc = _StandIn("erfc")
    gelu = _StandIn("gelu")
    add = _StandIn("add")
    sub = _StandIn("sub")
    mul = _StandIn("mul")
    div = _StandIn("div")
    pow = _StandIn("pow")
    maximum = _StandIn("maximum")
    minimum = _StandIn("minimum")
    eq = _StandIn("eq")
    ne = _StandIn("ne")
    lt = _StandIn("lt")
    le = _StandIn("le")
    gt = _StandIn("gt")
    ge = _StandIn("ge")
    bitwise_not = _StandIn("bitwise_not")
    bitwise_and = _StandIn("bitwise_and")
    bitwise_or = _StandIn("bitwise_or")
    bitwise_xor = _StandIn("bitwise_xor")
    masked_fill = _StandIn("masked_fill")

    # --- Reductions

    sum = _StandIn("sum")
    mean = _StandIn("mean")
    var = _StandIn("var")
    std = _StandIn("std")
    prod = _StandIn("prod")
    max: Callable[..., Any] = _StandIn("max")  # type: ignore[assignment]
    min: Callable[..., Any] = _StandIn("min")  # type: ignore[assignment]
    amax = _StandIn("amax")
    amin = _StandIn("amin")
    argmax = _StandIn("argmax")
    argmin = _StandIn("argmin")
    all = _StandIn("all")
    any = _StandIn("any")
    logsumexp = _StandIn("logsumexp")
    softmax = _StandIn("softmax")
    log_softmax = _StandIn("log_softmax")
    cumsum = _StandIn("cumsum")

    # --- Views

    permute = _StandIn("permute")
    transpose = _StandIn("transpose")
    expand = _StandIn("expand")
    view = _StandIn("view")
    reshape = _StandIn("reshape")
    flatten = _StandIn("flatten")
    unsqueeze = _StandIn("unsqueeze")
    squeeze = _StandIn("squeeze")
    unfold = _StandIn("unfold")

    # --- What moves elements, and products

    roll = _StandIn("roll")
    flip = _StandIn("flip")
    tril = _StandIn("tril")
    triu = _StandIn("triu")
    gather = _StandIn("gather")
    sort: Callable[..., Any] = _StandIn("sort")  # type: ignore[assignment]
    argsort = _StandIn("argsort")
    matmul = _StandIn("matmul")

    # --- Copies

    clone = _StandIn("clone")
    contiguous = _StandIn("contiguous")
    to = _StandIn("to")

    # --- Changes in place

    copy_ = _StandIn("copy_")
    fill_ = _StandIn("copy_")
    add_ = _in_place("add")
    sub_ = _in_place("sub")
    mul_ = _in_place("mul")
    div_ = _in_place("div")
    __iadd__ = _augmented("add")
    __isub__ = _augmented("sub")
    __imul__ = _augmented("mul")
    __itruediv__ = _augmented("div")

    # --- Gradients

    requires_grad_ = _StandIn("requires_grad_")
    backward: Callable[..., Any] = _StandIn("backward")  # type: ignore[assignment]
    register_hook: Callable[..., Any] = _StandIn("register_hook")  # type: ignore[assignment]
    retain_grad: Callable[..., Any] = _StandIn("retain_grad")  # type: ignore[assignment]
