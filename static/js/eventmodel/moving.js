/* The picture's window: its scale, where it looks, and hands that change both. */

import { model, remember, setTool, tools, whole } from "./picture.js";

const LEAST = 0.08, MOST = 3;
const CLOSE = matchMedia("(max-width: 40rem)").matches ? 0.7 : 0.85;
const DRAGGED = 5; // pixels that make a drag of a click
const pictures = [...model.querySelectorAll(":scope > svg")];
const sizes = pictures.map((svg) => [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]);
const NAMES = model.querySelector(".names").viewBox.baseVal.width;
const { width: WIDTH, height: HEIGHT } = whole.viewBox.baseVal;

let scale = 1;

/** The point of the picture at x and y of its window stays there. */
function zoom(to, x, y) {
  const next = Math.min(MOST, Math.max(LEAST, to)), ratio = next / scale;
  const left = (model.scrollLeft + x) * ratio - x, top = (model.scrollTop + y) * ratio - y;
  scale = next;
  pictures.forEach((svg, at) => {
    svg.setAttribute("width", sizes[at][0] * scale);
    svg.setAttribute("height", sizes[at][1] * scale);
  });
  model.scrollTo({ left, top, behavior: "instant" });
}

const SIZES = {
  whole: () => Math.min(model.clientWidth / WIDTH, model.clientHeight / HEIGHT),
  height: () => model.clientHeight / Number(whole.dataset.told),
  close: () => CLOSE,
};

/** "whole", "height", "close", or a number. */
export function zoomTo(size) {
  zoom(SIZES[size]?.() ?? (Number(size) || CLOSE), 0, 0);
  setTool("size", size);
  remember("size", size === "close" ? "" : size);
}

export function zoomBy(factor, x = model.clientWidth / 2, y = model.clientHeight / 2) {
  zoom(scale * factor, x, y);
  setTool("size", "");
  remember("size", scale.toFixed(2));
}

export function show(slice) {
  const { x, width } = slice.querySelector(".column").getBBox(), { scrollLeft, clientWidth } = model;
  const left = (x - NAMES) * scale, right = (x + width) * scale;
  if (left >= scrollLeft && right <= scrollLeft + clientWidth) return;
  model.scrollTo({ left: left - 40 });
}

/** In the middle; up or down only if it is out of sight: what it comes from stands above it. */
export function centre(box) {
  const { left, right, bottom } = box.getBoundingClientRect(), here = model.getBoundingClientRect();
  const hidden = bottom > here.top + model.clientHeight * 0.85 || bottom < here.top + model.clientHeight / 3;
  model.scrollBy({
    left: (left + right - here.left - here.right) / 2,
    top: hidden ? bottom - here.top - model.clientHeight * 0.8 : 0,
  });
}

// --- Mouse, wheel, fingers

let held = null, dragged = false;
export const wasDragged = () => dragged;

model.addEventListener("pointerdown", (down) => {
  dragged = false;
  if (down.pointerType === "mouse" && down.button === 0) held = down;
});
window.addEventListener("pointermove", (move) => {
  if (!held) return;
  const left = held.clientX - move.clientX, top = held.clientY - move.clientY;
  dragged ||= Math.hypot(left, top) > DRAGGED;
  if (!dragged) return;
  model.classList.add("dragging");
  model.scrollBy({ left, top, behavior: "instant" });
  held = move;
});
window.addEventListener("pointerup", () => {
  held = null;
  model.classList.remove("dragging");
});
model.addEventListener("dragstart", (start) => start.preventDefault()); // of a link

function zoomAt(factor, clientX, clientY) {
  const { left, top } = model.getBoundingClientRect();
  zoomBy(factor, clientX - left, clientY - top);
}

model.addEventListener("wheel", (wheel) => {
  if (!wheel.ctrlKey) return;
  wheel.preventDefault();
  zoomAt(Math.exp(-wheel.deltaY / 300), wheel.clientX, wheel.clientY);
}, { passive: false });

let apart = 0; // two fingers
model.addEventListener("touchmove", (touch) => {
  if (touch.touches.length !== 2) return;
  touch.preventDefault();
  const [one, other] = touch.touches;
  const now = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  if (apart) zoomAt(now / apart, (one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2);
  apart = now;
}, { passive: false });
model.addEventListener("touchend", () => { apart = 0; });

tools.addEventListener("click", ({ target }) => target.dataset.zoom && zoomBy(Number(target.dataset.zoom)));
