"""What a scalar function computes, found by running it once on symbols.

A :class:`Symbol` stands for an element and writes down what is done with it, so the scalar function
``lambda a: 1 / (1 + math.exp(-a))`` becomes a :class:`Formula` of four steps: neg, exp, add, truediv. A backend
carries the steps out on arrays or writes them as source to be compiled; none needs the function's own source.
What each step may be stands in :data:`OPERATIONS`, one line each.

The dtype of a step is NumPy's: :func:`typed` finds it out, and every backend keeps to it. A Python number among the
operands is weak: next to a float32 element it counts as a float32.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from types import BuiltinFunctionType, CellType, CodeType, FunctionType
from typing import Any, NamedTuple

import numpy as np

from minigrad.backends import Array, ScalarFunction, select
from minigrad.backends.arrays import erf, erfc, where
from minigrad.dtypes import DType
from minigrad.errors import MinigradError


class Operation(NamedTuple):
    """Something that a scalar function may do, as a NumPy function and as source for numba.

    The NumPy function takes ``out`` as a keyword. In the source, ``{0}``, ``{1}``, ``{2}`` stand for the operands.
    """

    on_arrays: Callable[..., Any]
    source: str


OPERATIONS = {
    "add": Operation(np.add, "{0} + {1}"),
    "sub": Operation(np.subtract, "{0} - {1}"),
    "mul": Operation(np.multiply, "{0} * {1}"),
    "truediv": Operation(np.true_divide, "{0} / {1}"),
    "floordiv": Operation(np.floor_divide, "{0} // {1}"),
    "mod": Operation(np.remainder, "{0} % {1}"),
    "pow": Operation(np.power, "{0} ** {1}"),
    "neg": Operation(np.negative, "-{0}"),
    "pos": Operation(np.positive, "+{0}"),
    "abs": Operation(np.absolute, "abs({0})"),
    "invert": Operation(np.invert, "~{0}"),
    "and": Operation(np.bitwise_and, "{0} & {1}"),
    "or": Operation(np.bitwise_or, "{0} | {1}"),
    "xor": Operation(np.bitwise_xor, "{0} ^ {1}"),
    "eq": Operation(np.equal, "{0} == {1}"),
    "ne": Operation(np.not_equal, "{0} != {1}"),
    "lt": Operation(np.less, "{0} < {1}"),
    "le": Operation(np.less_equal, "{0} <= {1}"),
    "gt": Operation(np.greater, "{0} > {1}"),
    "ge": Operation(np.greater_equal, "{0} >= {1}"),
    "select": Operation(where, "{1} if {0} else {2}"),
    "maximum": Operation(np.maximum, "{0} if ({0} >= {1}) | ({0} != {0}) else {1}"),
    "minimum": Operation(np.minimum, "{0} if ({0} <= {1}) | ({0} != {0}) else {1}"),
    "acos": Operation(np.arccos, "math.acos({0})"),
    "acosh": Operation(np.arccosh, "math.acosh({0})"),
    "asin": Operation(np.arcsin, "math.asin({0})"),
    "asinh": Operation(np.arcsinh, "math.asinh({0})"),
    "atan": Operation(np.arctan, "math.atan({0})"),
    "atan2": Operation(np.arctan2, "math.atan2({0}, {1})"),
    "atanh": Operation(np.arctanh, "math.atanh({0})"),
    "ceil": Operation(np.ceil, "math.ceil({0})"),
    "copysign": Operation(np.copysign, "math.copysign({0}, {1})"),
    "cos": Operation(np.cos, "math.cos({0})"),
    "cosh": Operation(np.cosh, "math.cosh({0})"),
    "erf": Operation(erf, "math.erf({0})"),
    "erfc": Operation(erfc, "math.erfc({0})"),
    "exp": Operation(np.exp, "math.exp({0})"),
    "expm1": Operation(np.expm1, "math.expm1({0})"),
    "fabs": Operation(np.fabs, "math.fabs({0})"),
    "floor": Operation(np.floor, "math.floor({0})"),
    "fmod": Operation(np.fmod, "math.fmod({0}, {1})"),
    "hypot": Operation(np.hypot, "math.hypot({0}, {1})"),
    "isfinite": Operation(np.isfinite, "math.isfinite({0})"),
    "isinf": Operation(np.isinf, "math.isinf({0})"),
    "isnan": Operation(np.isnan, "math.isnan({0})"),
    "log": Operation(np.log, "math.log({0})"),
    "log10": Operation(np.log10, "math.log10({0})"),
    "log1p": Operation(np.log1p, "math.log1p({0})"),
    "log2": Operation(np.log2, "math.log2({0})"),
    "sin": Operation(np.sin, "math.sin({0})"),
    "sinh": Operation(np.sinh, "math.sinh({0})"),
    "sqrt": Operation(np.sqrt, "math.sqrt({0})"),
    "tan": Operation(np.tan, "math.tan({0})"),
    "tanh": Operation(np.tanh, "math.tanh({0})"),
    "trunc": Operation(np.trunc, "math.trunc({0})"),
}
"""Everything that a step may be: operators under their Python names, functions of ``math``, and ``select``."""


class Number(NamedTuple):
    """A number in a formula. Its type counts (1 is not 1.0), and so does nan, so it is kept as text."""

    kind: str
    text: str

    @property
    def value(self) -> bool | int | float:
        """The number itself."""
        if self.kind == "bool":
            return self.text == "True"
        return int(self.text) if self.kind == "int" else float(self.text)

    def as_array(self, dtype: DType) -> Array:
        """The number as an array of one element."""
        try:
            return np.array([self.value]).astype(dtype) if self.kind == "float" else np.array([self.value], dtype)
        except OverflowError:
            raise MinigradError(f"the number {self.text} of a scalar function does not fit into {dtype}") from None


Operand = int | Number
"""What a step works on: a number, or a place among the elements (which come first) and the steps' results."""


