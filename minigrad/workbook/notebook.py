"""What a notebook's first cell begins: numba set the right way round, and mistakes told in a sentence.

:func:`begin` can be called again at any time. In IPython it also watches the cells that are run: where one was meant to
define an answer and did not, whoever asks for its verdict is told so, instead of getting that of an older answer.
"""

from __future__ import annotations

import ast
import linecache
import re
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

from minigrad.workbook.cells import the_shell
from minigrad.workbook.checks import all_specs, spec_of
from minigrad.workbook.display import Hint, answers
from minigrad.workbook.puzzle import puzzle_of
from minigrad.workbook.spec import Spec
from minigrad.workbook.verdict import Verdict

ANYWHERE = (
    "Your kernels are judged on a simulated GPU that watches each access to memory, so every puzzle can be solved here."
)
COLAB = "To have a GPU in Colab: Runtime, Change runtime type, T4 GPU; then run this cell again."


def begin() -> None:
    """Make the notebook ready, and print in plain words whether there is a GPU and what that means."""
    print("\n".join(_where_kernels_run()))
    shell = the_shell()
    if shell is not None:
        _watch(shell)


def _where_kernels_run() -> Iterator[str]:
    from minigrad.workbook.numba_simulator import SetupError, prepare

    yield f"minigrad is ready. {ANYWHERE}"
    try:
        device = prepare()
    except SetupError as error:
        yield f"The check called numba will be skipped: {error}"
        yield "In a notebook: restart it (Kernel or Runtime, Restart), and run this cell before any other."
        return
    if device.kind == "gpu":
        yield "A GPU was found: once an answer is safe, it is run on the GPU too."
    elif device.kind == "simulator":
        yield "No GPU was found, and none is needed: a safe answer is run on numba's own simulator too."
        yield COLAB
    else:
        yield f"The check called numba will be skipped: {device.reason}."


# Watching the cells


class NotThere:
    """Stands where an answer should be and is not, and says why to whoever asks it anything."""

    def __init__(self, spec: Spec, reason: str) -> None:
        self._spec, self._reason = spec, reason

    def check(self) -> Verdict:
        """A verdict that says why there is nothing to check."""
        return Verdict(self._spec.name, self._spec.number, "error", message=self._reason)

    def show(self) -> Verdict:
        """The same, for there is nothing to show."""
        return self.check()

    def step(self) -> Verdict:
        """The same, for there is nothing to step through."""
        return self.check()

    def hint(self, number: int = 1) -> Hint:
        """A hint; there always is one."""
        return Hint.of(self._spec, number)

    def __repr__(self) -> str:
        return self._reason


_watched: Any = None


def _watch(shell: Any) -> None:
    global _watched
    if _watched is shell:
        return
    _watched = shell
    shell.events.register("post_run_cell", lambda result: _after(shell, result))
    shell.set_custom_exc((NameError, AttributeError, KeyError, TypeError), _in_words)


def _after(shell: Any, result: Any) -> None:
    """Look at a cell that was run: whether it has defined the answers that it was meant to define."""
    text = result.info.raw_cell or ""
    named = dict.fromkeys(re.findall(r"@puzzle\(\s*[\"'](\w+)[\"']", text))
    if not named:
        return
    names = shell.user_ns
    if not result.success:
        for spec in _known(named):
            for answer in answers(spec):
                if not _is_of(names.get(answer), text):
                    names[answer] = NotThere(
                        spec, f"The cell that defines {answer} did not come to its end. Mend it, and run it again."
                    )
        return
    for name, defined in _marked(shell.transform_cell(text)):
        for spec in _known([name]):
            wanted = answers(spec)
            if defined not in wanted:
                reason = f"This puzzle asks for {_or(wanted)}, and the cell defines {defined}."
                reason += f" Call it {wanted[0]}." if len(wanted) == 1 else " The cells below ask for these names."
                names.update({wanted[0]: NotThere(spec, reason)} if len(wanted) == 1 else {})
                print(f"puzzle {spec.number} · {spec.name}: {reason}")
            elif puzzle_of(names.get(defined)) is None and names.get(defined) is not None:
                reason = f'@puzzle("{spec.name}") has to be the first line above {defined}, and @cuda.jit the second.'
                names[defined] = NotThere(spec, reason)
                print(f"puzzle {spec.number} · {spec.name}: {reason}")


def _known(names: Any) -> Iterator[Spec]:
    for name in names:
        try:
            yield spec_of(name)
        except KeyError:
            continue


def _is_of(value: Any, text: str) -> bool:
    """Whether an answer was defined by the cell with this text."""
    answer = puzzle_of(value)
    code = getattr(getattr(answer, "function", None), "__code__", None)
    return code is not None and "".join(linecache.getlines(code.co_filename)).strip() == text.strip()


def _marked(text: str) -> Iterator[tuple[str, str]]:
    """Each puzzle that is named above a definition, with the name of what is defined."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return
    for node in body:
        for mark in getattr(node, "decorator_list", []):
            match mark:
                case ast.Call(func=ast.Name(id="puzzle"), args=[ast.Constant(value=str(name))]):
                    yield name, node.name  # type: ignore[attr-defined]


def _or(names: tuple[str, ...]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


# Mistakes in words


def _in_words(
    shell: Any, kind: type[BaseException], error: BaseException, traceback: TracebackType, tb_offset: int | None = None
) -> None:
    """What stands under a cell that raised: a sentence where it is a usual slip, else the traceback."""
    told = _slip(error, shell.user_ns)
    if told:
        print(told)
    else:
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)


def _slip(error: BaseException, names: Mapping[str, Any]) -> str:
    frames = _frames(error)
    in_a_cell = frames[-1].startswith(("<module", "<cell line"))  # as older versions of IPython say
    numbers = {name: spec.number for spec in all_specs() for name in answers(spec)}
    match error:
        case NameError(name=name) if name in numbers and in_a_cell:
            return f"There is no {name} yet. Run the cell above that defines it, then this one."
        case AttributeError(name="check" | "show" | "step" | "hint", obj=other) if in_a_cell:
            name = next((name for name in numbers if names.get(name) is other), "")
            if name and callable(other):
                return (
                    f"{name} is not your answer to puzzle {numbers[name]} any more: another cell has given the name to "
                    f"something else. Run the cell of puzzle {numbers[name]} again, then this one."
                )
        case KeyError(args=[str(told)]) if frames[-1] == "spec_of":
            return f"{told[:1].upper()}{told[1:]}."
        case TypeError() if "spec_of" in frames:
            return '@puzzle needs the puzzle\'s name, such as @puzzle("blocks").'
    return ""


def _frames(error: BaseException) -> list[str]:
    names, traceback = [], error.__traceback__
    while traceback:
        names.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    return names or [""]
