"""The project's address on the web, which stands in one place, ``[project.urls]``, and the links made from it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
"""The folder that has ``puzzles``, ``docs`` and ``pyproject.toml``."""

BRANCH = "main"


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


REPOSITORY = _project()["urls"]["Repository"].rstrip("/")
"""Where the repository is."""

REQUIREMENT = f"{_project()['name']} @ git+{REPOSITORY}"
"""What pip is asked for."""


NEEDS = f"Python {_project()['requires-python']} and {', '.join(_project()['dependencies'][:2])}"
"""What has to be there, as pip writes it."""


def file_link(path: str) -> str:
    """The address of a file of the repository, given by its path in it with forward slashes."""
    return f"{REPOSITORY}/blob/{BRANCH}/{path}"


def colab_link(path: str) -> str:
    """The address that opens a notebook of the repository in Colab; "" where Colab cannot read it."""
    host, owner_and_name = urlsplit(REPOSITORY).netloc, urlsplit(REPOSITORY).path
    if host != "github.com":
        return ""
    return f"https://colab.research.google.com/github{owner_and_name}/blob/{BRANCH}/{path}"
