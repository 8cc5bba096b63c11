"""Random tensors come from a generator that can be seeded, and are spread as they should be."""

from __future__ import annotations

import pytest

import minigrad
from minigrad import Generator, MinigradError, manual_seed, rand, randint, randn, randperm


@pytest.mark.parametrize(
    "draw",
    [
        lambda **k: rand(2, 3, **k),
        lambda **k: randn((2, 3), **k),
        lambda **k: randn(5, dtype=minigrad.float64, **k),
        lambda **k: randint(0, 100, (7,), **k),
        lambda **k: randperm(20, **k),
    ],
)
def test_a_seed_decides_what_is_drawn(draw):
    first, second = draw(generator=Generator().manual_seed(3)), draw(generator=Generator().manual_seed(3))
    assert first.tolist() == second.tolist()
    assert draw(generator=Generator().manual_seed(4)).tolist() != first.tolist()
    generator = Generator().manual_seed(3)
    assert draw(generator=generator).tolist() != draw(generator=generator).tolist()
    manual_seed(3)
    assert draw().tolist() == first.tolist()


def test_a_generator_of_ones_own_leaves_the_default_one_alone():
    manual_seed(0)
    expected = [rand(()).item(), rand(()).item()]
    manual_seed(0)
    first = rand(()).item()
    rand(100, generator=Generator().manual_seed(1))
    assert [first, rand(()).item()] == expected


def test_what_is_drawn_is_spread_as_it_should_be():
    generator = Generator().manual_seed(0)
    even, bell = rand(20_000, generator=generator), randn(20_000, generator=generator)
    assert 0 <= even.min().item() <= even.max().item() < 1
    assert even.mean().item() == pytest.approx(0.5, abs=0.01)
    assert bell.mean().item() == pytest.approx(0, abs=0.03)
    assert bell.std().item() == pytest.approx(1, abs=0.03)
    assert set(randint(-1, 2, (200,), generator=generator).tolist()) == {-1, 0, 1}
    assert sorted(randperm(50, generator=generator).tolist()) == list(range(50))


def test_shapes_and_dtypes_are_as_asked_for():
    assert rand(2, 3).shape == rand((2, 3)).shape == (2, 3)
    assert rand().shape == ()
    assert rand(2).dtype == minigrad.float32
    assert randn(2, dtype="float64").dtype == minigrad.float64
    assert randint(0, 3, (2,)).dtype == randperm(3).dtype == minigrad.int64
    assert randn(2, requires_grad=True).requires_grad


def test_mistakes_are_explained():
    with pytest.raises(MinigradError, match="random numbers are floats, not int64"):
        rand(2, dtype=minigrad.int64)
    with pytest.raises(MinigradError, match="from 3 up to but not including 3"):
        randint(3, 3, (2,))
    with pytest.raises(MinigradError, match=r"cannot have the shape \(-1,\)"):
        randn(-1)
