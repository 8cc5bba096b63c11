"""What the rewriting of a kernel's code must not change, and what it must: division, remainder, power, and loops."""

import itertools
import math
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import cuda
from share import examples

from minigrad.simulator import launch
from minigrad.simulator.rewrite import PREFIX, rewritten

SETTINGS = settings(max_examples=examples(150), deadline=None, derandomize=True, database=None)


def value_of(function: Any, *arguments: Any) -> Any:
    """What ``function`` returns inside a kernel, and the kinds of fault."""
    got: list[Any] = []

    def kernel(out):
        got.append(function(*arguments))

    for record in (False, True):
        trace = launch(kernel, 1, 1, np.zeros(1), record=record)
    return got[-1], [fault.kind for fault in trace.faults]


def true_divide(x, y):
    return x / y


def floor_divide(x, y):
    return x // y


def remainder(x, y):
    return x % y


def power(x, y):
    return x**y


def true_divide_in_place(x, y):
    x /= y
    return x


def floor_divide_in_place(x, y):
    x //= y
    return x


def remainder_in_place(x, y):
    x %= y
    return x


def power_in_place(x, y):
    x **= y
    return x


OPERATIONS = [
    (true_divide, true_divide_in_place),
    (floor_divide, floor_divide_in_place),
    (remainder, remainder_in_place),
    (power, power_in_place),
]

NUMBERS = st.one_of(
    st.integers(-20, 20),
    st.floats(-20, 20).map(lambda x: round(x * 8) / 8),
    st.integers(-20, 20).map(np.int32),
    st.integers(-20, 20).map(lambda n: np.float32(n / 4)),
    st.integers(0, 20).map(np.uint8),
)


@SETTINGS
@given(st.sampled_from(OPERATIONS), NUMBERS, NUMBERS)
def test_where_python_answers_its_answer_stands(operations, x, y):
    function, _ = operations
    with np.errstate(all="ignore"):
        try:
            expected = function(x, y)
        except (ZeroDivisionError, OverflowError, ValueError):
            return
    if isinstance(expected, complex) or (y == 0 and function is not power):
        return
    for each in operations:
        got, faults = value_of(each, x, y)
        assert not faults
        np.testing.assert_equal(got, expected)
        assert type(got) is type(expected)


@pytest.mark.parametrize("zero", [0, np.int32(0), np.uint8(0), False])
@pytest.mark.parametrize("x", [7, np.int64(-7), np.uint16(7), True])
@pytest.mark.parametrize("function", [f for pair in OPERATIONS[1:3] for f in pair])
def test_an_integer_divided_by_an_integer_zero_is_a_fault(function, x, zero):
    assert value_of(function, x, zero) == (0, ["integer-division-by-zero"])


@pytest.mark.parametrize(
    ("function", "x", "y", "expected"),
    [
        (true_divide, 1, 0, math.inf),
        (true_divide, -1.0, 0, -math.inf),
        (true_divide, 1.0, -0.0, -math.inf),
        (true_divide, 0.0, 0.0, math.nan),
        (true_divide, np.float32(1), np.float32(0), math.inf),
        (true_divide, np.int32(-1), np.int32(0), -math.inf),
        (floor_divide, 1.0, 0, math.inf),
        (floor_divide, 1, 0.0, math.inf),
        (floor_divide, np.float32(-1), 0, -math.inf),
        (remainder, 1.0, 0, math.nan),
        (remainder, 1, np.float64(0), math.nan),
        (power, 10.0, 400, math.inf),
        (power, -10.0, 401, -math.inf),
        (power, 0.0, -1, math.inf),
        (power, 0, -1, math.inf),
        (power, -8.0, 0.5, math.nan),
        (power, -8, 1 / 3, math.nan),
        (power, np.float32(10), np.float32(40), math.inf),
    ],
)
@pytest.mark.filterwarnings("error")
def test_floats_go_to_infinity_and_nan_where_python_raises(function, x, y, expected):
    in_place = dict(OPERATIONS)[function]
    for each in (function, in_place):
        got, faults = value_of(each, x, y)
        assert not faults
        np.testing.assert_equal(float(got), expected)
        assert not isinstance(got, complex)


def test_a_constant_zero_is_found_too():
    def kernel(out):
        i = cuda.threadIdx.x
        out[0] = i // 0
        out[1] = i % 0
        out[2] = 1.0 / 0
        i //= 0

    out = np.zeros(3)
    trace = launch(kernel, 1, 1, out)
    assert [fault.kind for fault in trace.faults] == ["integer-division-by-zero"] * 3
    assert out[2] == math.inf


