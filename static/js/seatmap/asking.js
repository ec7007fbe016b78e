/* Asking for seats, letting them go, and looking what is ours. */

import * as clock from "./clock.js";
import * as foot from "./foot.js";
import { forget, say } from "./news.js";
import { address, basket, form, news, words } from "./page.js";
import { inLine, newId, request } from "./requests.js";
import * as seats from "./seats.js";
import { sentence } from "./wording.js";

const fields = (name, ids) => ids.map((id) => [name, id]);
export const hold = (...ids) => ask("holds", fields("seats", ids));
export const release = (...ids) => ask("releases", fields("seats", ids));

/** Have these seats in place of those. */
const change = (ids, had) => ask("change-seats", [...fields("seats", ids), ...fields("had", had)]);

/** Send a wish, a list of fields; the seats among them wait for its answer. Whether it was granted. */
export function ask(verb, wish) {
  const asked = wish.filter(([name]) => name === "seats").map(([, id]) => seats.seatCalled(id));
  if (asked.some((seat) => "busy" in seat.dataset)) return false;
  const focus = () => asked[0] && seats.inputOf(asked[0]).focus();
  if (news.contains(document.activeElement)) focus(); // the button that was pressed is about to go
  for (const seat of asked) seat.dataset.busy = "";
  forget();
  const token = form.elements.csrfmiddlewaretoken.value;
  const body = new URLSearchParams([["csrfmiddlewaretoken", token], ["command", newId()], ...wish]);
  return inLine(async () => {
    const before = seats.ours();
    const answer = await request(address(verb), { method: "POST", body }).catch(() => null);
    if (answer) await takeIn(answer);
    else say(words.unreachable, { kind: "error" });
    for (const seat of asked) settle(seat, answer?.status === 409);
    if (answer?.ok) sayWhatChanged(before, asked.length === 0);
    if (asked[0]) foot.uncover(asked[0]);
    // A button that let a seat go has left with it: the seat has the focus now.
    if (document.activeElement === document.body) focus();
    return Boolean(answer?.ok);
  });
}

function settle(seat, refused) {
  delete seat.dataset.busy;
  seat.toggleAttribute("data-lost", refused && !seats.isFree(seat) && !seats.isOurs(seat));
  seats.show(seat);
}

function sayWhatChanged(before, chosenForUs) {
  const now = seats.ours();
  const gained = now.filter((id) => !before.includes(id)), lost = before.filter((id) => !now.includes(id));
  if (gained.length && chosenForUs) seats.seatCalled(gained[0]).scrollIntoView({ block: "nearest", inline: "center" });
  if (gained.length && lost.length) say(sentence("mine", gained), { label: words.undo, act: () => change(before, now), more: true });
  else if (gained.length) say(sentence("mine", gained), { label: words.undo, act: () => release(...gained), more: true });
  else if (lost.length) say(sentence("free", lost), { label: words.undo, act: () => hold(...lost), more: true });
}

let asking = false;

/** Look once more what is ours. */
export function askAgain() {
  if (asking) return;
  asking = true;
  return inLine(async () => {
    asking = false;
    const held = seats.ours(), said = [...news.childNodes], at = document.activeElement;
    if (!(await takeIn(await request(address("mine"))))) return;
    const over = held.length && news.querySelector(".over"), told = over ? [...news.childNodes] : said;
    if (over) forget();
    news.replaceChildren(...told); // without it, what was said to the last action stays
    comeBack(at, held);
  });
}

/** Whoever stood on a part that has gone, say on the button to the checkout, stands on the seat that went. */
function comeBack(at, held) {
  if (at === document.body || document.activeElement !== document.body) return;
  const gone = held.find((id) => !seats.ours().includes(id));
  if (at.isConnected) at.focus();
  else if (gone) seats.inputOf(seats.seatCalled(gone)).focus();
}

/** Whether it was an answer of the map's. */
async function takeIn(answer) {
  const text = await answer.text();
  if (!text.includes('id="basket"')) {
    say(answer.status < 500 ? words.broken : words.unreachable, { kind: "error" });
    return false;
  }
  htmx.swap("#basket", text, { swapStyle: "outerHTML", settleDelay: 0, swapDelay: 0 });
  takeBasket();
  return true;
}

export function takeBasket() {
  seats.take(basket());
  foot.watch();
  clock.wind(basket().querySelector("[data-seconds-left]"), askAgain);
}
