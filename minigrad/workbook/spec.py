"""What a puzzle asks for, as data: the reference, the inputs and launches to try, the budget, the hints.

One :class:`KernelSpec` describes one kernel puzzle; the tables of them stand in ``minigrad/workbook/checks/``, one
module a part. A :class:`Case` is one thing to try: arguments and a launch. Nothing here runs anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:  # every pytest run loads the workbook's front, so it comes without numpy and hypothesis
    import numpy.typing as npt
    from hypothesis.strategies import SearchStrategy

Array: TypeAlias = "npt.NDArray[Any]"
Dims = tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """One input and one launch of a kernel.

    ``arguments`` maps every parameter, in the order of the signature, to a NumPy array or an int. Output arrays are
    there too, with their shape and dtype; what they hold only counts if the puzzle says that they arrive filled.
    ``grid`` and ``block`` have one to three dimensions, x first. ``order`` is the order in which the simulator runs
    blocks and threads: ``"forward"``, ``"reverse"`` or a seed. ``constants`` are the values that the file's module
    constants have, such as ``{"TPB": 8}``. ``scalar`` names the scalar function that a puzzle about functions of
    functions is given, "" for all others.
    """

    arguments: Mapping[str, Array | int]
    grid: Dims
    block: Dims
    order: str | int = "forward"
    constants: Mapping[str, int] = field(default_factory=dict)
    scalar: str = ""

    @property
    def threads(self) -> int:
        """Threads in the whole launch."""
        return math.prod(self.grid) * math.prod(self.block)

    def sizes(self) -> dict[str, int]:
        """The scalar arguments, by name."""
        return {name: value for name, value in self.arguments.items() if isinstance(value, int)}


@dataclass(frozen=True)
class Budget:
    """The most that a kernel may do at the profile launch and still be called efficient.

    Reads and writes are those of the busiest thread, in array elements. ``None`` means: not limited. ``coalesced``
    asks for at most 1.25 times the 32-byte sectors that our own solution moves. ``block_reads`` and ``block_atomics``
    bound what the threads of one block do together in global memory, ``total_reads`` and ``total_writes`` what the
    whole launch does. ``bank_conflicts`` bounds the extra passes that the warps' accesses to shared memory need in the
    whole launch, and ``divergent_branches`` how often the lanes of a warp part at a branch; see
    :class:`~minigrad.simulator.Counters`. At an array's end one warp parts at the guard that no kernel does without, so
    0 is only asked where the launch fits. ``extra`` returns a sentence when a rule that fits no column is broken, else None; it gets
    the trace and the case.
    """

    reads: int | None = None
    writes: int | None = None
    shared_reads: int | None = None
    shared_writes: int | None = None
    barriers: int | None = None
    atomics: int | None = None
    block_reads: int | None = None
    block_atomics: int | None = None
    total_reads: int | None = None
    total_writes: int | None = None
    sectors: int | None = None
    bank_conflicts: int | None = None
    divergent_branches: int | None = None
    extra: Callable[[Any, Case], str | None] | None = None


@dataclass(frozen=True)
class Scalar:
    """A scalar function that a puzzle about functions of functions hands to the learner's.

    ``function`` takes and returns single numbers, and numba can compile it; ``on_arrays`` is the same on whole NumPy
    arrays, for the reference. ``start`` is its identity, where it has one.
    """

    function: Callable[..., Any]
    on_arrays: Callable[..., Any]
    start: float = 0.0


@dataclass(frozen=True)
class KernelSpec:
    """A puzzle whose answer is a kernel, for CUDA or for the processor, or a function that makes one.

    ``reference`` gets the inputs by name, as minigrad Tensors (ints stay ints), and returns the expected value of each
    output by name, as minigrad Tensors. ``cases`` makes the hypothesis strategy; it is a function so that reading the
    table does not import hypothesis. ``signature`` gives numba's type of each parameter, for the compiler check.
    ``unwritten`` names the outputs that arrive holding nothing (a kernel must not read them before writing them).
    ``remark`` says in one sentence what is special about a case ("12 threads, 9 elements: three threads have nothing
    to do."), or returns "". ``arrives_filled`` names the outputs (and scratch arrays) that hold what the case says.

    ``scratch`` names arrays that the kernel may use as it likes: nobody looks at them afterwards. ``constants`` are the
    sets of module constants that the file is run with, such as ``({"TPB": 8}, {"TPB": 64})``. Where the learner's
    function makes the kernel, ``takes`` are that function's parameters (``("f",)``), ``scalars`` what it is given, by
    name, and ``signature`` is the kernel's own. ``target`` says what the kernel is compiled for: ``"cpu"`` is
    ``njit(parallel=True)``. ``elements`` says of a case which cells of an output belong to the tensor that stands there
    (True) and which must be left alone; without it, all belong.
    """

    number: int
    name: str
    part: str
    signature: Mapping[str, str]
    outputs: tuple[str, ...]
    reference: Callable[..., Mapping[str, Any]]
    cases: Callable[[], SearchStrategy[Case]]
    profile: Callable[[], Case]
    budget: Budget
    hints: tuple[str, str, str]
    remark: Callable[[Case], str] = lambda case: ""
    arrives_filled: tuple[str, ...] = ()
    tolerance: float | None = None
    scratch: tuple[str, ...] = ()
    constants: tuple[Mapping[str, int], ...] = ()
    takes: tuple[str, ...] | None = None
    scalars: Mapping[str, Scalar] = field(default_factory=dict)
    target: Literal["cuda", "cpu"] = "cuda"
    elements: Callable[[Case], Mapping[str, Array]] | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The signature that the learner's function must have."""
        return tuple(self.signature) if self.takes is None else self.takes

    @property
    def makes_kernel(self) -> bool:
        """Whether the learner's function is not the kernel, but makes it."""
        return self.takes is not None

    @property
    def unwritten(self) -> tuple[str, ...]:
        """Outputs and scratch arrays that arrive holding nothing."""
        return tuple(name for name in (*self.outputs, *self.scratch) if name not in self.arrives_filled)

    @property
    def file_name(self) -> str:
        """Name of the puzzle's file, for example ``puzzle03_blocks.py``."""
        return f"puzzle{self.number:02d}_{self.name}.py"

    @property
    def test_name(self) -> str:
        """What pytest calls it, for example ``puzzle3_blocks``."""
        return f"puzzle{self.number}_{self.name}"
