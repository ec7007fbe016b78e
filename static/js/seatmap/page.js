/* The parts of the page that the script works on, and what it may have to say.

   The sentences stand in the page, where they are translated: data-lost on #words is words.lost. */

const byId = (id) => document.getElementById(id);

export const form = byId("seats");
export const plan = form.querySelector(".plan");
export const room = form.querySelector(".room");
export const news = byId("news");
export const says = form.querySelector(".says");
export const zoom = byId("zoom");
export const words = byId("words").dataset;
export const basket = () => byId("basket"); // each answer brings a new one
export const address = (name) => new URL(`../${name}/`, form.action);
