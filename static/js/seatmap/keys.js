/* The plan as a grid: one stop of the Tab key, and arrows that go where they point.

   Without a script it is a list of checkboxes in groups, which promises no arrows. */

import { isOffering, takeUp } from "./news.js";
import { plan, words } from "./page.js";
import * as seats from "./seats.js";

const hint = document.getElementById("keys");
const rows = [...plan.querySelectorAll(".seatrow")].map((row) => [...row.querySelectorAll(".seat")]);
let stop; // the seat that the Tab key goes to
let column = 0; // where the up and down keys set out from

const columnOf = (seat) => Number(seat.dataset.x);
const rowOf = (seat) => rows.findIndex((row) => row.includes(seat));

export function start() {
  plan.setAttribute("role", "grid");
  plan.setAttribute("aria-label", words.grid);
  plan.setAttribute("aria-describedby", "keys");
  for (const row of plan.querySelectorAll(".seatrow")) row.setAttribute("role", "row");
  for (const seat of rows.flat()) {
    seat.setAttribute("role", "gridcell");
    seats.inputOf(seat).tabIndex = -1;
  }
  moveStop(rows.flat().find(seats.isOurs) ?? rows.flat().find(seats.isFree) ?? rows[0][0]);
  plan.addEventListener("focusin", ({ target }) => {
    moveStop(seats.seatOf(target));
    hint.toggleAttribute("data-shown", target.matches(":focus-visible"));
  });
  plan.addEventListener("focusout", () => hint.removeAttribute("data-shown"));
  plan.addEventListener("pointermove", pointed);
  plan.addEventListener("keydown", pressed);
  document.addEventListener("keydown", escaped);
}

function moveStop(seat) {
  delete plan.dataset.quiet;
  if (stop) seats.inputOf(stop).tabIndex = -1;
  stop = seat;
  seats.inputOf(stop).tabIndex = 0;
}

function pressed(event) {
  const to = event.altKey || event.metaKey || event.shiftKey ? null : target(event);
  if (!to) return;
  event.preventDefault();
  plan.dataset.keys = "";
  seats.inputOf(to).focus();
}

/** The pointer has moved: its tip counts again. */
function pointed() {
  delete plan.dataset.keys;
  delete plan.dataset.quiet;
}

/** Where a key leads from the seat that has the focus. */
function target({ key, ctrlKey, target }) {
  const seat = seats.seatOf(target), y = rowOf(seat), row = rows[y], x = row.indexOf(seat);
  if (key === "ArrowUp" || key === "ArrowDown") return across(rows[y + (key === "ArrowUp" ? -1 : 1)], seat);
  column = 0;
  if (key === "ArrowLeft") return row[x - 1];
  if (key === "ArrowRight") return row[x + 1];
  if (key === "Home") return ctrlKey ? rows[0][0] : row[0];
  if (key === "End") return ctrlKey ? rows.at(-1).at(-1) : row.at(-1);
}

/** The nearest seat of another row, as seen from where the up and down keys set out. */
function across(row, seat) {
  if (!row) return;
  column ||= columnOf(seat);
  const away = (seat) => Math.abs(columnOf(seat) - column);
  return row.reduce((best, other) => (away(other) < away(best) ? other : best));
}

/** First the tip goes, then what was done last. */
function escaped(event) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (document.activeElement.closest("dialog, #xray")) return;
  if (plan.contains(document.activeElement) && !("quiet" in plan.dataset)) plan.dataset.quiet = "";
  else if (isOffering()) takeUp();
}
