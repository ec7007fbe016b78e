/* Frames: seats as HTML, after a head that says what they are. They come by the line, as answers to what
   is new, and inside the answers to our own requests, which htmx takes in. */

import * as seats from "./seats.js";

/** Take a frame in; what has to follow from it. */
export function take(html, voice) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const [head, ...told] = template.content.children;
  if (!head?.dataset.epoch) return {}; // only a sign of life
  begin(head, voice);
  for (const each of told) seats.patch(document.getElementById(each.id), each);
  return seats.end(head.dataset.sum && Number(head.dataset.sum));
}

function begin({ dataset }, voice) {
  seats.begin({ epoch: dataset.epoch, snapshot: "snapshot" in dataset, voice });
}

/** Teach htmx the swap style "seat", in which our own answers' seats come. */
export function start() {
  htmx.defineExtension("seat", {
    isInlineSwap: (style) => style === "seat",
    handleSwap(style, target, fragment) {
      if (style !== "seat") return false;
      const told = fragment.firstElementChild;
      if (target.id === "live") begin(told);
      else seats.patch(target, told);
      return [];
    },
  });
}
