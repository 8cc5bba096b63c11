"""A JupyterLab server of the tests' own, and notebooks opened in it.

The server has its own configuration, asks for no token, and is not shared with one that you may be running. Its kernels
run in the tests' environment.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PATIENCE = 90.0
"""Seconds until a server or a notebook that does not come counts as broken, on a slow machine."""

SETTINGS = {
    # All cells are in the page, also those that are out of sight.
    "notebook-extension/tracker": {"windowingMode": "none", "autoStartDefaultKernel": True},
    "apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false", "doNotDisturbMode": True},
}

ERROR = '[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]'

RUN_ALL = """async dark => {
    const { commands, shell } = window.jupyterapp;
    const theme = dark ? "JupyterLab Dark" : "JupyterLab Light";
    if (document.body.dataset.jpThemeName !== theme) {
        await commands.execute("apputils:change-theme", { theme });
    }
    await shell.currentWidget.sessionContext.ready;
    await commands.execute("notebook:run-all-cells");
}"""


@dataclass
class Lab:
    """A running server: where it is, and the folder whose notebooks it opens."""

    origin: str
    folder: Path
    _numbers: Iterator[int]

    def write(self, *cells: str) -> str:
        """Write a notebook of these code cells, and say its address."""
        import nbformat.v4 as v4

        name = f"notebook{next(self._numbers)}.ipynb"
        notebook = v4.new_notebook(
            cells=[v4.new_code_cell(cell, id=f"cell{number}") for number, cell in enumerate(cells)],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        )
        (self.folder / name).write_text(v4.writes(notebook))
        return f"{self.origin}/doc/tree/{name}"


@dataclass(frozen=True)
class Notebook:
    """A notebook that ran in a page."""

    page: Page

    def output(self, cell: int) -> Locator:
        """What stands below a cell, counted from 0, without the prompt beside it; one element for each output."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-OutputArea-output")

    def slider(self, cell: int, name: str) -> Locator:
        """The handle of a cell's slider of that description; it takes the arrow keys once it has the focus."""
        label = self.page.get_by_text(name, exact=True)
        return self.output(cell).locator(".widget-slider", has=label).locator(".noUi-handle")


def run_notebook(page: Page, address: str, dark: bool = False) -> Notebook:
    """Open a notebook, run all its cells, and wait until they ran. An error in one of them is an error here."""
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(address)
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    page.evaluate(RUN_ALL, dark)
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    if errors := page.locator(ERROR).all_inner_texts():
        raise AssertionError("a cell of the notebook failed:\n" + "\n".join(errors))
    return Notebook(page)


@contextmanager
def lab_server(folder: Path) -> Iterator[Lab]:
    """A JupyterLab that serves the notebooks written into a folder (made if it is not there)."""
    private = folder / "jupyter"
    work = folder / "notebooks"
    work.mkdir(parents=True)
    _configure(private)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(private / "config"),
        "JUPYTER_DATA_DIR": str(private / "data"),
        "JUPYTER_RUNTIME_DIR": str(private / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(private / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(private / "workspaces"),
        "IPYTHONDIR": str(private / "ipython"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"]
    command += ["--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={work}"]
    command += ["--IdentityProvider.token=", "--ServerApp.password=", "--LabApp.extension_manager=readonly"]
    log = folder / "jupyterlab.log"
    with log.open("w") as file:
        server = subprocess.Popen(command, cwd=work, env=environment, stdout=file, stderr=subprocess.STDOUT)
        try:
            _wait_until_up(server, f"{origin}/api/status", log)
            yield Lab(origin, work, count(1))
        finally:
            server.terminate()  # it ends its kernels
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _configure(private: Path) -> None:
    pages = private / "config" / "labconfig"
    pages.mkdir(parents=True)
    (pages / "page_config.json").write_text(
        json.dumps({"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}})
    )
    for name, values in SETTINGS.items():
        path = private / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))


def _wait_until_up(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + PATIENCE
    while True:
        try:
            opener.open(address, timeout=5).close()
            return
        except OSError:
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}") from None
            time.sleep(0.05)
