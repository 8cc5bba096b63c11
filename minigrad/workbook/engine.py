"""From a puzzle to its verdict: for a kernel the five checks, each computed once; ``function_check`` is for the rest.

``correct`` and ``safe`` come from one search on the checked GPU; ``efficient`` from one recorded launch; ``numba`` from
a few small launches on a GPU or on numba's simulator, only once the first two hold; ``compiles`` from a process of its
own that works meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minigrad.workbook.search import DEFAULT_SEED
from minigrad.workbook.verdict import CHECKS, NEEDED, Check, Verdict

if TYPE_CHECKING:
    from minigrad.workbook.frontend import Pending
    from minigrad.workbook.puzzle import KernelPuzzle, Puzzle
    from minigrad.workbook.search import Findings
    from minigrad.workbook.trial import Trial
    from minigrad.workbook.variants import Variants

    Agrees = Callable[[Variants, Findings[Trial]], Check]

NUMBA_THREADS = {"simulator": 48, "gpu": 1024, "none": 0}
"""Launches of up to so many threads are repeated on numba; its simulator is slow."""

NUMBA_LAUNCHES = 3


def check_file(path: str | PathLike[str], seed: int | None = None) -> Verdict:
    """The verdict on a puzzle file. Raises :class:`~minigrad.workbook.load.LoadError` if it cannot be used."""
    from minigrad.workbook.load import load

    _start_compiler(path)  # while the file is being imported
    return check(load(path), seed)


def _start_compiler(path: str | PathLike[str]) -> None:
    """Start the compiler's process that the file's name asks for; there is none for plain functions."""
    from minigrad.workbook import processor
    from minigrad.workbook.checks import spec_for
    from minigrad.workbook.frontend import front_end
    from minigrad.workbook.spec import FunctionSpec, KernelSpec
    from minigrad.workbook.tree import puzzle_file

    file = puzzle_file(Path(path))
    spec = spec_for(file) if file else None
    if isinstance(spec, KernelSpec) and spec.target == "cpu":
        processor.start()
    elif not isinstance(spec, FunctionSpec):
        front_end().start()


def check(puzzle: Puzzle, seed: int | None = None) -> Verdict:
    """The verdict on a puzzle; another ``seed`` draws other cases."""
    from minigrad.workbook import function_check
    from minigrad.workbook.puzzle import FunctionPuzzle, KernelPuzzle

    seed = DEFAULT_SEED if seed is None else seed
    if isinstance(puzzle, FunctionPuzzle):
        return function_check.check(puzzle, seed)
    assert isinstance(puzzle, KernelPuzzle)
    return _check_kernel(puzzle, seed)


def _check_kernel(puzzle: KernelPuzzle, seed: int) -> Verdict:
    from minigrad.workbook.untouched import is_untouched

    if is_untouched(puzzle):
        return _verdict(puzzle, {}, status="not-started")
    if puzzle.spec.target == "cpu":
        from minigrad.workbook.on_processor import OnProcessor

        with OnProcessor(puzzle) as numba:
            return _judged(puzzle, seed, lambda *_: numba.agrees(), numba.compiles)
    compiling = start(puzzle)
    return _judged(puzzle, seed, partial(_agrees_with_numba, puzzle), lambda: _compiles(compiling))


def _judged(puzzle: KernelPuzzle, seed: int, agrees: Agrees, compiles: Callable[[], Check]) -> Verdict:
    from minigrad.simulator import OutOfTime, Unsupported
    from minigrad.workbook.variants import Unusable

    try:
        checks = _run_checks(puzzle, seed, agrees)
    except (Unsupported, OutOfTime) as error:
        return _verdict(puzzle, {}, status="error", message=f"This kernel cannot be judged: {error}.")
    except Unusable as error:
        return _verdict(puzzle, {}, status="error", message=str(error))
    checks["compiles"] = compiles()
    solved = all(checks[name].status != "failed" for name in NEEDED) and checks["correct"].status == "passed"
    return _verdict(puzzle, checks, status="solved" if solved else "failed")


def start(puzzle: KernelPuzzle) -> list[Pending]:
    """Hand the kernel to the compiler's process, with each set of constants; none where its source cannot be had."""
    from minigrad.workbook.cells import pieces
    from minigrad.workbook.frontend import Request, front_end

    try:
        *before, (source, filename) = pieces(puzzle.function)
    except OSError:
        return []
    spec = puzzle.spec
    scalar = next(iter(spec.scalars), "")
    return [
        front_end().submit(
            Request(source, filename, puzzle.name, spec.signature, constants, scalar, spec.makes_kernel, tuple(before))
        )
        for constants in spec.constants or ({},)
    ]


