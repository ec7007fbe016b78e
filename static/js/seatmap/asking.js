/* Asking for seats, letting them go, and looking what is ours. */

import * as clock from "./clock.js";
import { forget, say } from "./news.js";
import { address, basket, form, news, words } from "./page.js";
import { inLine, newId, request } from "./requests.js";
import * as seats from "./seats.js";

/** Ask for a seat ("holds") or let it go ("releases"); the answer says what came of it. */
export function ask(verb, label) {
  if ("busy" in label.dataset) return;
  label.dataset.busy = "";
  forget();
  const token = form.elements.csrfmiddlewaretoken.value;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, seats: seats.nameOf(label), command: newId() });
  inLine(async () => {
    try {
      const answer = await request(address(verb), { method: "POST", body });
      await takeIn(answer);
      label.toggleAttribute("data-lost", answer.status === 409 && label.dataset.state !== "available");
    } catch {
      say(words.unreachable, "error");
    }
    delete label.dataset.busy;
    seats.show(label);
    // The button that let it go has left with it: its seat has the focus now.
    if (document.activeElement === document.body) seats.inputOf(label).focus();
  });
}

let asking = false;

/** Look once more what is ours. */
export function askAgain() {
  if (asking) return;
  asking = true;
  return inLine(async () => {
    asking = false;
    await takeIn(await request(address("mine")));
  });
}

async function takeIn(answer) {
  const text = await answer.text();
  if (!text.includes('id="basket"')) return say(answer.status < 500 ? words.broken : words.unreachable, "error");
  const looked = answer.url.endsWith("/mine/"), said = [...news.childNodes], ending = clock.isEnding();
  htmx.swap("#basket", text, { swapStyle: "outerHTML", settleDelay: 0, swapDelay: 0 });
  takeBasket();
  if (looked) news.replaceChildren(...said); // what was said to the last action stays
  if (looked && ending && !seats.holdsSeats()) say(words.over);
}

export function takeBasket() {
  seats.take(basket());
  clock.wind(basket().querySelector("[data-seconds-left]"), askAgain);
}
