/* The line: how the map hears what changed. A socket; where none can be had, questions every few seconds. */

import * as frames from "./frames.js";
import { room, words } from "./page.js";
import * as polling from "./polling.js";
import * as seats from "./seats.js";
import * as sockets from "./socket.js";

const SHORTEST = 250, LONGEST = 5000, RARELY = 10000; // ms between tries; the last while polling works
const PATIENCE = 2; // tries without a line, before we ask instead
const UNKNOWN = 4404; // there is nothing to hear

const said = document.querySelector(".line-lost"), sign = document.getElementById("line");
let back, socket, timer, tries = 0, state = "";

/** Listen, and call `whenBack` whenever a snapshot has replaced what may have been old. */
export function start(whenBack) {
  back = whenBack;
  frames.start();
  seats.whenStrange(relink);
  connect();
  window.addEventListener("pagehide", hangUp); // else the browser would not keep the page
  window.addEventListener("online", relink);
}

/** Give the line up and take a new one, without waiting for the old one to notice. */
export function relink() {
  hangUp();
  connect();
}

function hangUp() {
  clearTimeout(timer);
  socket?.close();
  polling.stop();
}

function connect() {
  let voice = 0; // it begins to count with the first word
  clearTimeout(timer);
  socket?.close();
  socket = sockets.open(room.dataset.line, (html) => {
    const { replaced, strange } = frames.take(html, (voice ||= seats.rules.voice()));
    if (strange) relink();
    if (!replaced) return;
    tries = 0;
    polling.stop();
    show("live");
    back();
  }, lost);
}

function lost(code) {
  if (state !== "nearly") show("lost");
  if (code === UNKNOWN) return;
  if (++tries >= PATIENCE) polling.start(polled);
  const longest = state === "nearly" ? RARELY : Math.min(LONGEST, SHORTEST * 2 ** tries);
  timer = setTimeout(connect, longest * (0.5 + Math.random() / 2));
}

function polled(came) {
  show(came ? "nearly" : "lost");
  if (came?.replaced) back();
}

function show(now) {
  state = now;
  for (const each of [room, sign]) each.toggleAttribute("data-stale", state === "lost");
  room.toggleAttribute("data-live", state === "live");
  said.textContent = state === "lost" ? words.lost : "";
  sign.textContent = { live: words.live, nearly: words.nearly, lost: words.reconnecting }[state];
}
