"""KaTeX, which sets the site's formulas: fetched with npm, and copied into a folder of the site that git ignores."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.make.address import ROOT

PACKAGE = "katex@0.19.1"
FOLDER = "docs/made/katex"
WANTED = re.compile(r"package/(?:dist/(katex\.min\.(?:css|js)|fonts/[^/]+\.woff2)|(LICENSE))")


def formulas() -> Mapping[str, bytes]:
    """KaTeX's files by path; nothing where they are already. Where they cannot be had, formulas stay as written."""
    if (ROOT / FOLDER / "katex.min.js").is_file():
        return {}
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not installed, so the site's formulas will be shown as they are written", file=sys.stderr)
        return {}
    with TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        [archive] = Path(folder).glob("*.tgz")
        return _taken_from(archive)


def _taken_from(archive: Path) -> dict[str, bytes]:
    found = {}
    with tarfile.open(archive) as files:
        for each in files:
            name = WANTED.fullmatch(each.name)
            content = files.extractfile(each) if name else None
            if name and content:
                found[f"{FOLDER}/{name[1] or name[2]}"] = content.read()
    return found
