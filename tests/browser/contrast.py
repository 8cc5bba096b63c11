"""How well the words in a picture stand out from what is behind them, by WCAG's measure, as the browser paints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ENOUGH = 4.5
"""WCAG 2.2, success criterion 1.4.3 (level AA), for text of the usual size."""

# What is behind a word is the box it stands in, if it stands in one, over the page.
MEASURE = """() => {
    const parts = colour => {
        if (colour === "none") return [0, 0, 0, 0];
        const found = colour.match(/^rgba?\\(([^)]*)\\)$/);
        if (!found) throw new Error("a colour in another notation: " + colour);
        const [r, g, b, a = 1] = found[1].split(/[ ,/]+/).map(Number);
        return [r, g, b, a];
    };
    const over = ([r, g, b, a], below) => [r, g, b].map((part, i) => part * a + below[i] * (1 - a));
    const faded = (element, colour) => {
        let alpha = colour[3] * Number(getComputedStyle(element).fillOpacity);
        for (let each = element; each; each = each.parentElement) alpha *= Number(getComputedStyle(each).opacity);
        return [...colour.slice(0, 3), alpha];
    };
    const light = rgb => {
        const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        const [r, g, b] = rgb.map(part => linear(part / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const seen = text => text.textContent.trim() && getComputedStyle(text).visibility === "visible";
    const ground = over(parts(getComputedStyle(document.body).backgroundColor), [255, 255, 255]);
    return [...document.querySelectorAll(".mg-look text")].filter(seen).map(text => {
        const box = text.parentElement.querySelector(":scope > rect");
        const behind = box ? over(faded(box, parts(getComputedStyle(box).fill)), ground) : ground;
        const word = over(faded(text, parts(getComputedStyle(text).fill)), behind);
        const [low, high] = [light(word), light(behind)].sort((a, b) => a - b);
        return [`${text.textContent} (${text.parentElement.getAttribute("class") || text.getAttribute("class")})`,
                (high + 0.05) / (low + 0.05)];
    });
}"""


def contrasts(page: Page) -> list[tuple[str, float]]:
    """Each word of the page's pictures with its class, and its contrast: from 1, not to be seen, to 21."""
    return [(word, ratio) for word, ratio in page.evaluate(MEASURE)]
