// Two things that the theme leaves to us, on every page, also where only the page's content is exchanged:
// formulas are set by KaTeX, which is fetched when a page first has one; and what can be scrolled can be reached by keys.
(() => {
  const katexFolder = new URL("../made/katex/", document.currentScript.src);
  let katexReady;

  function loadKatex() {
    katexReady ??= new Promise((resolve, reject) => {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = new URL("katex.min.css", katexFolder);
      const script = document.createElement("script");
      script.src = new URL("katex.min.js", katexFolder);
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(style, script);
    });
    return katexReady;
  }

  async function setFormulas() {
    const formulas = document.querySelectorAll(".arithmatex:not(.mg-set)");
    if (!formulas.length) return;
    await loadKatex();
    for (const formula of formulas) {
      const display = formula.tagName === "DIV";
      katex.render(formula.textContent.trim().slice(2, -2), formula, { displayMode: display, throwOnError: false });
      formula.classList.add("mg-set");
    }
  }

  function reachByKeys() {
    for (const box of document.querySelectorAll("div.arithmatex, .mg-figure, .mg-scene, .md-typeset__scrollwrap, pre > code")) {
      const wide = box.scrollWidth > box.clientWidth;
      if (wide) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }

  document$.subscribe(() => {
    setFormulas().catch(() => {}).finally(() => requestAnimationFrame(reachByKeys));
  });
  addEventListener("resize", reachByKeys);
  document.addEventListener("toggle", reachByKeys, true);
})();
