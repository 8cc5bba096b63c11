"""What there is to see of a kernel: the launch that the verdict names, what came of it, or why nothing did."""

import textwrap

import pytest
from typed_in import in_a_cell

from minigrad.draw.run import Run
from minigrad.simulator import precise_run
from minigrad.workbook import showing, trial
from minigrad.workbook.checks import layouts
from minigrad.workbook.engine import check_file
from minigrad.workbook.found import keep, recall
from minigrad.workbook.live import live
from minigrad.workbook.load import load
from minigrad.workbook.puzzle import KernelPuzzle
from minigrad.workbook.showing import run_of

pytestmark = pytest.mark.on_one_python

HEAD = """
from numba import cuda, float32
from minigrad.workbook import puzzle

@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.grid(1)
"""
RIGHT = "if i < size:\n    out[i] = a[i] + 10"


@pytest.fixture
def blocks(tmp_path):
    """The puzzle of a file whose kernel has these lines."""

    def loaded(lines: str) -> KernelPuzzle:
        path = tmp_path / "puzzle03_blocks.py"
        path.write_text(HEAD + textwrap.indent(lines, "    ") + "\n")
        made = load(path)
        assert isinstance(made, KernelPuzzle)
        return made

    return loaded


@pytest.fixture
def shown(blocks):
    """What there is to see of a kernel with these lines."""

    def run(lines: str) -> Run:
        found = live(blocks(lines)).run
        assert isinstance(found, Run)
        return found

    return run


