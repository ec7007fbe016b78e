/* Clicks, Enter, Space and buttons: hold the seat, let it go, or say why neither is possible. */

import { ask, hold, release } from "./asking.js";
import { say } from "./news.js";
import { form, plan } from "./page.js";
import * as seats from "./seats.js";
import { nameOf } from "./wording.js";
import * as zoom from "./zoom.js";

function press(input) {
  const seat = seats.seatOf(input);
  if (seats.isOurs(seat)) release(input.value);
  else if (seats.isFree(seat)) hold(input.value);
  else say(`${nameOf(seat)}.`);
}

export function start() {
  plan.addEventListener("click", (event) => {
    if (!event.target.matches("input")) return;
    event.preventDefault(); // the answer ticks it
    if (zoom.approaches(event)) return;
    if (event.detail < 2) press(event.target); // the second click of a double click is none
  });
  plan.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    if (!event.repeat) press(event.target);
  });
  document.addEventListener("submit", submitted);
}

/** Forms with data-ask are wishes too: the last word of their address says which. */
function submitted(event) {
  const { target, submitter } = event;
  if (target === form) event.preventDefault();
  if (!("ask" in target.dataset)) return;
  event.preventDefault();
  const fields = [...new FormData(target, submitter)];
  const verb = target.action.match(/([\w-]+)\/$/)[1];
  ask(verb, fields.filter(([name]) => !["csrfmiddlewaretoken", "command"].includes(name)));
}
