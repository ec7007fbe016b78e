/* The foot of the window: the basket and, where it is small, what is said, standing on it. */

import { basket, says } from "./page.js";

const CLEAR = 8; // px between a seat and what lies over the map

const heightOf = (node, position) => (getComputedStyle(node).position === position ? node.offsetHeight : 0);
const watcher = new ResizeObserver(measure);

/** Each answer brings a new basket. */
export function watch() {
  watcher.disconnect();
  watcher.observe(basket());
  watcher.observe(says);
}

/** How high the foot is. The styles know it, too: each where it is needed, since what the whole page
    inherits is worked out anew for all of it. */
function measure() {
  const bar = heightOf(basket(), "sticky"), said = heightOf(says, "fixed");
  says.style.setProperty("--bar", `${bar}px`);
  document.documentElement.style.scrollPaddingBlockEnd = `${bar + said}px`;
  return bar + said;
}

/** The seat that was pressed must not vanish behind what came of it. */
export function uncover(seat) {
  const hidden = seat.getBoundingClientRect().bottom + 2 * CLEAR + measure() - innerHeight;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (hidden > 0) window.scrollBy({ top: hidden, behavior: still ? "instant" : "smooth" });
}
