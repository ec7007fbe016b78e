/* What is known of each seat.

   Two voices speak about a seat: the push, which tells everybody the same, and the answers to our
   own requests, which also say what is ours. Every word carries the position of the seat's last
   change in the log; the newer one counts, and at a tie our own answer. */

import { plan } from "./page.js";
import { Rules } from "./rules.js";
import { nameOf, tipOf } from "./wording.js";

let inDoubt = () => {}, changed = () => {}, strange = () => {};

export const seatOf = (input) => input.closest(".seat");
export const inputOf = (seat) => seat.querySelector("input");
export const idOf = (seat) => inputOf(seat).value; // "F12"
export const seatCalled = (id) => document.getElementById(`seat-${id}`);
export const ours = () => rules.ours;
export const isOurs = (seat) => "mine" in seat.dataset;
export const isFree = (seat) => seat.dataset.state === "available";
export const all = () => plan.querySelectorAll(".seat");
const positionOf = (seat) => Number(seat.dataset.position);

export const rules = new Rules([...all()].map((seat) => [idOf(seat), positionOf(seat)]));

/** `doubt` is called when the push and our own answers disagree, `change` after every change. */
export function start(doubt, change) {
  [inDoubt, changed] = [doubt, change];
  for (const seat of all()) show(seat);
}

/** Call this when words came that belong to another history of the database. */
export function whenStrange(callback) {
  strange = callback;
}

/** Words about seats follow; see rules.js. */
export const begin = (head) => rules.begin(head);

/** They have ended. Whether they were a snapshot, and whether they were strange. */
export const end = (sum) => rules.end(sum);

/** Change the seat that is there into the one that was told; the node, its focus and place stay. */
export function patch(seat, told) {
  if (!rules.counts(idOf(seat), positionOf(told))) return;
  const wasOurs = isOurs(seat);
  seat.dataset.state = told.dataset.state;
  seat.dataset.position = told.dataset.position;
  show(seat);
  if (wasOurs && !isOurs(seat) && !("busy" in seat.dataset)) inDoubt();
}

export function show(seat) {
  if ("busy" in seat.dataset) return; // our own answer is about to say whose it is
  const input = inputOf(seat), own = rules.isOurs(input.value);
  seat.toggleAttribute("data-mine", own);
  seat.dataset.tip = tipOf(seat);
  input.setAttribute("aria-label", nameOf(seat));
  input.checked = own;
  // Taken seats can be reached and read, as in any grid; only pressing them does nothing.
  input.disabled = false;
  if (own || isFree(seat)) input.removeAttribute("aria-disabled");
  else input.setAttribute("aria-disabled", "true");
  tellChange();
}

/** Take in our own seats from a basket that the server rendered. */
export function take(basket) {
  const before = ours(), pairs = basket.dataset.mine.split(" ").filter(Boolean);
  rules.own(pairs.map((pair) => pair.split(":")).map(([id, position]) => [id, Number(position)]));
  for (const id of new Set([...before, ...ours()])) show(seatCalled(id));
  if (end().strange) strange();
}

let due = false;

/** However many seats change at once, the house looks once. */
function tellChange() {
  if (due) return;
  due = true;
  queueMicrotask(() => {
    due = false;
    changed();
  });
}
