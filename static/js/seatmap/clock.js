/* The clock: seconds left by the server's clock, counted by one that nobody sets. */

import { say } from "./news.js";
import { words } from "./page.js";

const SOON = 120; // seconds

let clock = null;

/** Count down on `leader`, and call `over` at the end; without one there is no clock. */
export function wind(leader, over) {
  if (!leader) return (clock = null);
  const left = Number(leader.dataset.secondsLeft);
  clock = { leader, over, ends: performance.now() + left * 1000, warned: left <= SOON };
  tick();
}

function tick() {
  if (!clock) return;
  const left = Math.max(0, Math.ceil((clock.ends - performance.now()) / 1000));
  clock.leader.querySelector("time").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  clock.leader.toggleAttribute("data-soon", left <= SOON);
  clock.leader.dataset.pct = Math.min(100, Math.round((left / clock.leader.dataset.lasts) * 100));
  if (left <= SOON && left > 0 && !clock.warned) {
    clock.warned = true;
    say(words.soon, { more: true });
  }
  if (left > 0 || clock.ended) return;
  clock.ended = true;
  clock.over();
}

setInterval(tick, 500);
