"""A checked GPU: runs a numba CUDA kernel without one, looks at every memory access, and returns a trace.

    from minigrad.simulator import launch
    trace = launch(kernel, grid, block, out, a, outputs=["out"])
    print(trace.faults)

It knows nothing of puzzles or of minigrad's tensors; it needs NumPy and greenlet, and numba only if the kernel does.

* ``launch`` — run a kernel; ``Trace`` — what comes back: ``faults``, ``notes``, ``unwritten``, ``events``,
  ``counters``, and ``profile``, line by line.
* ``faults`` — the kinds of fault; ``order`` — what happens before what; ``access`` — who did what, when and where.
* ``rewrite``, ``copying``, ``watching`` — the kernel's copy; ``device``, ``warp``, ``intrinsics``, ``ieee`` — what it
  can call.  ``paths`` — which way each of its threads takes.
* ``quick``, ``quick_run`` — is all well?  ``precise``, ``precise_run``, ``findings`` — if not, what was it?
  ``reserved`` — what stands where nobody wrote.
* ``launch_parallel`` — the same for a kernel of the processor's, ``njit(parallel=True)``; what it needs stands in the
  modules whose names begin with ``parallel``.
"""

from minigrad.simulator.errors import KernelError, OutOfTime, SimulatorError, TraceTooLarge, Unsupported
from minigrad.simulator.faults import FAULT_KINDS, NOTE_KINDS, Fault, Party
from minigrad.simulator.launch import launch
from minigrad.simulator.parallel import ParallelTrace, launch_parallel
from minigrad.simulator.profile import Line, Profile
from minigrad.simulator.trace import Counters, Event, Trace

__all__ = [
    "FAULT_KINDS",
    "NOTE_KINDS",
    "Counters",
    "Event",
    "Fault",
    "KernelError",
    "Line",
    "OutOfTime",
    "ParallelTrace",
    "Party",
    "Profile",
    "SimulatorError",
    "Trace",
    "TraceTooLarge",
    "Unsupported",
    "launch",
    "launch_parallel",
]
