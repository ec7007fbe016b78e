/* The map in the browser: hears what changed, asks for seats, keeps the clock. */

import { askAgain, takeBasket } from "./asking.js";
import * as line from "./line.js";
import * as presses from "./presses.js";
import * as seats from "./seats.js";

seats.start();
seats.whenInDoubt(askAgain);
takeBasket();
line.start(askAgain);
presses.start();

document.addEventListener("visibilitychange", () => document.hidden || askAgain());
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  askAgain();
  line.relink();
});
