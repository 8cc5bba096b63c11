"""How long a page takes to change after a key was pressed, measured in the page itself.

This is what a reader waits for: the key's way through the widget, the kernel and back is in it, and the test's own
way to the browser is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# The first change after the key counts. What else the key set off is waited for, so that it is not taken for the
# answer to the next.
WATCH = """(element, [patience, quiet]) => {
    window.redrawn = new Promise((resolve, reject) => {
        let pressed, taken, timer;
        addEventListener("keydown", event => { pressed = event.timeStamp; }, { capture: true, once: true });
        const observer = new MutationObserver(() => {
            if (pressed === undefined) return;
            taken ??= performance.now() - pressed;
            clearTimeout(timer);
            timer = setTimeout(() => { observer.disconnect(); clearTimeout(limit); resolve(taken); }, quiet);
        });
        observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
        const limit = setTimeout(() => {
            observer.disconnect();
            reject(new Error("the key changed nothing"));
        }, patience);
    });
}"""

PATIENCE, QUIET = 10_000, 100  # milliseconds


def redraw_times(page: Page, press: str, watch: Locator, n: int) -> list[float]:
    """Press a key ``n`` times; the milliseconds until something below ``watch`` changed, for each.

    What listens to the key has to have the focus, and ``watch`` has to stay while what is in it is redrawn. If a key
    changes nothing for ten seconds, that is an error: a slider at its end, most likely.
    """
    times = []
    for _ in range(n):
        watch.evaluate(WATCH, [PATIENCE, QUIET])
        page.keyboard.press(press)
        times.append(float(page.evaluate("window.redrawn")))
    return times
