"""The pictures on a puzzle's page: what its solution does, on an example that is small and shows what matters."""

from __future__ import annotations

from dataclasses import replace

from docs.make.address import ROOT
from docs.make.source import Puzzle
from minigrad.draw import call, launch_picture
from minigrad.draw.pages import player
from minigrad.workbook.choosing import an_example
from minigrad.workbook.function_trial import Call
from minigrad.workbook.load import load
from minigrad.workbook.puzzle import FunctionPuzzle, KernelPuzzle
from minigrad.workbook.showing import run_of
from minigrad.workbook.showing_calls import calls_of


def seen(puzzle: Puzzle) -> tuple[list[str], str]:
    """Pictures as SVG: of the solution's launch, or of a call of each of its functions; and for a launch a player.

    The player does not show the solution's lines. Raises ValueError if the solution is not right there, since the page
    would teach something wrong.
    """
    solution = load(ROOT / puzzle.solution_file)
    if isinstance(solution, KernelPuzzle):
        run = run_of(solution, an_example(solution.spec.cases))
        agree, pictures, steps = run.agrees, [launch_picture(run)], _in_a_page(player(replace(run, source={})))
    else:
        assert isinstance(solution, FunctionPuzzle)
        calls = [calls_of(solution, Call(rule, an_example(rule.cases))) for rule in solution.spec.rules]
        agree, pictures, steps = all(each.agrees for each in calls), [call(each) for each in calls], ""
    if not agree:
        raise ValueError(f"{puzzle.solution_file} is not right on its own example")
    return [picture.bare for picture in pictures], steps


def _in_a_page(steps: str) -> str:
    """The player with its data in an element that is kept as it is.

    Where the theme exchanges a page's content, it runs the scripts in it anew, and takes their data for a script too.
    """
    begin, mark, rest = steps.partition('<script type="application/json" class="mg-steps">')
    data, end, after = rest.partition("</script>")
    assert mark and end
    return f'{begin}<div class="mg-steps" hidden>{data.replace("&", "&amp;")}</div>{after}'
