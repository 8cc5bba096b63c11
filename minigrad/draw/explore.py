"""Pictures with sliders, for notebooks: move one, and the picture is drawn anew, with what is true there.

Sliders are made by :class:`minigrad.draw.shown.Shown`; where no notebook is, a picture of the start is all there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minigrad.draw.cells import number
from minigrad.draw.heatmap import as_matrix, jacobian, names_of
from minigrad.draw.picture import Picture
from minigrad.draw.run import Calls, Control
from minigrad.draw.shown import Shown
from minigrad.draw.storage import strides
from minigrad.draw.values import call
from minigrad.errors import MinigradError
from minigrad.strides import Index
from minigrad.tensor import Tensor, from_numpy

Array = npt.NDArray[Any]

ALL = -1
"""No output in particular."""

MOST_OUTPUTS = 64
MOVED = 4
"""So many outputs can be chosen with a slider, and so many elements of an input have one."""


def explore_strides(tensor: Tensor | npt.NDArray[Any]) -> Shown[Index]:
    """The same with a slider for each dimension's index, in a notebook: move it, and follow the cell to its place."""
    x = tensor if isinstance(tensor, Tensor) else from_numpy(np.asarray(tensor))
    if 0 in x.shape:
        raise MinigradError(f"a tensor of shape {x.shape} has no element to choose")
    names = [f"dimension {dim}" for dim in range(x.ndim)]
    controls = [Control(name, _choices(size), 0) for name, size in zip(names, x.shape, strict=True)]

    def chosen(**choices: int) -> Index:
        return tuple(choices[name] for name in names)

    return Shown((0,) * x.ndim, lambda index: strides(x, index), controls, chosen)


def _choices(size: int) -> tuple[int, ...]:
    """What a slider along a dimension has: all indices, or every so many of them and the last."""
    return tuple(sorted({*range(0, size, max(1, size // 200)), size - 1}))


def explore_jacobian(
    function: Callable[[Array], Any], x: Any, expected: Callable[[Array], Any] | None = None
) -> Shown[_Found]:
    """The Jacobian that ``function`` returns at ``x``, with sliders, in a notebook, for the output and for ``x``.

    Each move calls ``function`` again, and ``expected``, a function too, that returns the reference's. It is said
    whether they agree there.

    >>> import minigrad
    >>> reference = lambda x: minigrad.jacobian(lambda x: x * x, minigrad.tensor(x))
    >>> explore_jacobian(lambda x: np.diag(2 * x), [1.0, 2.0], reference)
    <picture: A Jacobian of 2 outputs by 2 inputs>
    """
    start = np.array(x, dtype=np.float64)
    moved = list(np.ndindex(start.shape))[:MOVED]
    names = {f"x[{', '.join(map(str, index))}]": index for index in moved}

    def rerun(output: int = ALL, **values: float) -> _Found:
        given = start.copy()
        for name, index in names.items():
            given[index] = values.get(name, start[index])
        return _Found(given, _called(function, given), None if expected is None else _called(expected, given), output)

    found = rerun()
    controls = [_output_control(found)]
    for name, index in names.items():
        choices = tuple(float(start[index]) + step / 2 for step in range(-8, 9))
        controls.append(Control(name, choices, float(start[index]), {each: number(each) for each in choices}))
    return Shown(found, _found_picture, controls, rerun)


@dataclass(frozen=True)
class _Found:
    """What two functions returned at ``x``, or what they raised."""

    x: Array
    given: Any
    expected: Any
    output: int


def _called(function: Callable[[Array], Any], x: Array) -> Any:
    try:
        return function(x.copy())
    except Exception as error:  # whatever a learner's function raises is what there is to show
        return error


def _output_control(found: _Found) -> Control:
    for each in (found.expected, found.given):
        try:
            matrix = as_matrix(each)
        except MinigradError:
            continue
        names = names_of("y", matrix.shape[: matrix.ndim // 2])
        choices = (ALL, *range(min(len(names), MOST_OUTPUTS)))
        return Control("output", choices, ALL, {i: "all" if i == ALL else names[i] for i in choices})
    return Control("output", (ALL,), ALL)


def _found_picture(found: _Found) -> Picture:
    """A heat map; where what was returned is no Jacobian, the call."""
    mistake = ""
    if isinstance(found.given, Exception):
        mistake = f"raised {type(found.given).__name__}: {found.given}"
    else:
        try:
            return jacobian(found.given, found.expected, None if found.output == ALL else found.output)
        except MinigradError as error:
            mistake = str(error)
    given = None if isinstance(found.given, Exception) else found.given
    return call(Calls("A Jacobian", "", {"x": found.x}, found.expected, given, mistake))
