"""What a puzzle asks for, as data: the reference, the inputs and launches to try, the budget, the hints.

One :class:`KernelSpec` describes one kernel puzzle, one :class:`FunctionSpec` a puzzle about plain functions; the
tables of them stand in ``minigrad/workbook/checks/``, one module a part. A :class:`Case` is one thing to try: arguments
and a launch. Nothing here runs anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from minigrad.workbook.verdict import CHECKS

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
    blocks and threads: ``"forward"``, ``"reverse"`` or a seed. A kernel for the processor is called, not launched: then
    ``grid`` and ``block`` are (), and the order is that of the iterations of its loops. ``constants`` are the values
    that the file's module constants have, such as ``{"TPB": 8}``. ``scalar`` names the scalar function that a puzzle
    about functions of functions is given, "" for all others. ``entries`` are what it was made of, by name of the table
    that each was chosen from; none where it was made by hand.
    """

    arguments: Mapping[str, Array | int]
    grid: Dims
    block: Dims
    order: str | int = "forward"
    constants: Mapping[str, int] = field(default_factory=dict)
    scalar: str = ""
    entries: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def threads(self) -> int:
        """Threads in the whole launch."""
        return math.prod(self.grid) * math.prod(self.block)

    @property
    def key(self) -> Hashable:
        """The same for two cases that are the same thing to try."""
        arguments = (
            value if isinstance(value, int | float) else (value.shape, value.tobytes())
            for value in self.arguments.values()
        )
        return self.grid, self.block, self.order, self.scalar, *self.constants.items(), *arguments

    def sizes(self) -> dict[str, int]:
        """The scalar arguments, by name."""
        return {name: value for name, value in self.arguments.items() if isinstance(value, int)}


@dataclass(frozen=True)
class Budget:
    """The most that a kernel may do at the profile launch and still be called efficient.

    Reads and writes are those of the busiest thread, in array elements. ``None`` means: not limited. ``block_reads``
    and ``block_atomics`` bound what the threads of one block do together in global memory, and these the whole launch:
    ``total_reads`` and ``total_writes``; ``sectors``, pieces of 32 bytes of global memory that the warps' accesses
    touch; ``bank_conflicts``, passes that their accesses to shared memory need beyond the first; and
    ``divergent_branches``, how often the lanes of a warp part (see :class:`~minigrad.simulator.Counters`). Where an
    array ends within a warp, the guard makes one divergent branch that no kernel does without. ``extra`` returns a
    sentence when a rule that fits no column is broken, else None; it gets the trace and the case.
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
class PuzzleSpec:
    """What every puzzle has: its place in the reading order, its name, its part, three hints."""

    number: int
    name: str
    part: str
    hints: tuple[str, str, str]

    @property
    def file_name(self) -> str:
        """Name of the puzzle's file, for example ``puzzle03_blocks.py``."""
        return f"puzzle{self.number:02d}_{self.name}.py"

    @property
    def test_name(self) -> str:
        """What pytest calls it, for example ``puzzle3_blocks``."""
        return f"puzzle{self.number}_{self.name}"


