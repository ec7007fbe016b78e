/* Seats in words, made of those that the page brings in its language. */

import { words } from "./page.js";

const fill = (sentence, parts) => sentence.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
const list = new Intl.ListFormat(document.documentElement.lang);

/** "F11 and F12 are yours.", by the words `held` and `heldMany`. */
export function sentence(name, ids) {
  return fill(words[ids.length > 1 ? `${name}Many` : name], { seats: list.format(ids) });
}

/** "Row F, seat 12, available, €9.50" */
export function nameOf(seat) {
  const [, row, number] = idOf(seat).match(/(\D+)(\d+)/);
  return [fill(words.called, { row, seat: number }), ...stateOf(seat)].join(", ");
}

/** "F12 · available · €9.50" */
export const tipOf = (seat) => [idOf(seat), ...stateOf(seat)].join(" · ");

function stateOf(seat) {
  const { kind, state, mine, lost } = seat.dataset;
  const told = mine !== undefined ? words.yours : lost !== undefined ? words.justTaken : words[state];
  const price = state === "available" ? words.price : "";
  return [words[kind], told, price].filter(Boolean);
}

const idOf = (seat) => seat.id.replace("seat-", "");
