"""A launch on numba changes the arrays given; of what goes wrong it says whether it is the kernel's fault."""

import math
import threading

import numba
import numpy as np
import pytest
from numba import cuda

from minigrad.workbook import numba_run
from minigrad.workbook.numba_run import Outcome, run
from minigrad.workbook.numba_simulator import Device


@cuda.jit
def double(out, a):
    i = cuda.grid(1)
    if i < a.shape[0]:
        out[i] = 2 * a[i]


def test_the_arrays_given_hold_the_result():
    a, out = np.arange(5.0), np.zeros(5)
    assert run(double, 2, 4, [out, a]) == Outcome("ran")
    assert out.tolist() == [0, 2, 4, 6, 8]


def test_arrays_may_be_strided_or_read_only():
    a, out = np.arange(10.0)[::-2], np.zeros((5, 2))[:, 1]
    a.flags.writeable = False
    assert run(double, 2, 4, [out, a]).status == "ran"
    assert out.tolist() == [18, 14, 10, 6, 2]


def test_a_bare_function_is_a_kernel_too_and_dimensions_may_be_tuples():
    def kernel(out, value):
        x, y = cuda.grid(2)
        out[y, x] = value

    out = np.zeros((4, 6), np.int32)
    assert run(kernel, (3, 2), (2, 2), [out, 7]).status == "ran"
    assert (out == 7).all()


def test_dynamic_shared_memory_is_there_for_one_launch_only():
    @cuda.jit
    def kernel(out):
        out[0] = cuda.shared.array(0, numba.float32).size

    out = np.zeros(1)
    run(kernel, 1, 1, [out], dynamic_shared=16)
    assert out[0] == 4
    run(kernel, 1, 1, [out])
    assert out[0] == 0


# What goes wrong


def line_of(function, within: str) -> int:
    import inspect

    lines, first = inspect.getsourcelines(function)
    return first + next(number for number, line in enumerate(lines) if within in line)


def test_a_kernel_that_raises_is_to_blame_with_its_line_and_its_arrays_stay():
    def helper(a):
        return a[99]  # here

    def kernel(out):
        out[0] = 1
        cuda.syncthreads()
        out[0] = helper(out)

    out = np.zeros(3)
    outcome = run(kernel, 1, 2, [out])
    assert outcome.status == "raised"
    assert outcome.message == "IndexError: index 99 is out of bounds for axis 0 with size 3"
    assert outcome.line == line_of(helper, "# here")
    assert out.tolist() == [0, 0, 0]


def test_an_exception_that_numba_would_lose_is_found():
    def kernel(out):
        out[0] = len(b"\xff".decode())  # its exception cannot be made from a message alone

    outcome = run(kernel, 1, 1, [np.zeros(1)])
    assert outcome.status == "raised" and outcome.message.startswith("UnicodeDecodeError")


def test_a_device_function_is_not_a_kernel():
    outcome = run(cuda.jit(device=True)(lambda out: None), 1, 1, [np.zeros(1)])
    assert outcome.status == "raised" and "device function" in outcome.message


def exp_of_1000(out):
    out[0] = math.exp(1000)


def log_of_0(out):
    out[0] = math.log(out[0])


def root_of_a_negative(out):
    out[0] = math.sqrt(-1)


def one_by_zero(out):
    out[0] = 1 / cuda.threadIdx.x


def power_of_a_negative(out):
    out[0] = (-2.0) ** 0.5


def nan_as_int(out):
    out[0] = int(math.nan)


def too_large_for_an_integer(out):
    cuda.local.array(1, numba.int32)[0] = 2**70


def bits_of_a_negative(out):
    out[0] = cuda.brev(-1)


def shuffle(out):
    out[0] = cuda.shfl_sync(0xFFFFFFFF, out[0], 0)


def shuffle_in_disguise(out):
    module = cuda
    out[0] = module.shfl_sync(0xFFFFFFFF, out[0], 0)


def sum_of_arrays(out):
    out[0] = (out + out)[0]


@cuda.jit(device=True)
def plus(a, b):
    return a + b


def device_function_with_a_keyword(out):
    out[0] = plus(1, b=2)


def truncation_of_a_float32(out):
    out[0] = math.trunc(np.float32(2.5))


