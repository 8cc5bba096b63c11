"""What a puzzle asks for, as data: the reference, the inputs and launches to try, the budget, the hints.

One :class:`KernelSpec` describes one kernel puzzle; the tables of them stand in ``minigrad/workbook/checks/``, one
module a part. A :class:`Case` is one thing to try: arguments and a launch. Nothing here runs anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

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
    blocks and threads: ``"forward"``, ``"reverse"`` or a seed.
    """

    arguments: Mapping[str, Array | int]
    grid: Dims
    block: Dims
    order: str | int = "forward"
    constants: Mapping[str, int] = field(default_factory=dict)

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
    asks for at most 1.25 times the 32-byte sectors that our own solution moves. ``total_reads`` and ``total_writes``
    bound the whole launch. ``extra`` returns a sentence when a rule that fits no column is broken, else None; it gets
    the trace and the case.
    """

    reads: int | None = None
    writes: int | None = None
    shared_reads: int | None = None
    shared_writes: int | None = None
    barriers: int | None = None
    atomics: int | None = None
    total_reads: int | None = None
    total_writes: int | None = None
    sectors: int | None = None
    extra: Callable[[Any, Case], str | None] | None = None


@dataclass(frozen=True)
class KernelSpec:
    """A puzzle whose answer is a CUDA kernel.

    ``reference`` gets the inputs by name, as minigrad Tensors (ints stay ints), and returns the expected value of each
    output by name, as minigrad Tensors. ``cases`` makes the hypothesis strategy; it is a function so that reading the
    table does not import hypothesis. ``signature`` gives numba's type of each parameter, for the compiler check.
    ``unwritten`` names the outputs that arrive holding nothing (a kernel must not read them before writing them).
    ``remark`` says in one sentence what is special about a case ("12 threads, 9 elements: three threads have nothing
    to do."), or returns "".
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

    @property
    def parameters(self) -> tuple[str, ...]:
        """The signature that the learner's function must have."""
        return tuple(self.signature)

    @property
    def unwritten(self) -> tuple[str, ...]:
        """Outputs that arrive holding nothing."""
        return tuple(name for name in self.outputs if name not in self.arrives_filled)

    @property
    def file_name(self) -> str:
        """Name of the puzzle's file, for example ``puzzle03_blocks.py``."""
        return f"puzzle{self.number:02d}_{self.name}.py"

    @property
    def test_name(self) -> str:
        """What pytest calls it, for example ``puzzle3_blocks``."""
        return f"puzzle{self.number}_{self.name}"
