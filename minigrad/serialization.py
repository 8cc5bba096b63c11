"""Saving and loading: tensors in a safetensors file, which other libraries read too.

A file has tensors by name, and a text beside them. A ``state_dict`` of a module is stored as it is. In what is
nested, such as the state of an optimiser, tensors get the path to them as their name, and all the rest is stored
as JSON in the text. The file runs no code when it is loaded, unlike a pickle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from minigrad.errors import MinigradError
from minigrad.tensor import Tensor, tensor

_KEY = "minigrad"
_TENSOR = "tensor"


def save(contents: Mapping[str, Any], path: str | PathLike[str]) -> None:
    """Write tensors by name to a safetensors file; or a nested dictionary of tensors, numbers, texts and lists.

    >>> import minigrad, tempfile
    >>> path = tempfile.mkdtemp() + "/net.safetensors"
    >>> save(minigrad.nn.Linear(2, 1).state_dict(), path)
    >>> load(path)["weight"].shape
    (1, 2)
    """
    tensors: dict[str, Any] = {}
    rest = _without_tensors(contents, "", tensors)
    flat = all(isinstance(value, Tensor) for value in contents.values())
    metadata = None if flat else {_KEY: json.dumps(rest)}
    _safetensors().save_file(tensors, Path(path), metadata)


def load(path: str | PathLike[str]) -> dict[str, Any]:
    """What was saved; of a file that another library wrote, its tensors by name.

    Numbers as keys come back as texts, and tuples as lists: JSON has no others.
    """
    safetensors = _safetensors()
    try:
        with import_module("safetensors").safe_open(Path(path), "numpy") as file:
            metadata = file.metadata() or {}
        tensors = {name: tensor(array) for name, array in safetensors.load_file(Path(path)).items()}
    except (OSError, import_module("safetensors").SafetensorError) as error:
        raise MinigradError(f"cannot load {path}: {error}") from None
    if _KEY not in metadata:
        return tensors
    loaded: dict[str, Any] = _with_tensors(json.loads(metadata[_KEY]), tensors)
    return loaded


def _safetensors() -> Any:
    try:
        return import_module("safetensors.numpy")
    except ImportError:
        raise MinigradError("saving and loading need safetensors; install it with pip install safetensors") from None


def _without_tensors(value: Any, path: str, tensors: dict[str, Any]) -> Any:
    """The value with ``{"tensor": name}`` in place of each tensor; the tensors' elements are put into ``tensors``."""
    if isinstance(value, Tensor):
        if path in tensors:
            raise MinigradError(f"two tensors would get the name {path!r} in the file; rename one")
        tensors[path] = np.array(value.detach().numpy(), order="C")
        return {_TENSOR: path}
    if isinstance(value, Mapping):
        return {
            str(key): _without_tensors(each, f"{path}.{key}" if path else str(key), tensors)
            for key, each in value.items()
        }
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_without_tensors(each, f"{path}.{i}", tensors) for i, each in enumerate(value)]
    if isinstance(value, np.generic):
        return value.item()
    if value is None or isinstance(value, str | int | float):
        return value
    raise MinigradError(f"{path} is a {type(value).__name__}; tensors, numbers, texts, lists and dicts can be saved")


def _with_tensors(value: Any, tensors: Mapping[str, Tensor]) -> Any:
    if isinstance(value, dict):
        if set(value) == {_TENSOR} and value[_TENSOR] in tensors:
            return tensors[value[_TENSOR]]
        return {key: _with_tensors(each, tensors) for key, each in value.items()}
    return [_with_tensors(each, tensors) for each in value] if isinstance(value, list) else value
