/* What is said next to the map, until the next action. #news is a polite live region: what others do
   is never said there. */

import { news, plan } from "./page.js";

export function say(sentence, kind = "") {
  news.replaceChildren(Object.assign(document.createElement("p"), { className: `notice ${kind}`, textContent: sentence }));
}

export function forget() {
  news.replaceChildren();
  for (const label of plan.querySelectorAll("[data-lost]")) delete label.dataset.lost;
}