class Step(NamedTuple):
    """An operation, and what it works on."""

    operation: str
    operands: tuple[Operand, ...]


_TWO = (Number("int", "2"), Number("float", "2.0"))


class Formula(NamedTuple):
    """What a scalar function computes: its steps in order, and where the result is."""

    arity: int
    steps: tuple[Step, ...]
    result: Operand


# --- What a scalar function meets in place of elements


class Symbol:
    """Stands for an element while a scalar function runs, and writes down every step."""

    __slots__ = ("place", "tape")
    __array_ufunc__ = None  # NumPy's scalars leave the operation to us

    def __init__(self, tape: _Tape, place: int) -> None:
        self.tape = tape
        self.place = place

    def __bool__(self) -> bool:
        raise _NoFormula("it decides by the value of an element (with if, and, or, not, min or max); use select")

    __hash__ = None  # type: ignore[assignment]


class _NoFormula(Exception):
    """A scalar function does what a formula cannot say."""


class _Tape:
    """The steps written down so far. A step that is there already is not written twice."""

    def __init__(self, arity: int) -> None:
        self.arity = arity
        self.steps: list[Step] = []
        self.places: dict[Step, int] = {}

    def record(self, operation: str, *operands: Any) -> Symbol:
        step = self.simpler(Step(operation, tuple(_operand(operand) for operand in operands)))
        if step not in self.places:
            self.places[step] = self.arity + len(self.steps)
            self.steps.append(step)
        return Symbol(self, self.places[step])

    def simpler(self, step: Step) -> Step:
        """The same step in a cheaper form, where there is one."""
        operation, operands = step
        if operation == "pow" and operands[1] in _TWO:
            return Step("mul", (operands[0], operands[0]))
        if operation == "select":
            condition, a, b = operands
            for compare, opposite, chosen in (("ge", "lt", "maximum"), ("le", "gt", "minimum")):
                a_wins, a_is_nan = (self.places.get(Step(*each), -1) for each in ((compare, (a, b)), ("ne", (a, a))))
                if condition == self.places.get(Step("or", (a_wins, a_is_nan))):
                    return Step(chosen, (a, b))
                if condition == self.places.get(Step(opposite, (b, a))):  # so b is left where it is nan
                    return Step(chosen, (b, a))
        return step

    def formula(self, result: Any) -> Formula:
        """The steps that the result needs."""
        needed = _operand(result)
        places: dict[Operand, int] = {place: place for place in range(self.arity)}
        used: set[Operand] = {needed}
        steps: list[Step] = []
        for place in reversed(range(self.arity, self.arity + len(self.steps))):
            if place in used:
                used.update(self.steps[place - self.arity].operands)
        for place, (operation, operands) in enumerate(self.steps, start=self.arity):
            if place in used:
                places[place] = self.arity + len(steps)
                steps.append(Step(operation, tuple(places.get(operand, operand) for operand in operands)))
        return Formula(self.arity, tuple(steps), places.get(needed, needed))


def _operand(given: Any) -> Operand:
    if isinstance(given, Symbol):
        return given.place
    if type(given) in (bool, int, float):
        return Number(type(given).__name__, repr(given))
    raise _NoFormula(f"it computes with {given!r}, and beside elements only Python numbers can stand")


def _method(operation: str, reflected: bool = False) -> Callable[..., Symbol]:
    def method(self: Symbol, *others: Any) -> Symbol:
        return self.tape.record(operation, *((*others, self) if reflected else (self, *others)))

    return method


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and", "or", "xor"):
    setattr(Symbol, f"__{_name}__", _method(_name))
    setattr(Symbol, f"__r{_name}__", _method(_name, reflected=True))
for _name in ("neg", "pos", "abs", "invert", "eq", "ne", "lt", "le", "gt", "ge"):
    setattr(Symbol, f"__{_name}__", _method(_name))


