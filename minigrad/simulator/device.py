"""What a kernel finds under the name ``cuda``.

One :class:`Device` serves one operating-system thread, launch after launch. Its functions hand on to ``device.run``,
the run in progress (``quick_run`` or ``precise_run``), which is what decides and remembers. Calls that the run has to
place in the source hand it the caller's frame.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from minigrad.simulator import intrinsics
from minigrad.simulator.arrays import (
    Geometry,
    KernelArray,
    OutOfBounds,
    Shape,
    as_dtype,
    cast,
    locate,
    poison,
    row_major,
)
from minigrad.simulator.errors import Unsupported
from minigrad.simulator.order import WARP_SIZE

FULL_MASK = 0xFFFFFFFF

MAX_LOCAL = 512 * 1024
"""Bytes of local memory that a thread has."""


class Run(Protocol):
    """What the device needs of a run."""

    def barrier(self, frame: FrameType, kind: str, predicate: Any) -> Any:
        """Wait for the block; ``kind`` is "", "count", "and" or "or"."""

    def meet(self, frame: FrameType, operation: str, mask: int, operand: Any) -> Any:
        """Wait for the lanes of ``mask`` and do a warp operation."""

    def atomic(self, array: Any, index: Any, change: Callable[[Any], Any], frame: FrameType) -> Any:
        """Change one element atomically; returns the old value."""

    def fence(self, *, device: bool) -> None:
        """A memory fence."""

    def shared_array(self, frame: FrameType, shape: Any, dtype: Any) -> Any:
        """The block's shared array of this place in the code; with shape (0,) the dynamic one."""

    def local_array(self, shape: Shape, dtype: np.dtype[Any]) -> Any:
        """A new array of the thread's own."""

    def outside(self, array: KernelArray, index: Shape, frame: FrameType) -> None:
        """Somebody indexed a constant array outside its bounds."""

    def division_by_zero(self, frame: FrameType) -> None:
        """An integer was divided by zero."""

    def report_turns(self, turns: int, frame: FrameType, *, pause: bool = True) -> int:
        """A loop of the running thread has done this many more turns; it may pause here for others.

        Returns after how many more it should report again.
        """

    @property
    def lane(self) -> int:
        """The running thread's lane."""


class Index3:
    """``threadIdx`` and its like."""

    __slots__ = ("x", "y", "z")

    def __init__(self) -> None:
        self.x = self.y = self.z = 0

    def __iter__(self) -> Any:
        return iter((self.x, self.y, self.z))

    def __repr__(self) -> str:
        return f"({self.x}, {self.y}, {self.z})"


class ConstantArray(KernelArray):
    """``const.array_like(...)``, or a module's NumPy array used in a kernel: read only, the same for all."""

    __slots__ = ("_device", "_values")

    def __init__(self, device: Device, values: npt.NDArray[Any], geometry: Geometry, name: str = "") -> None:
        self._device = device
        self._values = values
        self.geometry = geometry
        self.shape = geometry.shape
        self.dtype = values.dtype
        self.name = name

    def __getitem__(self, index: Any) -> Any:
        try:
            found = locate(self.geometry, index)
        except OutOfBounds as outside:
            whole = self.geometry.index_in_whole(outside.index)
            self._device.run.outside(self, whole, sys._getframe(1))
            if outside.view is None:
                return poison(self.dtype)
            return self._device.constant(np.full(outside.view.shape, poison(self.dtype)), self.name)
        return self._values[found] if type(found) is int else self.view(found)  # type: ignore[arg-type]

    def __setitem__(self, index: Any, value: Any) -> None:
        raise TypeError("a constant array cannot be written")

    def view(self, geometry: Geometry) -> KernelArray:
        return ConstantArray(self._device, self._values, geometry, self.name)


class _Memory:
    """``cuda.shared``, ``cuda.local`` and ``cuda.const``."""

    def __init__(self, **functions: Callable[..., Any]) -> None:
        self.__dict__.update(functions)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"this memory space has no {name!r}; it has {', '.join(self.__dict__)}")


