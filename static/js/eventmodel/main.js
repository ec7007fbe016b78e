/* The event model in the browser: tools, keys, and the panel in which a slice opens. */

import { centre, show, wasDragged, zoomBy, zoomTo } from "./moving.js";
import { asked, boxes, keyOf, model, nameOf, remember, setTool, slices, tools, whole } from "./picture.js";
import { hitList, sift } from "./sifting.js";

const panel = document.getElementById("slice"), content = panel.querySelector(".slice-content");

function ask(name, value) {
  remember(name, value);
  const [first] = sift();
  if (name === "event" && value) centre(boxes.find((box) => keyOf(box) === value));
  else if (value && first) show(first);
}

/** Click on an event once to follow it, once more to let it go. */
function follow(event) {
  const value = asked.get("event") === event ? "" : event;
  setTool("event", value);
  remember("event", value);
  sift();
}

function askNothing() {
  for (const name of ["q", "event", "app"]) {
    setTool(name, "");
    remember(name, "");
  }
  sift();
}

async function open(slice) {
  const coming = document.getElementById("coming").content.cloneNode(true).firstElementChild;
  coming.querySelector("h2").textContent = nameOf(slice);
  content.replaceChildren(coming);
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  remember("slice", slice.dataset.slice);
  await htmx.ajax("GET", slice.getAttribute("href"), { target: content, swap: "innerHTML" }).catch(() => {});
  coming.querySelector("p").hidden = false; // if it still stands there, nothing came
  coming.querySelector(".leader").remove();
}

panel.addEventListener("click", (click) => click.target === panel && panel.close());
panel.addEventListener("close", () => {
  const slice = slices.find((each) => each.dataset.slice === asked.get("slice"));
  remember("slice", "");
  slice?.focus({ preventScroll: true });
});

model.addEventListener("click", (click) => {
  const slice = click.target.closest("a.slice"), event = click.target.closest(".box.event");
  if (!slice || click.ctrlKey || click.metaKey || click.shiftKey) return;
  click.preventDefault();
  if (wasDragged()) return;
  if (event && click.detail) follow(keyOf(event)); // Enter makes a click, too, without detail
  else open(slice);
});

hitList.addEventListener("click", (click) => {
  const hit = click.target.closest("a");
  if (!hit || click.ctrlKey || click.metaKey || click.shiftKey) return;
  click.preventDefault();
  model.scrollIntoView({ block: "nearest" });
  slices.find((slice) => slice.dataset.slice === hit.dataset.slice).focus({ preventScroll: true });
});

const STEPS = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
const ZOOMS = { "+": 1.25, "=": 1.25, "-": 0.8 };

model.addEventListener("keydown", (key) => {
  if (key.ctrlKey || key.metaKey || key.altKey) return;
  const slice = key.target.closest("a.slice");
  if (key.key in ZOOMS) zoomBy(ZOOMS[key.key]);
  else if (key.key === "Escape") askNothing();
  else if (slice && key.key in STEPS) walk(slice, STEPS[key.key]);
  else return;
  key.preventDefault();
});

/** From slice to slice; those that stepped back are passed by. */
function walk(slice, steps) {
  const open = whole.matches(".sifted") ? slices.filter((each) => each.matches(".lit")) : slices;
  const to = Math.max(0, Math.min(open.length - 1, open.indexOf(slice) + steps));
  open[to]?.focus({ preventScroll: true });
}

model.addEventListener("focusin", ({ target }) => target.matches("a.slice") && show(target));
tools.addEventListener("submit", (submit) => submit.preventDefault());
tools.addEventListener("input", ({ target }) => {
  if (target.name === "size") zoomTo(target.value);
  else ask(target.name, target.value);
});

tools.hidden = false;
zoomTo(asked.get("size") ?? "close");
for (const name of ["q", "app", "event"]) {
  if (!asked.get(name)) continue;
  setTool(name, asked.get(name));
  ask(name, asked.get(name));
}
const opened = slices.find((each) => each.dataset.slice === asked.get("slice"));
if (opened) {
  show(opened);
  open(opened);
}
