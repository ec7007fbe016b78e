/* How large the seats are where the room does not fit the window: the whole room at a glance, the
   size that fingers need, and larger ones. Pinching is the browser's, and goes on working. */

import { plan, room, zoom } from "./page.js";

const SIZES = ["whole", "usual", "large", "largest"], WHOLE = 0, USUAL = 1;
const TOUCHABLE = 24; // px; a smaller seat is not held by a finger, but come closer to

let size = USUAL;

export const isUsual = () => size === USUAL;

export function start() {
  zoom.addEventListener("click", ({ target }) => {
    const { by } = target.closest("button")?.dataset ?? {};
    if (by === "whole") change(size === WHOLE ? USUAL : WHOLE);
    else if (by) change(Math.min(Math.max(size + Number(by), 0), SIZES.length - 1));
  });
  show();
}

/** Whether a click meant the place rather than one of the seats there; then it is looked at closely. */
export function approaches({ detail, clientX, clientY }) {
  if (!detail || size !== WHOLE || plan.querySelector(".seat").offsetWidth >= TOUCHABLE) return false;
  change(USUAL, { x: clientX, y: clientY });
  return true;
}

/** Change the size. The place at the point comes to the middle of the room, at the same height. */
function change(to, { x = middle(), y } = {}) {
  const before = plan.getBoundingClientRect();
  size = to;
  show();
  const after = plan.getBoundingClientRect();
  room.scrollLeft += after.left - middle() + ((x - before.left) / before.width) * after.width;
  if (y) window.scrollBy(0, after.top - y + ((y - before.top) / before.height) * after.height);
}

function middle() {
  const { left, width } = room.getBoundingClientRect();
  return left + width / 2;
}

function show() {
  room.dataset.size = SIZES[size];
  for (const button of zoom.querySelectorAll("button")) {
    const { by } = button.dataset;
    if (by === "whole") button.setAttribute("aria-pressed", size === WHOLE);
    else button.setAttribute("aria-disabled", !(size + Number(by) in SIZES));
  }
}
