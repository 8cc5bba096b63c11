"""Fixtures for tests in a real browser: Chromium without a screen, pages cut off from the network, a JupyterLab.

Without playwright, JupyterLab or chromium these tests are skipped; with ``BROWSER_REQUIRED=1`` they fail instead.
"""

from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chromium import DESKTOP, PHONE, chromium, missing, open_page
from lab import Lab, Notebook, lab_server, run_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, started once."""
    if reason := missing():
        if os.environ.get("BROWSER_REQUIRED"):
            pytest.fail(reason)
        pytest.skip(reason)
    with chromium() as running:
        yield running


@pytest.fixture
def outside() -> list[str]:
    """The addresses that this test's pages asked of anything but the files and the server they came from."""
    return []


@pytest.fixture
def complaints() -> list[str]:
    """What the scripts of this test's pages raised."""
    return []


@pytest.fixture
def new_page(browser: Browser, outside: list[str], complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """``new_page(dark=False, phone=False, scripts=True, origin="")``: it reaches nothing but files and ``origin``."""
    pages: list[Page] = []

    def make(*, phone: bool = False, **more: Any) -> Page:
        size = PHONE if phone else DESKTOP
        pages.append(open_page(browser, size=size, outside=outside, complaints=complaints, **more))
        return pages[-1]

    yield make
    for page in pages:
        page.context.close()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """``serve(folder)``: the origin at which a folder's files are served."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        handler = functools.partial(_Silent, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab server, started once."""
    with lab_server(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def open_notebook(lab: Lab, new_page: Callable[..., Page]) -> Callable[..., Notebook]:
    """``open_notebook(cell, ..., dark=False)``: a notebook of these cells, opened and run."""

    def opened(*cells: str, dark: bool = False) -> Notebook:
        # Lab has a theme of its own, so the browser's preference is the other one.
        page = new_page(dark=not dark, origin=lab.origin)
        return run_notebook(page, lab.write(*cells), dark)

    return opened