@pytest.mark.parametrize(
    ("kernel", "reason"),
    [
        (exp_of_1000, "where a GPU gives inf or nan"),
        (log_of_0, "where a GPU gives inf or nan"),
        (root_of_a_negative, "where a GPU gives inf or nan"),
        (one_by_zero, "where a GPU gives inf or nan"),
        (nan_as_int, "where a GPU gives inf or nan"),
        (power_of_a_negative, "complex"),
        (too_large_for_an_integer, "where an integer wraps around"),
        (bits_of_a_negative, "bits"),
        (shuffle, "numba's simulator has no cuda.shfl_sync"),
        (shuffle_in_disguise, "numba's simulator has no shfl_sync"),
        (device_function_with_a_keyword, "numba's simulator cannot make this call"),
        (truncation_of_a_float32, "numba's simulator cannot make this call"),
        (sum_of_arrays, "numba's simulator cannot do"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_only_numbas_simulator_cannot_do_is_no_fault_of_the_kernel(kernel, reason: str):
    outcome = run(kernel, 1, 1, [np.zeros(1)])
    assert outcome.status == "skipped"
    assert reason in outcome.message


@pytest.mark.filterwarnings("error")
def test_numpys_warnings_about_inf_and_nan_are_not_shown():
    def kernel(out, a):
        out[0] = a[0] / a[1] + a[0] * a[2]

    out = np.zeros(1, np.float32)
    assert run(kernel, 1, 1, [out, np.array([1, 0, 3e38], np.float32)]).status == "ran"
    assert out[0] == np.inf


def spins(out):
    while True:
        out[0] += 1


def waits_for_a_thread_that_spins(out):
    if cuda.threadIdx.x == 0:
        while True:
            out[0] += 1
    cuda.syncthreads()


def raises_while_others_spin(out):
    if cuda.threadIdx.x == 0:
        raise KeyError("no")
    while True:
        out[0] += 1


@pytest.mark.parametrize(
    ("kernel", "status"),
    [
        (spins, "timed-out"),
        (waits_for_a_thread_that_spins, "timed-out"),
        (raises_while_others_spin, "raised"),
    ],
)
def test_a_kernel_that_does_not_end_is_given_up_and_leaves_nothing_behind(kernel, status: str):
    threads = set(threading.enumerate())
    outcome = run(kernel, 1, 3, [np.zeros(1)], patience=0.2)
    assert outcome.status == status
    assert set(threading.enumerate()) == threads
    out = np.zeros(2)
    assert run(double, 1, 2, [out, np.ones(2)]).status == "ran"
    assert out.tolist() == [2, 2]


def test_an_interrupt_is_passed_on_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch):
    join = threading.Thread.join

    def interrupted(thread: threading.Thread, timeout: float | None = None) -> None:
        if thread.name == "numba launch":
            monkeypatch.setattr(threading.Thread, "join", join)
            raise KeyboardInterrupt
        join(thread, timeout)

    monkeypatch.setattr(threading.Thread, "join", interrupted)
    threads = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        run(spins, 1, 2, [np.zeros(1)])
    assert set(threading.enumerate()) == threads


# Neither GPU nor simulator, and a GPU that is played by the simulator


def test_without_a_device_the_launch_is_skipped_and_says_why(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(numba_run, "prepare", lambda: Device("none", "there is no GPU here"))
    assert run(double, 1, 1, []) == Outcome("skipped", "there is no GPU here", device="none")


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """numba's simulator, used as if it were a GPU: it has the calls that copy to a device and back."""
    monkeypatch.setattr(numba_run, "prepare", lambda: Device("gpu"))
    monkeypatch.setattr(numba_run, "_why_the_gpu_is_lost", "")


@pytest.mark.usefixtures("gpu")
class TestOnAGpu:
    def test_arrays_are_copied_to_the_device_and_back(self):
        a, out = np.arange(10.0)[::-2], np.zeros((5, 2))[:, 1]
        assert run(double, 2, 4, [out, a]) == Outcome("ran", device="gpu")
        assert out.tolist() == [18, 14, 10, 6, 2]

    def test_a_missing_library_is_no_fault_of_the_kernel(self, monkeypatch: pytest.MonkeyPatch):
        class NvvmSupportError(ImportError):
            pass

        def to_device(array):
            raise NvvmSupportError("libNVVM cannot be found.\nMore of it.")

        monkeypatch.setattr(cuda, "to_device", to_device)
        outcome = run(double, 1, 1, [np.zeros(1), np.zeros(1)])
        assert outcome.status == "skipped"
        assert outcome.message == "numba cannot use the GPU here: libNVVM cannot be found."

    def test_a_gpu_that_numba_cannot_use_is_named(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(cuda, "is_available", lambda: False)
        outcome = run(double, 1, 1, [])
        assert outcome.status == "skipped" and "NUMBA_ENABLE_CUDASIM=1" in outcome.message
        monkeypatch.setattr(cuda, "cuda_error", lambda: "the driver is too old")
        assert run(double, 1, 1, []).message == "numba cannot use the GPU here: the driver is too old"

    def test_a_refusal_of_the_compiler_is_the_kernels_fault_with_its_line(self, monkeypatch: pytest.MonkeyPatch):
        class TypingError(Exception):
            pass

        def to_device(array):
            raise TypingError(f'Failed in cuda mode\nFile "../{__file__.rsplit("/")[-1]}", line 12:\n')

        monkeypatch.setattr(cuda, "to_device", to_device)
        outcome = run(double, 1, 1, [np.zeros(1), np.zeros(1)])
        assert (outcome.status, outcome.line) == ("raised", 12)
        assert outcome.message == "TypingError: Failed in cuda mode"

    @pytest.mark.parametrize(("code", "first", "second"), [(700, "raised", "skipped"), (2, "skipped", "ran")])
    def test_after_a_bad_access_the_gpu_is_not_asked_again(
        self, code: int, first: str, second: str, monkeypatch: pytest.MonkeyPatch
    ):
        class CudaAPIError(Exception):
            pass

        error = CudaAPIError(f"[{code}] it failed")
        error.code = code  # type: ignore[attr-defined]

        def synchronize():
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(cuda, "synchronize", synchronize)
            assert run(double, 1, 1, [np.zeros(1), np.zeros(1)]).status == first
        assert run(double, 1, 1, [np.zeros(1), np.zeros(1)]).status == second

    def test_a_kernel_that_does_not_end_is_given_up(self, monkeypatch: pytest.MonkeyPatch):
        ended = threading.Event()
        monkeypatch.setattr(cuda, "synchronize", lambda: ended.wait())
        arguments = [np.zeros(1), np.zeros(1)]
        assert run(double, 1, 1, arguments, patience=0.2).status == "timed-out"
        assert "did not end" in run(double, 1, 1, arguments).message
        ended.set()
