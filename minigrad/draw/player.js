// The player of a page: shows the steps of a run in a picture that is there already, by changing its slots.
// Every player in a document finds its own parts by class; nothing here needs an id, a network or a library.
(() => {
  const PAUSE = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1500 : 600;

  function begin(player) {
    player.dataset.mgReady = "";
    const data = JSON.parse(player.querySelector(".mg-steps").textContent);
    const part = (name) => player.querySelector(".mg-play-" + name);
    const [play, back, forward, fault] = ["play", "back", "forward", "fault"].map(part);
    const [slider, count] = ["slider", "count"].map(part);
    const [blocks, threads] = ["block", "thread"].map(part);
    const nodes = [...player.querySelectorAll(".mg-step [data-mg-slot]")];
    const caption = player.querySelector(".mg-caption");
    const last = data.changes.length - 1;
    let shown = data.changes[0].slice(); // the slots' classes and words, two numbers for each, as they stand there now
    let numbers = []; // the steps that the slider goes over
    let timer = 0;

    // What each slot shows at a step: the first step's, and all changes since.
    function at(step) {
      const state = data.changes[0].slice();
      for (let each = 1; each <= step; each++) {
        const changes = data.changes[each];
        for (let i = 0; i < changes.length; i += 3) {
          state[2 * changes[i]] = changes[i + 1];
          state[2 * changes[i] + 1] = changes[i + 2];
        }
      }
      return state;
    }

    function show(step) {
      const state = at(step);
      nodes.forEach((node, slot) => {
        const [kind, words] = [state[2 * slot], state[2 * slot + 1]];
        if (kind !== shown[2 * slot]) node.setAttribute("class", data.words[kind]);
        if (words === shown[2 * slot + 1]) return;
        if (node.tagName === "path") node.setAttribute("d", data.words[words]);
        else (node.querySelector("text") || node).textContent = data.words[words];
      });
      shown = state;
    }

    function draw() {
      const position = Number(slider.value);
      show(numbers[position]);
      count.textContent = position + " of " + (numbers.length - 1);
      slider.setAttribute("aria-valuetext", "step " + count.textContent);
      back.disabled = position === 0;
      forward.disabled = position === numbers.length - 1;
      if (player.dataset.mgAddress !== undefined && !timer) {
        history.replaceState(null, "", numbers[position] ? "#step=" + numbers[position] : location.pathname);
      }
    }

    function move(by) {
      slider.value = Number(slider.value) + by; // a range keeps to its ends
      draw();
    }

    // Where on the slider something goes wrong.
    function faults() {
      return numbers.map((_, position) => position).filter((position) => data.faults.includes(numbers[position]));
    }

    function toNextFault() {
      slider.value = faults().find((position) => position > Number(slider.value)) ?? faults()[0];
      if (timer) stop();
      else draw();
    }

    function stop() {
      clearInterval(timer);
      timer = 0;
      play.textContent = "▶ Play";
      caption.setAttribute("aria-live", "polite");
      draw();
    }

    function start() {
      if (Number(slider.value) === numbers.length - 1) slider.value = 0;
      caption.setAttribute("aria-live", "off"); // nobody can listen that fast
      play.textContent = "⏸ Pause";
      timer = setInterval(() => (Number(slider.value) < numbers.length - 1 ? move(1) : stop()), PAUSE);
      draw();
    }

    // Let the slider go over the steps of the block and the thread that are chosen.
    function choose(step) {
      const [block, thread] = [Number(blocks.value), Number(threads.value)];
      numbers = data.changes
        .map((_, each) => each)
        .filter((each) => {
          const [where, ...who] = data.who[each];
          return where < 0 || ((block < 0 || where === block) && (thread < 0 || who.includes(thread)));
        });
      slider.max = numbers.length - 1;
      fault.hidden = !faults().length;
      slider.value = numbers.filter((each) => each <= step).length - 1;
      if (timer) stop();
      else draw();
    }

    function offer() {
      const block = Number(blocks.value);
      const busy = new Set(data.who.filter(([where]) => block < 0 || where === block).flatMap(([, ...who]) => who));
      fill(threads, data.threads, busy);
      choose(0);
    }

    function fill(select, names, wanted) {
      const options = names.slice(1).map((name, each) => [name, each]);
      select.replaceChildren(
        ...[[names[0], -1], ...options.filter(([, each]) => !wanted || wanted.has(each))].map(
          ([name, each]) => new Option(name, each)
        )
      );
    }

    play.addEventListener("click", () => (timer ? stop() : start()));
    back.addEventListener("click", () => move(-1));
    forward.addEventListener("click", () => move(1));
    fault.addEventListener("click", toNextFault);
    slider.addEventListener("input", draw);
    blocks.addEventListener("change", offer);
    threads.addEventListener("change", () => choose(0));
    player.addEventListener("keydown", (event) => {
      if (/^(INPUT|SELECT)$/.test(event.target.tagName) || event.ctrlKey || event.altKey || event.metaKey) return;
      const by = { ArrowLeft: -1, ArrowRight: 1, Home: -last, End: last }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      move(by);
    });

    function follow(address) {
      const asked = /^#step=(\d+)$/.exec(address);
      if (asked) choose(Math.min(Number(asked[1]), last));
    }

    const address = location.hash; // drawing the first step changes it
    fill(blocks, data.blocks);
    blocks.closest("label").hidden = data.blocks.length < 3;
    offer();
    caption.setAttribute("aria-live", "polite");
    if (player.dataset.mgAddress !== undefined) {
      follow(address);
      addEventListener("hashchange", () => follow(location.hash));
    }
    player.querySelector(".mg-controls").hidden = false;
  }

  document.querySelectorAll(".mg-player:not([data-mg-ready])").forEach(begin);
})();
