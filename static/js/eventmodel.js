/* The event model in the browser: moves, zooms, searches, focuses, follows, opens a slice.
   What is asked for is kept in the address, so that it can be shared. */
"use strict";
(() => {
  const CLOSE = 1, LEAST = 0.08, MOST = 3, DRAGGED = 5; // scales; pixels that make a drag of a click
  const tools = document.querySelector(".model-tools"), found = document.getElementById("found");
  const model = document.getElementById("model"), panel = document.getElementById("slice");
  const whole = model.querySelector(".whole"), pictures = [...model.querySelectorAll("svg")];
  const sizes = pictures.map((svg) => [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]);
  const NAMES = sizes[0][0];
  const slices = [...whole.querySelectorAll("a.slice")], boxes = [...whole.querySelectorAll(".box")];
  const arrows = [...whole.querySelectorAll(".arrow")];
  const keyOf = (box) => box.dataset.key;
  const titleOf = (key) => boxes.find((box) => keyOf(box) === key)?.querySelector(".name").textContent;
  const state = new URLSearchParams(location.search);
  let scale = CLOSE;

  // --- Size and place

  function zoom(to, x = model.clientWidth / 2, y = model.clientHeight / 2) {
    const next = Math.min(MOST, Math.max(LEAST, to)), ratio = next / scale;
    const left = (model.scrollLeft + x) * ratio - x, top = (model.scrollTop + y) * ratio - y;
    scale = next;
    pictures.forEach((svg, at) => {
      svg.setAttribute("width", sizes[at][0] * scale);
      svg.setAttribute("height", sizes[at][1] * scale);
    });
    model.scrollTo({ left, top, behavior: "instant" });
  }

  const NAMED = {
    whole: () => Math.min(model.clientWidth / sizes[2][0], NAMED.height()),
    height: () => model.clientHeight / sizes[2][1],
    close: () => CLOSE,
  };

  function zoomBy(factor, x, y) {
    zoom(scale * factor, x, y);
    for (const each of tools.elements.size) each.checked = false;
    remember("size", scale.toFixed(2));
  }

  function zoomTo(name) {
    zoom(NAMED[name]?.() ?? (Number(name) || CLOSE), 0, 0);
    remember("size", name === "close" ? "" : name);
  }

  function show(slice) {
    const { x, width } = slice.querySelector(".column").getBBox();
    const left = x * scale, right = (x + width) * scale, { scrollLeft, clientWidth } = model;
    if (left - NAMES * scale >= scrollLeft && right <= scrollLeft + clientWidth) return;
    model.scrollTo({ left: left - NAMES * scale - 40 });
  }

  // --- What is lit

  const ends = ({ dataset }) => [dataset.from, dataset.to];
  const within = (slice) => [...slice.querySelectorAll(".box")].map(keyOf);

  /** Slices, and what their boxes read and write elsewhere. */
  function around(chosen) {
    const own = new Set(chosen.flatMap(within));
    const touching = arrows.filter((arrow) => ends(arrow).some((key) => own.has(key)));
    return { slices: new Set(chosen), boxes: new Set([...own, ...touching.flatMap(ends)]), arrows: new Set(touching) };
  }

  /** An event: what writes it and who asked for that, what reads it and who sees that. */
  function along(event) {
    const writes = arrows.filter((arrow) => arrow.dataset.to === event);
    const reads = arrows.filter((arrow) => arrow.dataset.from === event);
    const before = arrows.filter((arrow) => writes.some((each) => each.dataset.from === arrow.dataset.to));
    const after = arrows.filter((arrow) => reads.some((each) => each.dataset.to === arrow.dataset.from));
    const lit = new Set([...writes, ...reads, ...before, ...after]);
    const touched = new Set([event, ...[...lit].flatMap(ends)]);
    const home = slices.filter((slice) => within(slice).some((key) => touched.has(key)));
    return { slices: new Set(home), boxes: touched, arrows: lit, writes, reads };
  }

  function sift() {
    const words = (state.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const app = state.get("app"), event = state.get("event");
    const hits = slices.filter((slice) =>
      words.every((word) => slice.dataset.words.includes(word)) && (!app || slice.dataset.app === app));
    const asked = words.length || app;
    const lit = [asked && around(hits), event && along(event)].filter(Boolean);
    const all = (kind) => (node) => lit.every((each) => each[kind].has(kind === "boxes" ? keyOf(node) : node));
    whole.classList.toggle("sifted", lit.length > 0);
    for (const each of slices) each.classList.toggle("lit", all("slices")(each));
    for (const each of boxes) each.classList.toggle("lit", all("boxes")(each));
    for (const each of arrows) each.classList.toggle("lit", all("arrows")(each));
    for (const each of boxes) each.classList.toggle("chosen", keyOf(each) === event);
    found.textContent = [asked && count(hits.length), event && story(lit.at(-1))].filter(Boolean).join(" ");
    return slices.filter(all("slices"));
  }

  const count = (hits) => (hits === 1 ? "One slice." : `${hits || "No"} slices.`);
  const names = (keys) => [...new Set(keys.map(titleOf))].join(", ") || "nothing";

  function story({ writes, reads }) {
    const by = names(writes.map((arrow) => arrow.dataset.from));
    return `${titleOf(state.get("event"))}: written by ${by}; read by ${names(reads.map((arrow) => arrow.dataset.to))}.`;
  }

  function remember(name, value) {
    if (value) state.set(name, value);
    else state.delete(name);
    history.replaceState(null, "", `${location.pathname}${state.size ? `?${state}` : ""}`);
  }

  function ask(name, value) {
    remember(name, value);
    const [first] = sift();
    if (value && first) show(first);
  }

  function follow(event) {
    tools.elements.event.value = state.get("event") === event ? "" : event;
    remember("event", tools.elements.event.value);
    sift();
  }

  // --- One slice

  async function open(slice) {
    await htmx.ajax("GET", slice.getAttribute("href"), { target: ".slice-content", swap: "innerHTML" });
    panel.showModal();
    panel.scrollTop = 0;
    remember("slice", slice.dataset.slice);
  }

  panel.addEventListener("click", (click) => click.target === panel && panel.close());
  panel.addEventListener("close", () => {
    const slice = slices.find((each) => each.dataset.slice === state.get("slice"));
    remember("slice", "");
    slice?.focus({ preventScroll: true });
  });

  // --- Hands and keys

  let drag = null, dragged = false;
  model.addEventListener("pointerdown", (down) => {
    dragged = false;
    if (down.pointerType === "mouse" && down.button === 0) drag = { x: down.clientX, y: down.clientY };
  });
  window.addEventListener("pointermove", (move) => {
    if (!drag) return;
    dragged ||= Math.hypot(move.clientX - drag.x, move.clientY - drag.y) > DRAGGED;
    if (!dragged) return;
    model.classList.add("dragging");
    model.scrollBy({ left: drag.x - move.clientX, top: drag.y - move.clientY, behavior: "instant" });
    drag = { x: move.clientX, y: move.clientY };
  });
  window.addEventListener("pointerup", () => { drag = null; model.classList.remove("dragging"); });
  model.addEventListener("dragstart", (start) => start.preventDefault());
  model.addEventListener("click", (click) => {
    const slice = click.target.closest("a.slice"), event = click.target.closest(".box.event");
    if (!slice || click.ctrlKey || click.metaKey || click.shiftKey) return;
    click.preventDefault();
    if (dragged) return;
    if (event && click.detail) follow(keyOf(event)); // not when Enter was pressed
    else open(slice);
  });
  model.addEventListener("wheel", (wheel) => {
    if (!wheel.ctrlKey) return;
    wheel.preventDefault();
    const { left, top } = model.getBoundingClientRect();
    zoomBy(Math.exp(-wheel.deltaY / 300), wheel.clientX - left, wheel.clientY - top);
  }, { passive: false });

  let apart = 0; // of two fingers
  model.addEventListener("touchmove", (touch) => {
    if (touch.touches.length !== 2) return;
    touch.preventDefault();
    const [one, other] = touch.touches, { left, top } = model.getBoundingClientRect();
    const now = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    if (apart) zoomBy(now / apart, (one.clientX + other.clientX) / 2 - left, (one.clientY + other.clientY) / 2 - top);
    apart = now;
  }, { passive: false });
  model.addEventListener("touchend", () => { apart = 0; });

  const STEPS = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
  model.addEventListener("keydown", (key) => {
    if (key.ctrlKey || key.metaKey || key.altKey) return;
    if (key.key === "+" || key.key === "=") zoomBy(1.25);
    if (key.key === "-") zoomBy(0.8);
    if (key.key === "Escape") clear();
    const slice = key.target.closest("a.slice");
    if (!(key.key in STEPS) || !slice) return;
    key.preventDefault();
    const walked = whole.classList.contains("sifted") ? slices.filter((each) => each.matches(".lit")) : slices;
    const from = walked.indexOf(slice), to = Math.max(0, Math.min(walked.length - 1, from + STEPS[key.key]));
    walked[to]?.focus({ preventScroll: true });
  });
  model.addEventListener("focusin", ({ target }) => target.matches("a.slice") && show(target));

  tools.addEventListener("submit", (submit) => submit.preventDefault());
  tools.addEventListener("input", ({ target }) => {
    if (target.name === "size") zoomTo(target.value);
    else ask(target.name, target.value);
  });
  tools.addEventListener("click", ({ target }) => target.dataset.zoom && zoomBy(Number(target.dataset.zoom)));

  function clear() {
    for (const name of ["q", "event", "app"]) {
      remember(name, "");
      tools.elements[name].value = "";
    }
    sift();
  }

  // --- What the address says

  tools.hidden = false;
  for (const name of ["q", "event", "app", "size"]) {
    if (state.get(name)) tools.elements[name].value = state.get(name);
  }
  zoomTo(state.get("size") ?? "close");
  const [first] = sift();
  if (first && whole.classList.contains("sifted")) show(first);
  const asked = slices.find((each) => each.dataset.slice === state.get("slice"));
  if (asked) { show(asked); open(asked); }
})();
