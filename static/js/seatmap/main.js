/* The map in the browser: hears what changed, asks for seats, keeps the clock. */

import { askAgain, takeBasket } from "./asking.js";
import * as house from "./house.js";
import * as keys from "./keys.js";
import * as line from "./line.js";
import * as mini from "./mini.js";
import * as news from "./news.js";
import * as presses from "./presses.js";
import * as seats from "./seats.js";
import * as zoom from "./zoom.js";

seats.start(askAgain, () => {
  house.count();
  mini.draw();
});
takeBasket();
keys.start();
zoom.start();
mini.start();
news.start();
presses.start();
line.start(askAgain);

document.addEventListener("visibilitychange", () => document.hidden || askAgain());
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  askAgain();
  line.relink();
});