@pytest.mark.parametrize("operator", ["//", "%", "/", "**"])
def test_an_element_is_divided_in_place_as_python_does_it(operator, tmp_path, monkeypatch):
    """The array, the index and the value are each evaluated once, the element is read before the value."""
    text = f"""
def kernel(a):
    said = []
    def say(x, what):
        said.append(what)
        return x
    say(a, "array")[say(1, "index")] {operator}= say(2, "value")
    a[say(0, "row"), say(1, "column")] {operator}= 3 if a.ndim == 2 else 1
    return said
"""
    (tmp_path / "in_place.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    import in_place  # type: ignore[import-not-found]

    monkeypatch.delitem(__import__("sys").modules, "in_place")

    class Watched(dict):
        ndim = 2

        def __init__(self, log):
            super().__init__({1: 7.0, (0, 1): 7.0})
            self.log = log

        def __getitem__(self, key):
            self.log.append(("get", key))
            return super().__getitem__(key)

        def __setitem__(self, key, value):
            self.log.append(("set", key, value))
            super().__setitem__(key, value)

    plain_log: list[Any] = []
    plain = in_place.kernel(Watched(plain_log))
    log: list[Any] = []
    (said, _) = value_of(lambda: in_place.kernel(Watched(log)))
    assert said == plain == ["array", "index", "value", "row", "column"]
    assert log[-4:] == plain_log


def test_an_element_divided_in_place_is_one_read_and_one_write():
    def kernel(a, x):
        a[cuda.threadIdx.x] //= x
        a[cuda.threadIdx.x] /= x

    trace = launch(kernel, 1, 2, np.array([8.0, 9.0]), 2)
    assert trace.counters.global_reads.tolist() == [[2, 2]]
    assert trace.counters.global_writes.tolist() == [[2, 2]]
    assert [event.value for event in trace.events if event.verb == "write"] == [4, 2, 4, 2]


def test_what_is_no_number_is_left_to_python():
    def kernel(out):
        assert "%d blocks" % 3 == "3 blocks"  # noqa: UP031
        assert f"{7 % 4}" == "3"
        out[0] = 1

    out = np.zeros(1)
    assert not launch(kernel, 1, 1, out).faults
    assert out[0] == 1


# Everything else stays as it was


def statements(n: Any) -> Any:
    """A little of everything. The docstring stays one."""
    said = []
    for i in range(n):
        if i == 1:
            continue
        if i == 5:
            break
        said.append(i)
    else:
        said.append("no break")
    k = 3
    while k:
        k -= 1
        for j in range(2):
            said.append((k, j))
    else:
        said.append("done")
    total = sum(x * x // 2 for x in range(4))
    squares = [x**2 % 5 for x in range(4) if x % 2]
    table = {x: x / 4 for x in range(2)}
    try:
        raise ValueError
    except ValueError:
        said.append("caught")
    finally:
        said.append("finally")
    match n:
        case 0:
            said.append("zero")
        case _:
            said.append("more")
    (walrus := n // 2)
    first, *rest = said
    square = lambda x, /, y=2, *, z=3: (x**y) // z  # noqa: E731
    said += [total, squares, table, walrus, first, len(rest), square(7), square(7, 3, z=n + 1)]

    def inner(x, *more, flag=True, **named):
        nonlocal k
        k += x
        return x // 2, more, flag, named

    said.append((inner(9, 1, flag=False, other=2), k))
    return said


@pytest.mark.parametrize("n", [0, 3, 9])
def test_other_statements_do_what_they_did(n):
    assert value_of(statements, n) == (statements(n), [])


def test_the_code_keeps_its_name_its_arguments_and_its_lines():
    for function in (statements, floor_divide, power_in_place):
        code, original = rewritten(function), function.__code__
        assert code is not None and code is not original
        assert (code.co_name, code.co_filename, code.co_firstlineno) == (
            original.co_name,
            original.co_filename,
            original.co_firstlineno,
        )
        assert code.co_varnames[: code.co_argcount] == original.co_varnames[: original.co_argcount]
        lines = {line for *_, line in original.co_lines() if line}
        new_lines = {line for *_, line in code.co_lines() if line}
        assert lines <= new_lines and max(new_lines) == max(lines)
        assert code.co_consts[0] == original.co_consts[0] or original.co_consts[0] is None


def test_no_name_of_ours_is_left_in_the_function_that_was_given():
    launch(lambda out: None, 1, 1, np.zeros(1))
    for function in (statements, floor_divide):
        assert not [name for name in function.__code__.co_names if name.startswith(PREFIX)]
    assert not [name for name in globals() if name.startswith(PREFIX)]


def test_a_decorated_kernel_in_a_closure_in_a_method_is_found():
    class Made:
        def kernel(self, factor):
            @cuda.jit
            @cuda.jit
            def kernel(out):
                out[0] = 7 // factor

            return kernel

    out = np.zeros(1)
    assert not launch(Made().kernel(2), 1, 1, out).faults
    assert out[0] == 3
    assert launch(Made().kernel(0), 1, 1, out).faults


def test_lambdas_on_one_line_are_told_apart():
    first, second = (lambda x, y: x // y), (lambda x, y: x % y)
    outer = lambda x: lambda y: x // y  # noqa: E731
    assert value_of(first, 7, 0)[1] == value_of(second, 7, 0)[1] == ["integer-division-by-zero"]
    assert value_of(first, 7, 2)[0] == 3 and value_of(second, 7, 4)[0] == 3
    assert value_of(lambda: outer(7)(2))[0] == 3
    assert value_of(lambda: outer(7)(0))[1] == ["integer-division-by-zero"]
    assert rewritten(first) is not None


def test_two_functions_of_one_name_are_told_apart():
    def make(which):
        if which:

            def kernel(out):
                out[0] = 7 // 2
        else:

            def kernel(out):
                out[0] = 9 // 2

        return kernel

    for which, expected in ((True, 3), (False, 4)):
        out = np.zeros(1)
        launch(make(which), 1, 1, out)
        assert out[0] == expected


# Arithmetic of numba's types against Python's, beyond division


MATH = [
    (math.exp, (1000.0,), math.inf),
    (math.log, (0.0,), -math.inf),
    (math.log, (-1.0,), math.nan),
    (math.log10, (0,), -math.inf),
    (math.sqrt, (-1.0,), math.nan),
    (math.pow, (10.0, 400.0), math.inf),
    (math.pow, (-8.0, 1 / 3), math.nan),
    (math.acos, (2.0,), math.nan),
    (math.atanh, (1.0,), math.inf),
    (math.cosh, (1000.0,), math.inf),
    (math.sin, (math.inf,), math.nan),
    (math.fmod, (1.0, 0.0), math.nan),
    (math.gamma, (0.0,), math.inf),
    (math.lgamma, (0.0,), math.inf),
    (math.expm1, (1000.0,), math.inf),
    (math.log1p, (-1.0,), -math.inf),
    (math.log2, (0.0,), -math.inf),
    (math.floor, (math.inf,), math.inf),
    (math.ceil, (math.nan,), math.nan),
    (math.hypot, (1e300, 1e308), math.hypot(1e300, 1e308)),
    (math.atan2, (0.0, 0.0), 0.0),
]


@pytest.mark.parametrize(("function", "arguments", "expected"), MATH, ids=[case[0].__name__ for case in MATH])
@pytest.mark.filterwarnings("error")
def test_math_goes_to_infinity_and_nan_where_python_raises(function, arguments, expected):
    name = function.__name__
    for how in (function, lambda *arguments: getattr(math, name)(*arguments)):
        got, faults = value_of(how, *arguments)
        assert not faults
        np.testing.assert_equal(got, expected)


@SETTINGS
@given(st.sampled_from(["exp", "sin", "floor", "tanh", "sqrt", "log", "erf", "fabs", "trunc"]), st.floats(0.125, 50))
def test_math_is_python_s_to_the_bit_where_it_answers(name, x):
    assert value_of(lambda: getattr(math, name)(x))[0] == getattr(math, name)(x)


def test_small_functions_of_cuda():
    def kernel(out):
        out[0] = cuda.popc(0b1011)
        out[1] = cuda.clz(1)
        out[2] = cuda.ffs(8)
        out[3] = cuda.brev(1)
        out[4] = cuda.selp(out[0] > 2, 5, 6)
        out[5] = cuda.fma(2, 3, 4)
        out[6] = cuda.cbrt(27.0)
        out[7] = cuda.ffs(0) + cuda.popc(numba.int32.bitwidth)

    out = np.zeros(8)
    assert not launch(kernel, 1, 1, out).faults
    assert out.tolist() == [3, 31, 4, 2**31, 5, 10, 3, 1]


def test_every_name_the_rewriting_adds_has_its_prefix():
    code = rewritten(statements)
    assert code is not None
    added = set(itertools.chain(code.co_names, code.co_varnames)) - {
        *statements.__code__.co_names,
        *statements.__code__.co_varnames,
    }
    assert added and all(name.startswith(PREFIX) for name in added)
