"""What stands in a puzzle's file and in its solution, read as text: nothing is imported or run."""

import ast
from pathlib import Path

import minigrad
from minigrad.workbook.spec import FunctionSpec, KernelSpec

Spec = KernelSpec | FunctionSpec

ROOT = Path(minigrad.__file__).parents[1]


def path_of(tree: str, spec: Spec) -> Path:
    """``tree`` is ``"puzzles"`` or ``"solutions"``."""
    return ROOT / tree / spec.part / spec.file_name


def text_of(tree: str, spec: Spec) -> str:
    return path_of(tree, spec).read_text(encoding="utf-8")


def statement_of(tree: str, spec: Spec) -> str:
    return ast.get_docstring(ast.parse(text_of(tree, spec))) or ""


def functions_of(tree: str, spec: Spec) -> dict[str, ast.FunctionDef]:
    """The functions that the file defines, kernels included; where a class is asked for, its methods."""
    body = class_of(tree, spec).body if asks_for_a_class(spec) else ast.parse(text_of(tree, spec)).body
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def asks_for_a_class(spec: Spec) -> bool:
    return isinstance(spec, FunctionSpec) and spec.methods_of is not None


def class_of(tree: str, spec: Spec) -> ast.ClassDef:
    (found,) = (node for node in ast.parse(text_of(tree, spec)).body if isinstance(node, ast.ClassDef))
    return found


def asked_for(tree: str, spec: Spec) -> dict[str, ast.FunctionDef]:
    """Those of them that a verdict is on. Where one makes a kernel, it is the kernel that has to be written."""
    functions = functions_of(tree, spec)
    names = [spec.name] if isinstance(spec, KernelSpec) else [rule.name for rule in spec.rules]
    found = {name: functions[name] for name in names}
    if isinstance(spec, KernelSpec) and spec.makes_kernel:
        (maker,) = found.values()
        (kernel,) = (node for node in maker.body if isinstance(node, ast.FunctionDef))
        return {kernel.name: kernel}
    return found


def lines_to_find(spec: Spec, name: str) -> list[str]:
    """The lines of a function in the solution that the stub does not have."""
    stub = {ast.unparse(node) for node in asked_for("puzzles", spec)[name].body}
    missing = [node for node in asked_for("solutions", spec)[name].body if ast.unparse(node) not in stub]
    return [line.strip() for node in missing for line in ast.unparse(node).splitlines()]


def lines_around(spec: Spec) -> list[str]:
    """The lines of the other functions that the solution defines: earlier answers, and pieces with a name."""
    mine = functions_of("puzzles", spec)
    others = (node for name, node in functions_of("solutions", spec).items() if name not in mine)
    return [line.strip() for node in others for line in ast.unparse(node.body).splitlines()]
