/* Clicks, Enter and Space: hold the seat, let it go, or say why neither is possible. */

import { ask } from "./asking.js";
import { say } from "./news.js";
import { form, letGo, plan } from "./page.js";
import * as seats from "./seats.js";

function press(input) {
  const label = input.closest(".seat");
  if ("mine" in label.dataset) ask("releases", label);
  else if (label.dataset.state === "available") ask("holds", label);
  else say(`${seats.wordsOf(label)}.`);
}

export function start() {
  plan.addEventListener("click", (event) => {
    if (!event.target.matches("input")) return;
    event.preventDefault(); // the answer ticks it
    if (event.detail < 2) press(event.target); // the second click of a double click is none
  });
  plan.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    if (!event.repeat) press(event.target);
  });
  plan.addEventListener("focusout", (event) => {
    const label = event.target.closest(".seat");
    if (label) setTimeout(() => seats.show(label));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  letGo.addEventListener("submit", (event) => {
    event.preventDefault();
    ask("releases", seats.labelOf(event.submitter.value));
  });
}