def _run_checks(puzzle: KernelPuzzle, seed: int, agrees: Agrees) -> dict[str, Check]:
    from minigrad.workbook import efficiency, explain
    from minigrad.workbook.spec import Case
    from minigrad.workbook.trial import try_case
    from minigrad.workbook.variants import Variants

    spec, variants = puzzle.spec, Variants(puzzle)

    def recorded(case: Case) -> Trial:
        return try_case(spec, variants.function(case), case, record=True)

    findings = find(puzzle, variants, seed)
    smallest = findings.smallest
    checks: dict[str, Check] = {}
    if "correct" in smallest:
        trial = smallest["correct"]
        is_alone = "safe" not in smallest or spec.remark(trial.case) != spec.remark(smallest["safe"].case)
        checks["correct"] = Check("failed", explain.wrong_result(trial, remark=is_alone))
    else:
        checks["correct"] = Check("passed")
    if "safe" in smallest:
        worst = smallest["safe"]
        if worst.changed_inputs and not worst.faults:
            worst = recorded(worst.case)  # it knows where
        faults = tuple(fault.to_json() for fault in worst.faults)
        checks["safe"] = Check("failed", explain.not_safe(worst), faults)
    elif any(trial.error is not None for trial in findings.trials):
        checks["safe"] = Check("skipped", "the kernel raised an error")
    else:
        checks["safe"] = Check("passed")
    later = "only once the kernel is correct and safe"
    if any(check.status != "passed" for check in checks.values()):
        return checks | {"efficient": Check("skipped", later), "numba": Check("skipped", later)}
    measured = recorded(spec.profile())
    if measured.written_input is not None:
        checks["safe"] = Check("failed", explain.not_safe(measured))
        return checks | {"efficient": Check("skipped", later), "numba": Check("skipped", later)}
    excesses = efficiency.over_budget(measured, spec.budget)
    note = efficiency.first_note([measured, *findings.trials])
    if excesses:
        checks["efficient"] = Check("failed", efficiency.not_efficient(measured, excesses))
    else:
        checks["efficient"] = Check("passed") if note is None else Check("failed", note)
    checks["numba"] = agrees(variants, findings)
    return checks


def find(
    puzzle: KernelPuzzle, variants: Variants, seed: int = DEFAULT_SEED, *, few_examples: bool = False
) -> Findings[Trial]:
    """Search for what breaks a kernel, and keep with it which case the verdict names: the smallest that gives a wrong
    result, else the smallest that is not safe, else the one that could not be run. With ``few_examples`` it is quick,
    and may miss what is rare.
    """
    from minigrad.simulator import OutOfTime, Unsupported
    from minigrad.workbook.found import keep
    from minigrad.workbook.search import EXAMPLES, FEW_EXAMPLES, search
    from minigrad.workbook.spec import Case
    from minigrad.workbook.trial import try_case
    from minigrad.workbook.variants import Unusable

    spec = puzzle.spec

    def attempt(case: Case) -> Trial:
        try:
            return try_case(spec, variants.function(case), case)
        except (Unsupported, OutOfTime, Unusable):
            keep(puzzle, case, is_wrong=True)
            raise

    findings = search(
        spec.cases,
        attempt,
        seed,
        first=spec.examples(),
        also=() if few_examples else (spec.profile(),),
        examples=FEW_EXAMPLES if few_examples else EXAMPLES,
    )
    named = findings.named
    if named is None:
        keep(puzzle, None)
    else:
        keep(puzzle, named.case, is_wrong=not named.is_correct, hangs=named.hangs)
    return findings