# --- Running a scalar function on symbols


@lru_cache(maxsize=1024)
def formula(function: ScalarFunction, arity: int) -> Formula:
    """What ``function`` of ``arity`` elements computes.

    >>> formula(lambda a: (a + 1) * (a + 1), 1).steps
    (Step(operation='add', operands=(0, Number(kind='int', text='1'))), Step(operation='mul', operands=(1, 1)))
    """
    tape = _Tape(arity)
    try:
        return tape.formula(_recording(function)(*[Symbol(tape, place) for place in range(arity)]))
    except _NoFormula as problem:
        reason = str(problem)
    except TypeError as error:
        reason = str(error)
    raise MinigradError(
        f"{getattr(function, '__qualname__', function)} is no scalar function: {reason}; a scalar function is made of "
        "operators, abs, functions of math, and minigrad.backends.select"
    )


def _recording(value: Any) -> Any:
    """What takes the place of a value while a scalar function runs, so that it takes symbols."""
    if value is math:
        return _Math()
    if value is select or (isinstance(value, BuiltinFunctionType) and value is getattr(math, value.__name__, None)):
        return _Recorder(value)
    if isinstance(value, FunctionType) and (value.__closure__ or _names(value.__code__) & value.__globals__.keys()):
        return _Copy(value)
    return value


class _Math:
    """Stands for :mod:`math`."""

    def __getattr__(self, name: str) -> Any:
        return _recording(getattr(math, name))


class _Recorder:
    """Stands for ``select`` or a function of :mod:`math`."""

    def __init__(self, function: Any) -> None:
        self.function = function

    def __call__(self, *operands: Any) -> Any:
        for operand in operands:
            if isinstance(operand, Symbol):
                if self.function.__name__ not in OPERATIONS:
                    raise _NoFormula(f"no backend knows {self.function.__name__}")
                return operand.tape.record(self.function.__name__, *operands)
        return self.function(*operands)


class _Copy:
    """Stands for a Python function that a scalar function calls, or for the scalar function itself."""

    def __init__(self, function: FunctionType) -> None:
        self.function = function

    def __call__(self, *operands: Any, **keywords: Any) -> Any:
        function = self.function
        names = {
            name: _recording(value) for name, value in function.__globals__.items() if name in _names(function.__code__)
        }
        copy = FunctionType(
            function.__code__,
            {**function.__globals__, **names},
            function.__name__,
            function.__defaults__,
            tuple([CellType(_recording(cell.cell_contents)) for cell in function.__closure__ or ()]),
        )
        copy.__kwdefaults__ = function.__kwdefaults__
        return copy(*operands, **keywords)


def _names(code: CodeType) -> set[str]:
    """The names that a function looks up, those in functions inside it included."""
    inner = [_names(constant) for constant in code.co_consts if isinstance(constant, CodeType)]
    return {*code.co_names}.union(*inner)


# --- dtypes


class Typed(NamedTuple):
    """A formula whose elements have dtypes: what each step computes in, and what it gives."""

    formula: Formula
    operands: tuple[DType, ...]
    meeting: tuple[DType, ...]
    results: tuple[DType, ...]


@lru_cache(maxsize=4096)
def typed(formula: Formula, operands: tuple[DType, ...]) -> Typed:
    """The dtypes in which NumPy takes the steps of a formula, when its elements are of these dtypes.

    >>> halves = formula(lambda a: a / 2, 1)
    >>> typed(halves, (np.dtype(np.int32),)).results
    (dtype('float64'),)
    """
    values: list[Any] = [np.ones(1, dtype) for dtype in operands]
    meeting = []
    for operation, places in formula.steps:
        chosen = places[1:] if operation == "select" else places
        dtype = _meeting([values[place].dtype if isinstance(place, int) else place for place in chosen])
        given = [place.as_array(dtype) if isinstance(place, Number) else values[place] for place in places]
        try:
            with np.errstate(all="ignore"):
                values.append(OPERATIONS[operation].on_arrays(*given))
        except TypeError as error:
            names = " and ".join(dict.fromkeys(str(dtype) for dtype in operands))
            raise MinigradError(f"{operation} is not defined for {names}: {error}") from None
        meeting.append(dtype)
    return Typed(formula, operands, tuple(meeting), tuple(value.dtype for value in values[len(operands) :]))


def _meeting(given: list[DType | Number]) -> DType:
    """The dtype in which dtypes and numbers meet, as NumPy has it since 2.0: numbers are weak."""
    dtypes = [each for each in given if not isinstance(each, Number)]
    numbers = [np.dtype(each.kind) for each in given if isinstance(each, Number)]
    if not dtypes:
        return np.result_type(*numbers)
    widest: DType = np.result_type(*dtypes)
    wider = [dtype for dtype in numbers if "bif".index(dtype.kind) > "bif".index(widest.kind)]
    return np.result_type(*wider) if wider else widest
