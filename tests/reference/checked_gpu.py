"""The CUDA backend on minigrad's own checked GPU, where a kernel that does anything wrong fails the test.

The kernels are those of the backend, but blocks have few threads, so that small tensors need many blocks.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from types import SimpleNamespace

import numpy as np

from minigrad.backends import cuda, cuda_kernels
from minigrad.simulator import launch

THREADS = 8
TILE = 2


class Row(np.ndarray):
    """A row of elements that lies on the device."""

    def copy_to_host(self):
        return np.array(self)


def to_device(elements):
    return elements.copy().view(Row)


def device_array(numel, dtype):
    row = np.empty(numel, dtype).view(Row)
    row[...] = {"f": np.nan, "i": -77, "b": True}[row.dtype.kind]
    return row


class Checked:
    """A kernel that is launched on the checked GPU."""

    launches = 0

    def __init__(self, kernel):
        self.kernel = kernel

    def __getitem__(self, configuration):
        def launched(*args):
            Checked.launches += 1
            rows = {id(arg): np.asarray(arg) for arg in args if isinstance(arg, Row)}
            outputs = [] if any(arg is args[0] for arg in args[1:]) else ["out"]
            args = [rows.get(id(arg), arg) for arg in args]
            trace = launch(self.kernel, *configuration, *args, outputs=outputs, record=False, order=Checked.launches)
            assert not trace.faults, trace.faults[0].message
            assert not trace.notes, trace.notes[0].message

        return launched


def copy_of(module):
    """A module loaded a second time, to be changed."""
    spec = spec_from_file_location(f"checked_{module.__name__.rpartition('.')[2]}", module.__file__)
    copy = module_from_spec(spec)
    sys.modules[spec.name] = copy
    spec.loader.exec_module(copy)
    return copy


def small_backend():
    """The CUDA backend with few threads in a block and few blocks, and the module that makes its kernels."""
    kernels, backend = copy_of(cuda_kernels), copy_of(cuda)
    kernels.THREADS, kernels.TILE = THREADS, TILE
    backend.cuda_kernels = kernels
    for name in ("zip_kernel", "reduce_kernel", "matmul_kernel"):
        setattr(backend, name, getattr(kernels, name))
    backend.BLOCKS, backend.ENOUGH_BLOCKS = 3, 6
    return backend, kernels


def checked_backend():
    """The CUDA backend, whose kernels are launched on the checked GPU."""
    backend, kernels = small_backend()
    plain = kernels._kernel
    kernels._kernel = lambda text: Checked(plain(text))
    backend.cuda = SimpleNamespace(device_array=device_array, to_device=to_device)
    return backend
