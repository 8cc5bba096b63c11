"""Debian's Chromium without a screen, and pages in it that reach nothing but what a test serves.

Nothing is ever downloaded: the browser is the one on the PATH. What a page asks of another address fails, and is
written down.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, LocatorAssertions, Page, Route, WebSocketRoute

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no name is looked up, whoever asks
)

DESKTOP = (1280, 900)
PHONE = (390, 844)

LOCAL = ("data:", "blob:", "file:", "about:")
"""Addresses that are never a request to another machine."""


def missing() -> str | None:
    """What is not installed that a browser test needs, or None."""
    for name in ("playwright", "jupyterlab"):
        if importlib.util.find_spec(name) is None:
            return f"{name} is not installed (pip install -e '.[browser]')"
    if shutil.which("chromium") is None:
        return "chromium is not installed (apt-get install chromium)"
    return None


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def open_page(
    browser: Browser,
    *,
    dark: bool = False,
    size: tuple[int, int] = DESKTOP,
    scripts: bool = True,
    origin: str = "",
    outside: list[str] | None = None,
    complaints: list[str] | None = None,
) -> Page:
    """A fresh page, in a context of its own, that may ask only files and ``origin``, such as
    ``http://127.0.0.1:8000``.

    The address of each request that was stopped is appended to ``outside``, and what the page's scripts raised to
    ``complaints``.
    """
    context = browser.new_context(
        color_scheme="dark" if dark else "light",
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2 if size == PHONE else 1,
        is_mobile=size == PHONE,
        has_touch=size == PHONE,
        java_script_enabled=scripts,
        reduced_motion="reduce",
        service_workers="block",
    )
    stopped = [] if outside is None else outside
    raised = [] if complaints is None else complaints
    allowed = list(LOCAL)
    if origin:
        allowed += [f"{origin}/", f"{origin.replace('http', 'ws', 1)}/"]
    foreign = re.compile(f"^(?!{'|'.join(map(re.escape, allowed))})")

    def stop(route: Route) -> None:
        stopped.append(route.request.url)
        route.abort()

    def hang_up(socket: WebSocketRoute) -> None:
        stopped.append(socket.url)
        socket.close()

    context.route(foreign, stop)
    context.route_web_socket(foreign, hang_up)
    page = context.new_page()
    page.on("pageerror", lambda error: raised.append(str(error)))
    return page


def expect(what: Locator) -> LocatorAssertions:
    """playwright's ``expect`` (it waits until what is said holds), with patience for a slow machine."""
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)
    return expect(what)
