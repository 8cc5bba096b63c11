"""The command line: ``minigrad check``, ``status``, ``hint``, ``show`` and ``init``.

Exit status: 0 solved, 1 not solved, 2 the file or the command cannot be used, 130 interrupted. A mistake of
the user's is told in a sentence; a traceback means that minigrad itself is at fault, and then the status is
70.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from minigrad.workbook import tree
from minigrad.workbook.tree import (
    PUZZLES,
    SOLUTIONS,
    Missing,
    PuzzleFile,
    meant,
    nearby,
    puzzle_file,
    puzzle_files,
    workbook_of,
)
from minigrad.workbook.verdict import Verdict

if TYPE_CHECKING:
    from minigrad.workbook.profile_table import ProfileTable

SOLVED, UNSOLVED, UNUSABLE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 70, 130

ALL_SOLVED = "every puzzle is solved"

app = typer.Typer(
    help="Puzzles that teach GPU kernels and gradients. Start with: minigrad check 0",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> NoReturn:
    """Run the command line; ends the program with the command's exit status."""
    try:
        app(prog_name="minigrad")
    except Exception:
        traceback.print_exc()
        print("\nminigrad itself failed. This is a fault of ours, not of your code.", file=sys.stderr)
        sys.exit(OUR_FAULT)
    sys.exit(SOLVED)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"minigrad-puzzles {_version()}")
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and end.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    pass


# check


@app.command()
def check(
    puzzles: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH_OR_NAME",
            help="A file, a folder, or a puzzle: blocks, 3, puzzle3. Without one: the next unsolved puzzle.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Show what the kernel does, line by line.")] = False,
) -> None:
    """Check puzzles. Exit status: 0 solved, 1 not solved, 2 a file cannot be used."""
    names = puzzles or []
    if as_json:
        if len(names) > 1:
            _give_up("--json takes one puzzle")
        _check_as_json(names[0] if names else None, profile)
    with _interruptible():
        verdicts = _check_named(names, profile) if names else _check_next(profile)
    raise typer.Exit(max((_exit_status(verdict) for verdict in verdicts), default=SOLVED))


def _check_named(names: list[str], profile: bool) -> list[Verdict]:
    from minigrad.workbook.progress import find_out

    verdicts: list[Verdict] = []
    for path in [path for name in names for path in meant(name)]:
        if verdicts:
            _say("")
        verdict, printed = find_out(path)
        _show(verdict, printed, path, profile)
        verdicts.append(verdict)
    return verdicts


def _check_next(profile: bool) -> list[Verdict]:
    found = _next_unsolved()
    if found is None:
        _say(ALL_SOLVED)
        return []
    verdict, printed, path = found
    _show(verdict, printed, path, profile)
    return [verdict]


def _next_unsolved() -> tuple[Verdict, str, Path] | None:
    """The first puzzle that is not solved; the solved ones before it are passed over."""
    from minigrad.workbook.progress import find_out, known

    for file in _all_puzzles():
        verdict = known(file)
        if verdict is not None and verdict.solved:
            continue
        verdict, printed = find_out(file.path)
        if not verdict.solved:
            return verdict, printed, file.path
    return None


def _show(verdict: Verdict, printed: str, path: Path, profile: bool) -> None:
    from minigrad.workbook import terminal
    from minigrad.workbook.standing import what_is_next

    out = terminal.console(sys.stdout)
    terminal.show(verdict, out)
    if printed:
        terminal.say(f"\nit printed:\n{terminal.indented(printed)}", out)
    if profile and (table := _profile(verdict, path)) is not None:
        terminal.say(f"\n{table.text(terminal.width_of(out))}", out)
    elif profile and verdict.checks and not _is_for_a_kernel(verdict):
        terminal.say("\nThere is no profile: a profile is for kernels, and this puzzle asks for none.", out)
    if verdict.solved:
        terminal.say(f"\n{what_is_next(path)}", out)


def _profile(verdict: Verdict, path: Path) -> ProfileTable | None:
    """The profile of a kernel that was judged; None if there is nothing to profile."""
    from minigrad.workbook.profile_table import profile_of_file

    return profile_of_file(path, verdict) if verdict.status in ("solved", "failed") else None


def _is_for_a_kernel(verdict: Verdict) -> bool:
    from minigrad.workbook.checks import spec_of
    from minigrad.workbook.spec import KernelSpec

    return isinstance(spec_of(verdict.puzzle), KernelSpec)


def _check_as_json(name: str | None, profile: bool) -> NoReturn:
    """Print one object whatever the learner's code prints, now or when the program ends.

    Without a name it is the next puzzle's. Where all are solved there is none, and the object has an empty ``puzzle``.
    """
    from minigrad.workbook import progress

    with _interruptible():
        write = _sole_writer()
        try:
            paths = meant(name) if name else []
            if len(paths) > 1:
                raise Missing(f"--json takes one puzzle; {name} holds {len(paths)}")
            found = (*progress.find_out(paths[0]), paths[0]) if paths else _next_unsolved()
            verdict = found[0] if found else Verdict("", None, "solved", message=ALL_SOLVED)
            table = _profile(verdict, found[2]) if profile and found else None
        except Missing as missing:
            verdict, table = Verdict(name or "", None, "error", message=str(missing)), None
        except Exception as error:
            traceback.print_exc()
            message = f"minigrad itself failed ({type(error).__name__}). This is no fault of the file's."
            write(Verdict(name or "", None, "error", message=message).to_json())
            raise typer.Exit(OUR_FAULT) from None
        profiled = {"profile": table.to_json() if table else None} if profile else {}
        write(verdict.to_json() | profiled)
    raise typer.Exit(_exit_status(verdict))


