/* What is asked for stays lit, the rest steps back: words, an app, what becomes of one event. */

import { arrows, asked, boxes, boxesOf, keyOf, nameOf, sliceOf, slices, titleOf, whole } from "./picture.js";

const found = document.getElementById("found");
export const hitList = document.getElementById("hits");

const ends = ({ dataset }) => [dataset.from, dataset.to];
const sources = (arrows) => arrows.map((arrow) => arrow.dataset.from);
const targets = (arrows) => arrows.map((arrow) => arrow.dataset.to);

/** Slices, and what their boxes read and write elsewhere. */
function around(chosen) {
  const own = new Set(chosen.flatMap(boxesOf).map(keyOf));
  const touching = arrows.filter((arrow) => ends(arrow).some((key) => own.has(key)));
  return { slices: new Set(chosen), boxes: new Set([...own, ...touching.flatMap(ends)]), arrows: new Set(touching) };
}

/** An event: who asked for it, what writes it, what reads it or decides by it, and who sees that. */
function along(event) {
  const writes = arrows.filter((arrow) => arrow.dataset.to === event);
  const reads = arrows.filter((arrow) => arrow.dataset.from === event);
  const before = arrows.filter((arrow) => sources(writes).includes(arrow.dataset.to));
  const after = arrows.filter((arrow) => targets(reads).includes(arrow.dataset.from));
  const deciders = slices
    .filter((slice) => slice.dataset.looksAt.split("|").includes(event))
    .flatMap((slice) => [...slice.querySelectorAll(".box.command")].map(keyOf));
  const lit = new Set([...writes, ...reads, ...before, ...after]);
  const touched = new Set([event, ...deciders, ...[...lit].flatMap(ends)]);
  const homes = new Set([...touched].map(sliceOf));
  return { slices: homes, boxes: touched, arrows: lit, writes, reads, deciders };
}

/** Light what the address asks for, and say what was found. Answers the slices that words and app chose. */
export function sift() {
  const words = (asked.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const app = asked.get("app"), event = asked.get("event");
  const hits = slices.filter(({ dataset }) =>
    words.every((word) => dataset.words.includes(word)) && (!app || dataset.app === app));
  const sought = words.length || app ? around(hits) : null, followed = event ? along(event) : null;
  light([sought, followed].filter(Boolean));
  for (const box of boxes) box.classList.toggle("chosen", keyOf(box) === event);
  found.textContent = [sought && count(hits.length), followed && story(event, followed)].filter(Boolean).join(" ");
  offer(sought ? hits : []);
  return sought ? hits : [];
}

/** A list of what was found, for those who do not look for it in the picture. */
function offer(hits) {
  hitList.hidden = !hits.length;
  hitList.replaceChildren(...hits.map((slice) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.className = "chip";
    link.href = slice.getAttribute("href");
    link.dataset.slice = slice.dataset.slice;
    link.textContent = nameOf(slice);
    item.append(link);
    return item;
  }));
}

function light(asked) {
  const lit = (kind, one) => asked.every((each) => each[kind].has(one));
  whole.classList.toggle("sifted", asked.length > 0);
  for (const slice of slices) slice.classList.toggle("lit", lit("slices", slice));
  for (const box of boxes) box.classList.toggle("lit", lit("boxes", keyOf(box)));
  for (const arrow of arrows) {
    if (arrow.classList.toggle("lit", lit("arrows", arrow))) arrow.parentNode.append(arrow); // on top
  }
}

const count = (hits) => (hits === 1 ? "One slice." : `${hits || "No"} slices.`);
const names = (keys) => [...new Set(keys.map(titleOf))].join(", ") || "nothing";

function story(event, { writes, reads, deciders }) {
  const by = names(sources(writes)), to = names(targets(reads));
  return `${titleOf(event)}: written by ${by}. Read by ${to}. Looked at by ${names(deciders)}.`;
}
