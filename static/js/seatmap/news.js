/* What is said next to the map, until the next action. #news is a polite live region: what others do
   is never said there. */

import { news, plan } from "./page.js";
import { show } from "./seats.js";

const READ = 10000; // ms; then what need not stay goes, unless somebody is at it
let offered = null; // what the script's own button does

/** Say something; with `act`, next to a button that reads `label`. `more` keeps what the server said. */
export function say(sentence, { kind = "", label = "", act = null, more = false } = {}) {
  const notice = element("div", { className: `told ${kind}` });
  notice.append(element("p", { textContent: sentence }));
  if (act) notice.append(element("button", { type: "button", className: "btn plain", id: "offered", textContent: label }));
  news.replaceChildren(notice, ...(more ? news.children : []));
  if (act || !more) offered = act;
  if (act && !kind) leaveLater(notice);
}

/** Undoing is also pressing the seat again: the offer may leave the map to itself. */
function leaveLater(notice) {
  setTimeout(() => {
    if (!notice.isConnected) return;
    if (notice.matches(":hover, :focus-within")) return leaveLater(notice);
    notice.remove();
    offered = null;
  }, READ);
}

const element = (name, properties) => Object.assign(document.createElement(name), properties);

export const isOffering = () => offered !== null;

/** Do what is on offer. */
export const takeUp = () => offered?.();

/** The next action begins: what was said of the last one goes. */
export function forget() {
  offered = null;
  news.replaceChildren();
  for (const seat of plan.querySelectorAll("[data-lost]")) {
    delete seat.dataset.lost;
    show(seat);
  }
}

export function start() {
  news.addEventListener("click", ({ target }) => target.id === "offered" && takeUp());
}
