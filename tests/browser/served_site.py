"""The site, built for the origin at which a test serves it, and axe-core, fetched with npm, to look at its pages."""

from __future__ import annotations

import functools
import gzip
import http.server
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
AXE = "axe-core@4.14.1"


@dataclass(frozen=True)
class Site:
    """A built site: the folder it is in, and the origin at which it is served."""

    folder: Path
    origin: str

    def address(self, page: str) -> str:
        """Of a page, such as ``puzzles/puzzle3-blocks``; of the home page, ``""``."""
        return f"{self.origin}/{page}/" if page else f"{self.origin}/"


def missing() -> str | None:
    """What is not installed that building the site needs, or None."""
    for module, extra in (("material", "docs"), ("mkdocstrings", "docs"), ("nbformat", "docs")):
        if importlib.util.find_spec(module) is None:
            return f"{module} is not installed (pip install -e '.[{extra}]')"
    return None if shutil.which("npm") else "npm is not installed, with which KaTeX and axe-core are fetched"


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def built_site(folder: Path) -> Iterator[Site]:
    """Make the pages, build the site into ``folder`` as a reader would get it, and serve it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    origin = f"http://127.0.0.1:{server.server_port}"
    environment = {**os.environ, "SITE_URL": f"{origin}/", "NO_MKDOCS_2_WARNING": "1"}
    for command in (["docs/make"], ["-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]):
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield Site(folder, origin)
    finally:
        server.shutdown()
        server.server_close()


def axe_script(folder: Path) -> str:
    """axe-core, to be run in a page; it is fetched into ``folder``."""
    subprocess.run(["npm", "pack", "--silent", AXE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    [archive] = folder.glob("axe-core-*.tgz")
    with tarfile.open(archive) as files:
        script = files.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


def serious_violations(page: Page, axe: str) -> list[str]:
    """What axe finds that is serious or worse: the rule, the element, and why."""
    page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def weigh(page: Page, address: str) -> int:
    """How many bytes a page loads, compressed as a server would compress them."""
    loaded: list[bytes] = []
    page.on("response", lambda response: loaded.append(response.body()))
    page.goto(address, wait_until="networkidle")
    return sum(min(len(body), len(gzip.compress(body))) for body in loaded)