def _agrees_with_numba(puzzle: KernelPuzzle, variants: Variants, findings: Findings[Trial]) -> Check:
    """Whether numba itself computes what the reference says, on a few of the cases that were tried."""
    import numpy as np

    from minigrad.simulator.rewrite import computes_with_truths
    from minigrad.workbook import explain
    from minigrad.workbook.numba_proxies import shared_arrays_on_one_line
    from minigrad.workbook.numba_run import run
    from minigrad.workbook.numba_simulator import SetupError, prepare
    from minigrad.workbook.trial import differing, fresh_arguments

    try:
        device = prepare()
    except SetupError as error:
        return Check("skipped", str(error))
    where = {"gpu": "the GPU", "simulator": "numba's simulator"}.get(device.kind, "numba")
    for trial in _for_numba(findings.trials, NUMBA_THREADS[device.kind]):
        case, arguments = trial.case, fresh_arguments(trial.case)
        function = variants.function(case)
        outcome = run(variants.kernel(case), case.grid, case.block, list(arguments.values()))
        at = f"\n  with {explain.describe_case(case)}"
        if outcome.status in ("skipped", "timed-out"):  # time is no judgement
            return Check("skipped", outcome.message)
        is_no_gpu = device.kind == "simulator" and computes_with_truths(function)
        otherwise = Check(
            "skipped", "numba's simulator computes with the answers of comparisons otherwise than a GPU does"
        )
        if outcome.status != "ran" and is_no_gpu:
            return otherwise
        if isinstance(outcome.error, IndexError) and device.kind == "simulator":
            # No element outside is used, or ``safe`` would have said so.
            return Check("skipped", "numba's simulator refuses to make a view of a row that lies outside its array")
        if outcome.status != "ran":
            place = explain.place(function.__code__.co_filename, outcome.line)
            return Check("failed", "\n  ".join(filter(None, [f"{where} says: {outcome.message}", place])) + at)
        for name, expected in trial.expected.items():
            given = arguments[name]
            assert isinstance(given, np.ndarray)
            for index in differing(given, expected, puzzle.spec.tolerance):
                if not trial.belongs(name, index):
                    continue
                place, value = explain.element(name, index), explain.number(given[index])
                wanted = explain.number(expected[index])
                lines = shared_arrays_on_one_line(function)
                if device.kind == "simulator" and lines:
                    return Check(
                        "skipped",
                        f"two shared arrays are made in line {lines[0]}, and numba's simulator takes them for one",
                    )
                if is_no_gpu:
                    return otherwise
                return Check("failed", f"on {where} {place} is {value}, expected {wanted}{at}")
    return Check("passed") if device.kind != "none" else Check("skipped", device.reason)


def _for_numba(trials: Iterable[Trial], threads: int) -> list[Trial]:
    """A few small cases of different sizes: the first drawn, and the largest that are not too large."""
    small = [trial for trial in trials if trial.ended and trial.case.threads <= threads]
    largest = sorted(small[1:], key=lambda trial: trial.case.threads, reverse=True)
    return [*small[:1], *largest[: NUMBA_LAUNCHES - 1]]


def _compiles(compiling: list[Pending]) -> Check:
    if not compiling:
        return Check("skipped", "the kernel's source cannot be found, so it was not compiled")
    reports = [each.result() for each in compiling]
    report = next((each for each in reports if each.status == "failed"), reports[0])
    return Check(report.status, f"does not compile: {report.message}" if report.status == "failed" else report.message)


def _verdict(puzzle: Puzzle, checks: dict[str, Check], *, status: Any, message: str = "") -> Verdict:
    ordered: dict[str, Check] = {name: checks[name] for name in CHECKS if name in checks}
    return Verdict(puzzle.name, puzzle.number, status, ordered, message, puzzle.path)
