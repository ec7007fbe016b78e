/* The line on which the server tells what changed, and how it is kept up.

   The transport's whole contract with the map: it calls `seats.beginSnapshot`, `seats.patch` for each
   seat and `seats.endFrame`, and `back` once the map is known to be true again. */

import { room, words } from "./page.js";
import * as seats from "./seats.js";

const SILENCE = 40000; // ms; the server speaks more often
const RETURNS = [1006, 1011, 1012, 1013]; // after these the extension comes back by itself
const UNKNOWN = 4404; // there is nothing to hear

let socket, wrapper, heard = performance.now();

/** Listen, and call `back` whenever a snapshot has replaced what may have been old. */
export function start(back) {
  htmx.config.wsReconnectDelay = (tries) => Math.min(5000, 250 * 2 ** tries) * (0.5 + Math.random() / 2);
  htmx.createWebSocket = (url) => (socket = new WebSocket(url, []));
  htmx.defineExtension("seat", { isInlineSwap: (style) => style === "seat", handleSwap });
  room.addEventListener("htmx:wsOpen", ({ detail }) => (wrapper = detail.socketWrapper));
  room.addEventListener("htmx:wsBeforeMessage", () => (heard = performance.now()));
  room.addEventListener("htmx:wsAfterMessage", () => {
    if (!seats.endFrame()) return;
    showLine(true);
    back();
  });
  room.addEventListener("htmx:wsClose", closed);
  setInterval(watch, 5000);
}

function handleSwap(style, target, fragment) {
  if (style !== "seat") return false;
  const told = fragment.firstElementChild;
  if (target.id !== "live") seats.patch(target, told);
  else if ("snapshot" in told.dataset) seats.beginSnapshot();
  return [];
}

function closed({ detail }) {
  const { code, target } = detail.event;
  wrapper = detail.socketWrapper ?? wrapper;
  if (target !== socket) return;
  showLine(false);
  if (RETURNS.includes(code) || code === UNKNOWN) return;
  setTimeout(() => target === socket && relink(), htmx.config.wsReconnectDelay(2));
}

function watch() {
  if (performance.now() - heard < SILENCE) return;
  showLine(false);
  relink();
}

/** Give the line up and take a new one, without waiting for the old one to notice. */
export function relink() {
  heard = performance.now();
  if (!wrapper) return;
  if (socket) {
    socket.onclose = null;
    socket.close();
  }
  wrapper.reconnect();
}

function showLine(whole) {
  room.toggleAttribute("data-stale", !whole);
  room.toggleAttribute("data-live", whole);
  room.querySelector(".line-lost").textContent = whole ? "" : words.lost;
}