@dataclass(frozen=True)
class KernelSpec(PuzzleSpec):
    """A puzzle whose answer is a kernel, for CUDA or for the processor, or a function that makes one.

    ``reference`` gets the inputs by name, as minigrad Tensors (ints stay ints), and returns the expected value of each
    output by name, as minigrad Tensors. Where the result depends on the launch, it may also ask for the case's
    constants by name (``TPB``) and for the number of ``blocks``. ``cases`` makes the hypothesis strategy; it is a
    function, so that reading the table does not import hypothesis, and best one of ``checks.tables``, which lets a
    reader choose too. ``signature`` gives numba's type of each parameter,
    for the compiler check. ``unwritten`` names the outputs that arrive holding nothing (a kernel must not read them
    before writing them). ``remark`` says in one sentence what is special about a case ("12 threads, 9 elements: three
    threads have nothing to do."), or returns "". ``arrives_filled`` names the outputs (and scratch arrays) that hold
    what the case says.

    ``scratch`` names arrays that the kernel may use as it likes: nobody looks at them afterwards. ``constants`` are the
    sets of module constants that the file is run with, such as ``({"TPB": 8}, {"TPB": 64})``. Where the learner's
    function makes the kernel, ``takes`` are that function's parameters (``("f",)``), ``scalars`` what it is given, by
    name, and ``signature`` is the kernel's own. ``target`` says what the kernel is compiled for: ``"cpu"`` is
    ``njit(parallel=True)``. ``elements`` says of a case which cells of an output belong to the tensor that stands there
    (True) and which must be left alone; without it, all belong. A kernel for the processor has ``examples``: they are
    tried before any others are drawn, numba compiles it for arguments like these, and it is called with them.
    """

    signature: Mapping[str, str]
    outputs: tuple[str, ...]
    reference: Callable[..., Mapping[str, Any]]
    cases: Callable[[], SearchStrategy[Case]]
    profile: Callable[[], Case]
    budget: Budget
    remark: Callable[[Case], str] = lambda case: ""
    arrives_filled: tuple[str, ...] = ()
    tolerance: float | None = None
    scratch: tuple[str, ...] = ()
    constants: tuple[Mapping[str, int], ...] = ()
    takes: tuple[str, ...] | None = None
    scalars: Mapping[str, Scalar] = field(default_factory=dict)
    target: Literal["cuda", "cpu"] = "cuda"
    elements: Callable[[Case], Mapping[str, Array]] | None = None
    examples: Callable[[], Sequence[Case]] = lambda: ()

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
    def checks(self) -> tuple[str, ...]:
        """The checks that a verdict on it has."""
        return CHECKS


Arguments: TypeAlias = Mapping[str, Any]
"""What a function is called with, by name, in the order of its parameters."""

Compare: TypeAlias = Callable[[Arguments, Any, Any], "str | None"]
"""From the arguments, the expected and the given result to a sentence that says what is wrong ("returned 4, expected
5"), or None where nothing is. The given result may be anything at all."""


@dataclass(frozen=True)
class Rule:
    """One plain function that a puzzle asks for: what it is called with, and what it has to return.

    ``cases`` makes the hypothesis strategy for the arguments; it is a function so that reading the table does not
    import hypothesis. ``reference`` gets the arguments by name and returns what is expected, as ``compare`` likes it;
    where it raises ``raises``, the learner's function has to raise that too. ``own_memory`` says that a result must
    not share memory with an argument. A function that has to compile has ``examples``: numba compiles it for arguments
    like these, and it is called with them. ``remark`` says in a sentence what is special about some arguments, or
    returns "".

    Where a result alone says too little, as of a function that changes what it gets, ``judged_by`` calls the learner's
    function with the arguments, however often, and returns what is compared; ``parameters`` still are the function's
    own. ``shown`` then writes these calls as the learner would. A method has both: ``judged_by`` gets its class, and
    puts back among the arguments what the method has made of them, if that is not the same object.
    """

    name: str
    parameters: tuple[str, ...]
    reference: Callable[..., Any]
    cases: Callable[[], SearchStrategy[Arguments]]
    compare: Compare
    raises: type[Exception] | None = None
    own_memory: bool = False
    examples: Callable[[], Sequence[Arguments]] | None = None
    remark: Callable[[Arguments], str] = lambda arguments: ""
    judged_by: Callable[[Any, dict[str, Any]], Any] | None = None
    shown: Callable[[Arguments], str] | None = None


@dataclass(frozen=True)
class ClassSpec:
    """A class that a puzzle asks for: its name, and what it has to derive from, such as ``"minigrad.Function"``."""

    name: str
    base: str = ""


@dataclass(frozen=True)
class FunctionSpec(PuzzleSpec):
    """A puzzle whose answer is a plain function, or several in one file, or a class that has them as ``methods_of``."""

    rules: tuple[Rule, ...]
    methods_of: ClassSpec | None = None

    @property
    def checks(self) -> tuple[str, ...]:
        """The checks that a verdict on it has: nothing is counted, and not every function has to compile."""
        compiled = any(rule.examples is not None for rule in self.rules)
        return ("correct", "safe", "numba", "compiles") if compiled else ("correct", "safe")


Spec: TypeAlias = KernelSpec | FunctionSpec
