/* The whole house: how many seats are free, and what the page becomes when none is left. */

import { room } from "./page.js";
import * as seats from "./seats.js";

const free = document.getElementById("free"), full = document.getElementById("full");

export function count() {
  const left = [...seats.all()].filter(seats.isFree).length;
  free.textContent = left;
  full.hidden = left > 0 || seats.ours().length > 0;
  room.toggleAttribute("data-full", !full.hidden);
}
