/* What is known of each seat.

   Two voices speak about a seat: the push, which tells everybody the same, and the answers to our
   own requests, which also say what is ours. Every word carries the position of the seat's last
   change in the log; the newer one counts, and at a tie our own answer. */

import { plan } from "./page.js";

const free = document.getElementById("free");
const mine = new Map(); // our seats, each with the position at which our own answer said so
const told = new WeakMap(); // what everybody is told of a seat: its name and its tip
let replacing = false; // while a snapshot is taken in
let inDoubt = () => {};

export const inputOf = (label) => label.querySelector("input");
export const nameOf = (label) => inputOf(label).value;
export const labelOf = (seat) => document.getElementById(`seat-${seat}`);
export const wordsOf = (label) => told.get(label).name;
export const holdsSeats = () => mine.size > 0;
const positionOf = (label) => Number(label.dataset.position);

/** Call this when the push and our own answers disagree about a seat of ours. */
export function whenInDoubt(callback) {
  inDoubt = callback;
}

export function start() {
  for (const label of plan.querySelectorAll(".seat")) remember(label);
}

function remember(label, news = label) {
  const { tip } = news.dataset, name = inputOf(news).getAttribute("aria-label");
  told.set(label, { tip, name, sign: news.querySelector("b").textContent });
}

/** A snapshot comes: until it has ended, every word counts, however old. */
export function beginSnapshot() {
  replacing = true;
}

/** Whether it was a snapshot that has ended. */
export function endFrame() {
  const replaced = replacing;
  replacing = false;
  count();
  return replaced;
}

/** Change the seat that is there into the one that was told; the node, its focus and place stay. */
export function patch(label, news) {
  if (!replacing && positionOf(news) < positionOf(label)) return;
  const wasOurs = "mine" in label.dataset;
  remember(label, news);
  label.dataset.state = news.dataset.state;
  label.dataset.position = news.dataset.position;
  show(label);
  if (wasOurs && !("mine" in label.dataset) && !("busy" in label.dataset)) inDoubt();
}

export function show(label) {
  if ("busy" in label.dataset) return; // our own answer is about to say whose it is
  const input = inputOf(label), seat = input.value, { tip, name, sign } = told.get(label);
  const ours = mine.get(seat) >= positionOf(label);
  label.toggleAttribute("data-mine", ours);
  label.dataset.tip = ours ? `${seat} · yours` : tip;
  label.querySelector("b").textContent = ours ? seat.replace(/\D/g, "") : sign;
  input.setAttribute("aria-label", ours ? name.replace(/(seat \d+), .*/, "$1, yours") : name);
  input.checked = ours;
  const closed = !ours && label.dataset.state !== "available";
  // A control that is switched off loses the focus: it waits until the focus has moved on.
  input.disabled = closed && document.activeElement !== input;
  if (closed) input.setAttribute("aria-disabled", "true");
  else input.removeAttribute("aria-disabled");
}

/** Take in our own seats from a basket that the server rendered. */
export function take(basket) {
  const before = [...mine.keys()];
  mine.clear();
  for (const pair of basket.dataset.mine.split(" ").filter(Boolean)) {
    const [seat, position] = pair.split(":");
    mine.set(seat, Number(position));
  }
  for (const seat of new Set([...before, ...mine.keys()])) show(labelOf(seat));
  count();
}

function count() {
  free.textContent = plan.querySelectorAll('.seat[data-state="available"]').length;
}