def _sole_writer() -> Callable[[dict[str, Any]], None]:
    """Turn stdout away from everybody else for good, and return what still writes to it."""
    mine = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)

    def write(given: dict[str, Any]) -> None:
        with os.fdopen(mine, "w", encoding="ascii") as stdout:
            stdout.write(json.dumps(given) + "\n")

    return write


def _exit_status(verdict: Verdict) -> int:
    if verdict.status == "error":
        return UNUSABLE
    return SOLVED if verdict.solved else UNSOLVED


# status


@app.command()
def status(
    run: Annotated[bool, typer.Option(help="Check what has changed since it was last checked.")] = True,
) -> None:
    """Show every puzzle and how far it is."""
    from minigrad.workbook.standing import report

    with _interruptible():
        files = _all_puzzles()
        _say(report(files, _verdicts(files, run)))


def _verdicts(files: list[PuzzleFile], run: bool) -> dict[Path, Verdict]:
    """What is known of each file, and found out where it is not."""
    from minigrad.workbook import progress

    verdicts = {file.path: verdict for file in files if (verdict := progress.known(file))}
    unknown = [file for file in files if file.path not in verdicts] if run else []
    for file in _with_progress_bar(unknown):
        verdicts[file.path], _ = progress.find_out(file.path)
    return verdicts


def _with_progress_bar(files: list[PuzzleFile]) -> Iterator[PuzzleFile]:
    """Each file in turn, with a bar on a terminal that shows how many are left."""
    from rich.console import Console
    from rich.progress import Progress

    on_screen = Console(stderr=True)
    with Progress(console=on_screen, transient=True, disable=not on_screen.is_terminal) as bar:
        task = bar.add_task("checking", total=len(files))
        for file in files:
            bar.update(task, description=file.title)
            yield file
            bar.advance(task)


# hint


@app.command()
def hint(
    name: Annotated[str, typer.Argument(help="The puzzle: blocks, 3, puzzle3.")],
    number: Annotated[int, typer.Argument(help="Which hint, from 1.")] = 1,
) -> None:
    """Show a hint, one step at a time."""
    from minigrad.workbook.checks import spec_of
    from minigrad.workbook.terminal import console, indented, width_of

    with _interruptible():
        named = puzzle_file(Path(name))
        try:
            spec = spec_of(named.name if named else name)
        except KeyError as error:
            _give_up(error.args[0])
        hints = spec.hints
        if not 1 <= number <= len(hints):
            _give_up(f"puzzle {spec.number} · {spec.name} has {len(hints)} hints, and no hint {number}")
        text = indented(hints[number - 1], width_of(console(sys.stdout)))
        _say(f"puzzle {spec.number} · {spec.name}   hint {number} of {len(hints)}\n\n{text}\n")
        if number < len(hints):
            _say(f"  for the next one: minigrad hint {spec.name} {number + 1}")
        else:
            _say(f"  this was the last one; the solution is in {SOLUTIONS}/{spec.part}/{spec.file_name}")


# show


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="PATH_OR_NAME", help="A file or a puzzle: blocks, 3, puzzle3.")],
    output: Annotated[Path | None, typer.Option(help="Where the page is written to.", show_default=False)] = None,
    open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
) -> None:
    """Show in a browser what your answer does, step by step: where it goes wrong, or a typical case."""
    from minigrad.workbook import page_file, terminal

    with _interruptible():
        paths = meant(name)
        if len(paths) != 1:
            raise Missing(f"one puzzle at a time; {name} holds {len(paths)}")
        page, printed = page_file.page_of(paths[0])
        written = page_file.write(page, paths[0], output)
        if printed:
            _say(f"it printed:\n{terminal.indented(printed)}\n")
        opened = open_it and page_file.open_in_browser(written)
        _say(f"written: {nearby(written)}")
        if open_it and not opened:
            _say("There is no browser here that could be opened; open the file yourself.")


# init


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to; it is made if need be.")] = Path(),
    solutions: Annotated[bool, typer.Option(help="Copy the solutions too.")] = True,
) -> None:
    """Copy the puzzles into a folder. A file that is there already is never overwritten."""
    from minigrad.workbook.bundled import copy_into

    with _interruptible():
        names = (PUZZLES, SOLUTIONS) if solutions else (PUZZLES,)
        try:
            copied = copy_into(folder, names)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _give_up(f"cannot copy the puzzles: {where}{error.strerror or error}")
        _say(f"{nearby(folder)}: {len(copied.written)} files copied, {len(copied.same)} were there already")
        if copied.kept:
            _say("kept as they are, because you have changed them:")
            for place in copied.kept:
                _say(f"  {place}")
        step = f"cd {nearby(folder)} && " if folder.resolve() != Path.cwd() else ""
        _say(f"next: {step}minigrad check 0")


def _all_puzzles() -> list[PuzzleFile]:
    root = workbook_of(Path.cwd())
    if root is None:
        raise Missing(tree.NO_WORKBOOK)
    return puzzle_files(root / PUZZLES)


# Speaking


def _say(text: str) -> None:
    from minigrad.workbook import terminal

    terminal.say(text, terminal.console(sys.stdout))


def _give_up(message: str) -> NoReturn:
    from minigrad.workbook import terminal

    terminal.say(f"minigrad: {message}", terminal.console(sys.stderr))
    raise typer.Exit(UNUSABLE)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C ends the command with a line instead of a traceback; something that is missing with its own."""
    try:
        yield
    except KeyboardInterrupt:
        print("\ninterrupted; nothing is lost", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    except Missing as missing:
        _give_up(str(missing))


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version("minigrad-puzzles")
    except metadata.PackageNotFoundError:
        return "(not installed)"
