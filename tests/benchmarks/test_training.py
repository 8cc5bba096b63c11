"""One step of training on digits against PyTorch's, in one run: 64 pictures forwards, backwards, and AdamW.

    OPENBLAS_NUM_THREADS=1 pytest -s tests/benchmarks/test_training.py

Reported as a ratio, both on one core, since machines differ and are shared. The aim is 3 at most.
"""

from __future__ import annotations

import time
from types import ModuleType

import pytest

import minigrad

torch = pytest.importorskip("torch")


def step_of(lib: ModuleType):
    """What is timed, made in minigrad or in PyTorch: the network of the example in ``docs/``."""
    nn = lib.nn
    lib.manual_seed(0)
    net = nn.Sequential(
        nn.Linear(64, 256), nn.ReLU(), nn.Dropout(0.3), nn.Linear(256, 64), nn.ReLU(), nn.Linear(64, 10)
    )
    loss_of, optimizer = nn.CrossEntropyLoss(), lib.optim.AdamW(net.parameters(), lr=5e-3)
    pictures, labels = lib.rand(64, 64), lib.randint(0, 10, (64,))
    parts = {}

    def step():
        start = time.perf_counter()
        out = net(pictures)
        forwards = time.perf_counter()
        loss = loss_of(out, labels)
        lost = time.perf_counter()
        optimizer.zero_grad()
        loss.backward()
        backwards = time.perf_counter()
        optimizer.step()
        stepped = time.perf_counter()
        return {
            "forwards": forwards - start,
            "loss": lost - forwards,
            "backwards": backwards - lost,
            "optimiser": stepped - backwards,
            "whole step": stepped - start,
        }

    def fastest(turns: int) -> dict[str, float]:
        for _ in range(turns):
            for part, seconds in step().items():
                parts[part] = min(parts.get(part, seconds), seconds)
        return parts

    return fastest


def test_a_step_of_training_takes_at_most_three_times_as_long_as_pytorchs():
    torch.set_num_threads(1)
    with pytest.importorskip("threadpoolctl").threadpool_limits(1):
        ours, theirs = step_of(minigrad), step_of(torch)
        for _ in range(10):  # in turns, so that both meet the same disturbances
            found, expected = ours(50), theirs(50)
    print()
    for part, seconds in found.items():
        ratio = seconds / expected[part]
        print(f"{part:10}  {seconds * 1e6:6.0f} µs   PyTorch {expected[part] * 1e6:6.0f} µs   ratio {ratio:5.2f}")
    assert found["whole step"] <= 3 * expected["whole step"]
