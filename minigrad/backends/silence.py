"""NumPy without warnings of floating point: overflow and division by zero follow IEEE in silence, as in PyTorch.

``np.errstate`` does the same, but entering it takes longer than an addition.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from functools import partial
from typing import Any

import numpy as np

if np.lib.NumpyVersion(np.__version__) >= "2.0.0":
    _SILENT = Context()
    _SILENT.run(np.seterr, all="ignore")

    def silently(do: Callable[..., Any], *given: Any, **keywords: Any) -> Any:
        """Call ``do``, with no warnings."""
        return _SILENT.copy().run(do, *given, **keywords)

    def silent(do: Callable[..., Any]) -> Callable[..., Any]:
        """``do``, with no warnings. It raises RuntimeError while another call is going on, in another thread."""
        return partial(_SILENT.run, do)

else:  # what NumPy warns of is no part of a context yet

    def silently(do: Callable[..., Any], *given: Any, **keywords: Any) -> Any:
        """Call ``do``, with no warnings."""
        before = np.geterrobj()  # type: ignore[attr-defined]
        np.seterrobj([before[0], 0, None])  # type: ignore[attr-defined]
        try:
            return do(*given, **keywords)
        finally:
            np.seterrobj(before)  # type: ignore[attr-defined]

    def silent(do: Callable[..., Any]) -> Callable[..., Any]:
        """``do``, with no warnings."""
        return partial(silently, do)
