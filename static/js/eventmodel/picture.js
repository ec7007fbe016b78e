/* What is drawn, and what the address says of it. */

export const tools = document.querySelector(".model-tools");
export const model = document.getElementById("model"); // the picture's window
export const whole = model.querySelector(".whole");
export const slices = [...whole.querySelectorAll("a.slice")];
export const boxes = [...whole.querySelectorAll(".box")];
export const arrows = [...whole.querySelectorAll(".arrow")];

const titles = new Map(boxes.map((box) => [box.dataset.key, box.querySelector(".name").textContent]));

export const keyOf = (box) => box.dataset.key;
export const nameOf = (slice) => slice.getAttribute("aria-label").split(",")[0]; // "7. Hold seats"
export const titleOf = (key) => titles.get(key);
export const boxesOf = (slice) => [...slice.querySelectorAll(".box")];
export const sliceOf = (key) => boxes.find((box) => keyOf(box) === key)?.closest("a.slice");

export const asked = new URLSearchParams(location.search); // kept in the address, to be shared

export function remember(name, value) {
  if (value) asked.set(name, value);
  else asked.delete(name);
  history.replaceState(null, "", location.pathname + (asked.size ? `?${asked}` : ""));
}

/** Set a tool to a value; of chips, press the one that has it. */
export function setTool(name, value) {
  const tool = tools.elements[name];
  if (!(tool instanceof RadioNodeList)) tool.value = value;
  else for (const chip of tool) chip.checked = chip.value === value;
}
