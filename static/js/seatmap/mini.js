/* The whole room in small, for screens that show a part of it: where one is, and what is free.

   A picture for the eye alone; whoever uses the keyboard or a screen reader has the plan itself. */

import { plan, room } from "./page.js";
import * as seats from "./seats.js";
import { isUsual } from "./zoom.js";

const WIDE = 10, HIGH = 11, SEAT = 8; // a cell and its seat, in the picture's units
const mini = document.getElementById("mini");
const drawn = new Map();
let view;

const make = (name, attributes) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

export function start() {
  const { cols, rows } = plan.dataset, size = { width: cols * WIDE, height: (Number(rows) + 1) * HIGH };
  const picture = make("svg", { viewBox: `0 0 ${size.width} ${size.height}` });
  picture.append(make("path", { d: `M${WIDE} 7Q${size.width / 2} 1 ${size.width - WIDE} 7` }));
  for (const seat of seats.all()) {
    const { x, y } = seat.dataset;
    const box = make("rect", { x: (x - 1) * WIDE + 1, y: y * HIGH + 1, width: SEAT, height: SEAT, rx: 2 });
    drawn.set(seat, box);
    picture.append(box);
  }
  view = make("rect", { class: "view", y: HIGH - 1, height: size.height - HIGH, rx: 3 });
  picture.append(view);
  mini.append(picture);
  for (const name of ["pointerdown", "pointermove"]) mini.addEventListener(name, pan);
  room.addEventListener("scroll", look, { passive: true });
  const watcher = new ResizeObserver(look);
  for (const part of [room, plan]) watcher.observe(part);
  room.scrollLeft = (room.scrollWidth - room.clientWidth) / 2; // one comes in by the middle
  draw();
}

export function draw() {
  for (const [seat, box] of drawn) {
    const state = seats.isOurs(seat) ? "ours" : seat.dataset.state;
    if (box.dataset.state !== state) box.dataset.state = state; // setting it is work, also to the same
  }
}

/** Show which part of the room is in view. */
function look() {
  const scale = (plan.dataset.cols * WIDE) / room.scrollWidth;
  view.setAttribute("x", room.scrollLeft * scale);
  view.setAttribute("width", room.clientWidth * scale);
  mini.parentElement.toggleAttribute("data-whole", isUsual() && room.clientWidth >= room.scrollWidth);
}

function pan(event) {
  if (!event.buttons) return;
  const { left, width } = mini.firstElementChild.getBoundingClientRect();
  room.scrollLeft = ((event.clientX - left) / width) * room.scrollWidth - room.clientWidth / 2;
}