class Device:
    """A simulated GPU's ``cuda``, with the run in progress."""

    def __init__(self) -> None:
        self.run: Any = None
        self.thread_index, self.block_index = Index3(), Index3()
        self.block_shape, self.grid_shape = Index3(), Index3()
        self.cuda = CudaNamespace(self)
        # What the rewriting of a kernel's code calls (see ``rewrite``).
        self.floor_divide = self._division(lambda x, y: x // y, "float_floor_divide")
        self.remainder = self._division(lambda x, y: x % y, "float_remainder")

    def end_run(self) -> None:
        """Forget the run, and what it has put in the way of ``cuda``'s own functions."""
        self.run = None
        vars(self.cuda).pop("syncthreads", None)

    def report_turns(self, turns: int) -> int:
        """A loop reports; it is told when to do so again."""
        next_time: int = self.run.report_turns(turns, sys._getframe(1))
        return next_time

    def constant(self, values: npt.NDArray[Any], name: str = "") -> ConstantArray:
        """A NumPy array as a kernel sees it when it is no argument."""
        return ConstantArray(self, values.reshape(-1), row_major(values.shape), name)

    def _division(self, operation: Callable[[Any, Any], Any], float_fallback: str) -> Callable[[Any, Any], Any]:
        from minigrad.simulator import ieee

        fallback = getattr(ieee, float_fallback)

        def divide(x: Any, y: Any) -> Any:
            if y == 0:
                if isinstance(x, int | np.integer) and isinstance(y, int | np.integer):
                    self.run.division_by_zero(sys._getframe(1))
                    return 0
                return fallback(x, y)
            return operation(x, y)

        return divide


class CudaNamespace:
    """The module ``numba.cuda`` as a running kernel sees it."""

    warpsize = WARP_SIZE

    def __init__(self, device: Device) -> None:
        self._device = device
        self.threadIdx, self.blockIdx = device.thread_index, device.block_index
        self.blockDim, self.gridDim = device.block_shape, device.grid_shape
        self.shared = _Memory(array=self._shared_array)
        self.local = _Memory(array=self._local_array)
        self.const = _Memory(array_like=self._constant_like)
        self.atomic = _Memory(
            **{name: self._atomic(change) for name, change in intrinsics.ATOMIC_CHANGES.items()},
            cas=self._cas,
            compare_and_swap=self._compare_and_swap,
        )
        for name in ("popc", "clz", "ffs", "brev", "fma", "cbrt", "selp"):
            setattr(self, name, getattr(intrinsics, name))

    @property
    def laneid(self) -> int:
        """The running thread's place in its warp."""
        return int(self._device.run.lane)

    # Positions

    def grid(self, ndim: int) -> Any:
        """The thread's position in the whole grid: an int, or a tuple of 2 or 3."""
        t, b, d = self.threadIdx, self.blockIdx, self.blockDim
        if ndim == 1:
            return b.x * d.x + t.x
        if ndim == 2:
            return b.x * d.x + t.x, b.y * d.y + t.y
        if ndim == 3:
            return b.x * d.x + t.x, b.y * d.y + t.y, b.z * d.z + t.z
        raise ValueError(f"cuda.grid takes 1, 2 or 3, not {ndim!r}")

    def gridsize(self, ndim: int) -> Any:
        """The threads of the whole grid along each dimension."""
        g, d = self.gridDim, self.blockDim
        if ndim == 1:
            return g.x * d.x
        if ndim == 2:
            return g.x * d.x, g.y * d.y
        if ndim == 3:
            return g.x * d.x, g.y * d.y, g.z * d.z
        raise ValueError(f"cuda.gridsize takes 1, 2 or 3, not {ndim!r}")

    # Barriers and fences

    def syncthreads(self) -> None:
        """Wait for the block."""
        self._device.run.barrier(sys._getframe(1), "", None)

    def syncthreads_count(self, predicate: Any) -> Any:
        """Wait for the block; for how many threads was it true?"""
        return self._device.run.barrier(sys._getframe(1), "count", predicate)

    def syncthreads_and(self, predicate: Any) -> Any:
        """Wait for the block; was it true for all?"""
        return self._device.run.barrier(sys._getframe(1), "and", predicate)

    def syncthreads_or(self, predicate: Any) -> Any:
        """Wait for the block; was it true for any?"""
        return self._device.run.barrier(sys._getframe(1), "or", predicate)

    def threadfence(self) -> None:
        """Order one's writes for the whole device."""
        self._device.run.fence(device=True)

    def threadfence_system(self) -> None:
        """Order one's writes for everybody."""
        self._device.run.fence(device=True)

    def threadfence_block(self) -> None:
        """Order one's writes for the block."""
        self._device.run.fence(device=False)

    # Warps

    def syncwarp(self, mask: int = FULL_MASK) -> None:
        """Wait for the lanes of the mask."""
        self._device.run.meet(sys._getframe(1), "syncwarp", mask, None)

    def shfl_sync(self, mask: int, value: Any, lane: int) -> Any:
        """The value of another lane."""
        return self._device.run.meet(sys._getframe(1), "shfl_sync", mask, (value, lane))

    def shfl_up_sync(self, mask: int, value: Any, delta: int) -> Any:
        """The value of the lane ``delta`` below."""
        return self._device.run.meet(sys._getframe(1), "shfl_up_sync", mask, (value, delta))

    def shfl_down_sync(self, mask: int, value: Any, delta: int) -> Any:
        """The value of the lane ``delta`` above."""
        return self._device.run.meet(sys._getframe(1), "shfl_down_sync", mask, (value, delta))

    def shfl_xor_sync(self, mask: int, value: Any, lane_mask: int) -> Any:
        """The value of the lane whose number differs in these bits."""
        return self._device.run.meet(sys._getframe(1), "shfl_xor_sync", mask, (value, lane_mask))

    def all_sync(self, mask: int, predicate: Any) -> Any:
        """Whether it is true for all lanes of the mask."""
        return self._device.run.meet(sys._getframe(1), "all_sync", mask, predicate)

    def any_sync(self, mask: int, predicate: Any) -> Any:
        """Whether it is true for any lane of the mask."""
        return self._device.run.meet(sys._getframe(1), "any_sync", mask, predicate)

    def eq_sync(self, mask: int, predicate: Any) -> Any:
        """Whether it is the same for all lanes of the mask."""
        return self._device.run.meet(sys._getframe(1), "eq_sync", mask, predicate)

    def ballot_sync(self, mask: int, predicate: Any) -> Any:
        """A bit for each lane for which it is true."""
        return self._device.run.meet(sys._getframe(1), "ballot_sync", mask, predicate)

    def match_any_sync(self, mask: int, value: Any) -> Any:
        """A bit for each lane that has the same value."""
        return self._device.run.meet(sys._getframe(1), "match_any_sync", mask, value)

    def match_all_sync(self, mask: int, value: Any) -> Any:
        """The mask and True if all lanes have the same value, else 0 and False."""
        return self._device.run.meet(sys._getframe(1), "match_all_sync", mask, value)

    def activemask(self) -> Any:
        """A bit for each lane that is here now."""
        return self._device.run.meet(sys._getframe(1), "activemask", FULL_MASK, None)

    def lanemask_lt(self) -> int:
        """A bit for each lane below one's own."""
        return (1 << self.laneid) - 1

    # Memory

    def _shared_array(self, shape: Any, dtype: Any) -> Any:
        return self._device.run.shared_array(sys._getframe(1), shape, dtype)

    def _local_array(self, shape: Any, dtype: Any) -> Any:
        extents, kind = as_shape(shape), as_dtype(dtype)
        if bytes_of(extents, kind) > MAX_LOCAL:
            raise ValueError(f"{bytes_of(extents, kind)} bytes of local memory; a thread has at most {MAX_LOCAL}")
        return self._device.run.local_array(extents, kind)

    def _constant_like(self, values: Any) -> Any:
        return values if isinstance(values, KernelArray) else self._device.constant(np.asarray(values))

    # Atomics

    def _atomic(self, combine: Callable[[Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
        def operation(array: Any, index: Any, value: Any) -> Any:
            value = _operand(array, value)
            return self._device.run.atomic(array, index, lambda found: combine(found, value), sys._getframe(1))

        return operation

    def _cas(self, array: Any, index: Any, old: Any, value: Any) -> Any:
        return self._swap(array, index, old, value, sys._getframe(1))

    def _compare_and_swap(self, array: Any, old: Any, value: Any) -> Any:
        return self._swap(array, (0,) * array.ndim, old, value, sys._getframe(1))

    def _swap(self, array: Any, index: Any, old: Any, value: Any, frame: FrameType) -> Any:
        old, value = _operand(array, old), _operand(array, value)
        return self._device.run.atomic(array, index, lambda found: value if found == old else None, frame)

    def __getattr__(self, name: str) -> Any:
        real = sys.modules.get("numba.cuda")
        value = getattr(real, name, None)
        if isinstance(getattr(value, "bitwidth", None), int):  # a type: newer numba-cuda has them as cuda.float32
            return value
        stubs = sys.modules.get("numba.cuda.stubs")
        if value is not None or hasattr(stubs, name) or name in ("cg", "fp16", "libdevice"):
            raise Unsupported(f"the simulator does not offer cuda.{name}")
        raise AttributeError(f"cuda has no {name!r}")


def _operand(array: Any, value: Any) -> Any:
    """What an atomic is given, in the type of the array that it works on."""
    if not isinstance(array, KernelArray) or isinstance(array, ConstantArray):
        raise TypeError(f"an atomic works on an array that can be written, not on {array!r}")
    return cast(value, array.dtype)


def bytes_of(shape: Shape, dtype: np.dtype[Any]) -> int:
    """The size of an array."""
    return math.prod(shape) * dtype.itemsize


def as_shape(shape: Any) -> Shape:
    """The shape of a new array: an int or a tuple of ints."""
    extents = shape if isinstance(shape, tuple) else (shape,)
    if not all(isinstance(extent, int | np.integer) and not isinstance(extent, bool) for extent in extents):
        raise TypeError(f"the shape of an array has to be an integer or a tuple of integers, not {shape!r}")
    if any(extent < 0 for extent in extents):
        raise ValueError(f"the shape of an array cannot be negative: {shape!r}")
    return tuple(int(extent) for extent in extents)