def test_an_example_has_threads_with_nothing_to_do_where_there_is_a_guard(shown):
    run = shown(RIGHT)
    assert run.launch == "size=9, 3 blocks of 4 threads"
    assert run.remark == "12 threads, 9 elements: three threads have nothing to do."
    assert run.before["a"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert run.after["out"].tolist() == run.expected["out"].tolist()
    assert (run.outputs, run.unwritten, run.file) == (("out",), ("out",), "puzzle03_blocks.py")


def test_a_check_leaves_behind_what_is_shown(blocks, monkeypatch):
    answer = blocks("if i <= size:\n    out[i] = a[i] + 10")
    told = answer.check().checks["safe"].message
    monkeypatch.setattr(showing, "is_untouched", lambda puzzle: pytest.fail("searched again"))
    run = live(answer).run
    assert f"smallest case: {run.launch}" in told
    assert run.trace.faults[0].message in told


def test_a_wrong_result_is_shown_rather_than_what_is_not_safe(blocks):
    answer = blocks("if i <= size:\n    out[i] = a[i] + (10 if size < 7 else 11)")
    message = answer.check().checks["correct"].message
    run = live(answer).run
    assert f"smallest case: {run.launch}" in message and "size=7" in run.launch
    assert run.wrong["out"] == tuple((i,) for i in range(7))


def test_cells_that_were_never_written_are_wrong(shown):
    run = shown("if 0 < i < size:\n    out[i] = a[i] + 10")
    assert run.wrong == {"out": ((0,),)}
    assert run.trace.unwritten == {"out": ((0,),)}


def test_an_input_that_was_changed_is_spoilt(shown):
    run = shown("if i < size:\n    out[i] = a[i] + 10\n    a[i] = 0")
    assert run.spoilt == {"a": ((0,),)} and run.wrong == {"out": ()} and not run.agrees


def test_an_input_that_was_written_and_put_back_is_spoilt(shown):
    run = shown("if i < size:\n    kept = a[i]\n    a[i] = 0\n    out[i] = kept + 10\n    a[i] = kept")
    assert run.spoilt == {"a": ((0,),)} and not run.agrees


def test_a_cell_that_belongs_to_no_element_is_wrong_where_it_was_changed(tmp_path):
    path = tmp_path / "puzzle34_cuda_tensor_map.py"
    path.write_text(
        textwrap.dedent("""\
            from numba import cuda
            from minigrad.workbook import puzzle

            @puzzle("cuda_tensor_map")
            def cuda_tensor_map(f):
                @cuda.jit
                def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
                    if cuda.grid(1) == 0:
                        for i in range(len(out)):
                            out[i] = f(a[i])

                return kernel
        """)
    )
    answer = load(path)
    every_other = layouts.MANNERS[2]
    entries = {"shape": (2,), "out_lies": every_other, "a_lies": every_other}
    case = answer.spec.cases.made_of(answer.spec.cases.typical | entries)
    assert run_of(answer, case).wrong == {"out": ((1,),)}


# Kernels of which nothing can be computed


def test_what_a_kernel_raised_is_told_with_its_line(shown):
    run = shown("out[i] = a[i] + [][i]")
    assert run.trace is None and not run.agrees
    assert "IndexError" in run.error and run.source[run.error_line].strip() == "out[i] = a[i] + [][i]"
    assert list(run.before) == list(run.after) == ["out", "a", "size"]


def test_what_the_simulator_does_not_offer_is_told(shown):
    run = shown("cuda.nanosleep(i)\nif i < size:\n    out[i] = a[i] + 10")
    assert run.trace is None and "nanosleep" in run.error


def test_of_an_endless_loop_the_first_turns_are_shown(shown):
    run = shown("while i >= 0:\n    out[0] = a[0]")
    assert not run.trace.complete and not run.agrees
    assert run.trace.faults[-1].kind == "hang"
    assert 100 < len(run.trace.events) < 2_000


def test_a_long_loop_is_shown_to_its_end(shown):
    run = shown("for _ in range(600):\n    i += 0\nif i < size:\n    out[i] = a[i] + 10")
    assert run.agrees


def test_a_file_without_the_constant_that_it_needs_is_told(tmp_path):
    path = tmp_path / "puzzle13_shared.py"
    lines = ("from numba import cuda", "from minigrad.workbook import puzzle", '@puzzle("shared")', "@cuda.jit")
    path.write_text("\n".join((*lines, "def shared(out, a, size):", "    out[0] = 1", "")))
    run = live(load(path)).run
    assert run.trace is None and "TPB" in run.error
    assert run.before["size"] == run.before["a"].size and run.expected["out"].size


def test_a_function_that_makes_no_kernel_is_told(tmp_path):
    path = tmp_path / "puzzle34_cuda_tensor_map.py"
    lines = ("from minigrad.workbook import puzzle", '@puzzle("cuda_tensor_map")', "def cuda_tensor_map(f):")
    path.write_text("\n".join((*lines, "    return 1 + f(1) * 0", "")))
    run = live(load(path)).run
    assert run.trace is None and "has to return a kernel" in run.error and run.source


def test_more_than_can_be_recorded_is_told(blocks, monkeypatch):
    monkeypatch.setattr(precise_run, "MAX_RECORDED", 4)
    run = live(blocks(RIGHT)).run
    assert run.trace is None and run.error.startswith("This launch cannot be shown: ")


def test_a_launch_that_takes_too_long_is_told(blocks, monkeypatch):
    monkeypatch.setattr(trial, "TIME_LIMIT", 0.0)
    run = live(blocks("for _ in range(2000):\n    i += 0\n" + RIGHT)).run
    assert run.trace is None and "took longer" in run.error


# The lines of source


def test_functions_that_the_kernel_calls_are_there_with_their_lines(tmp_path):
    text = """\
        from numba import cuda
        from minigrad.workbook import puzzle

        @cuda.jit(device=True)
        def ten(x):
            return x + 10

        def not_called(x):
            return x

        @puzzle("blocks")
        @cuda.jit
        def blocks(out, a, size):
            i = cuda.grid(1)
            if i < size:
                out[i] = ten(a[i])
    """
    path = tmp_path / "puzzle03_blocks.py"
    path.write_text(textwrap.dedent(text))
    lines = path.read_text().splitlines()
    run = live(load(path)).run
    assert run.source == {number: lines[number - 1] for number in (5, 6, 13, 14, 15, 16)}


# In a notebook, what a function reads may change


CELL = """
    from numba import cuda
    from minigrad.workbook import puzzle

    step = 11

    @puzzle("blocks")
    @cuda.jit
    def blocks(out, a, size):
        i = cuda.grid(1)
        if i < size:
            out[i] = a[i] + step
"""


def test_what_was_found_counts_until_something_that_the_kernel_reads_has_another_value():
    cell = in_a_cell(CELL)
    answer = cell["blocks"]
    assert not live(answer).run.agrees
    assert recall(answer) is not None
    cell["something_else"] = 1
    assert recall(answer) is not None
    cell["step"] = 10
    assert recall(answer) is None
    assert live(answer).run.agrees


def test_an_object_that_answers_nothing_does_no_harm():
    text = """
        class Strange:
            def __getattr__(self, name):
                raise RuntimeError(name)

        strange = Strange()
    """
    uses_it = textwrap.dedent(CELL).replace("i = cuda", "strange; i = cuda")
    cell = in_a_cell(textwrap.dedent(text) + uses_it)
    keep(cell["blocks"], None)
    assert recall(cell["blocks"]) is not None


def test_what_was_found_counts_until_a_function_that_is_called_is_another():
    text = "def ten(x):\n    return x + 9\n" + textwrap.dedent(CELL).replace("a[i] + step", "ten(a[i])")
    cell = in_a_cell(text)
    assert not live(cell["blocks"]).run.agrees
    exec("def ten(x):\n    return x + 10\n", cell)
    assert live(cell["blocks"]).run.agrees


# In all


def test_a_kernel_is_shown_and_stepped_through(blocks):
    answer = blocks("out[i] = a[i] + 10")
    assert "smallest" not in answer.show().svg and "<svg" in answer.show().svg
    assert answer.step() is not None


def test_the_file_of_a_verdict_and_the_picture_tell_of_one_case(tmp_path):
    path = tmp_path / "puzzle03_blocks.py"
    path.write_text(HEAD + "    out[i] = a[i] + 10\n")
    told = check_file(path).checks["safe"].message
    assert f"smallest case: {live(load(path)).run.launch}\n" in told
