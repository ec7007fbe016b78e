/* The map in the browser: hears what changed, asks for seats, keeps the clock.

   Two voices speak about a seat: the push, which tells everybody the same, and the answers to our
   own requests, which also say what is ours. Every word carries the position of the seat's last
   change in the log; the newer one counts, and at a tie our own answer. */
"use strict";
(() => {
  const WORDS = {
    lost: "We lost the line. The map may be old; your hold is safe.",
    unreachable: "We could not reach the box office. Press the seat once more?",
    broken: "That did not work. Reload the page, please.",
    soon: "Two minutes left for your seats.",
    over: "Your hold ran out, so the seats are free again. Pick them once more?",
  };
  const ATTEMPTS = 6, PATIENCE = 8000, SILENCE = 40000, ENDING = 3000; // attempts, then ms
  const SOON = 120; // seconds
  const form = document.getElementById("seats");
  const room = form.querySelector(".room");
  const plan = room.querySelector(".plan");
  const news = document.getElementById("news");
  const free = document.getElementById("free");
  const address = (name) => new URL(`${name}/`, form.action.replace(/holds\/$/, ""));

  // --- What is known of each seat

  const mine = new Map(); // our seats, each with the position at which our own answer said so
  const words = new WeakMap(); // what everybody is told of a seat: its name and its tip
  let replacing = false; // while a snapshot is taken in

  const inputOf = (label) => label.querySelector("input");
  const nameOf = (label) => inputOf(label).value;
  const positionOf = (label) => Number(label.dataset.position);
  const labelOf = (seat) => document.getElementById(`seat-${seat}`);

  function remember(label, told = label) {
    const { tip } = told.dataset, name = inputOf(told).getAttribute("aria-label");
    words.set(label, { tip, name, sign: told.querySelector("b").textContent });
  }

  /** Change the seat that is there into the one that was told; the node, its focus and place stay. */
  function patch(label, told) {
    if (!replacing && positionOf(told) < positionOf(label)) return;
    const wasOurs = "mine" in label.dataset;
    remember(label, told);
    label.dataset.state = told.dataset.state;
    label.dataset.position = told.dataset.position;
    show(label);
    if (wasOurs && !("mine" in label.dataset) && !("busy" in label.dataset)) askAgain();
  }

  function show(label) {
    if ("busy" in label.dataset) return; // our own answer is about to say whose it is
    const input = inputOf(label), seat = input.value, { tip, name, sign } = words.get(label);
    const ours = mine.get(seat) >= positionOf(label);
    label.toggleAttribute("data-mine", ours);
    label.dataset.tip = ours ? `${seat} · yours` : tip;
    label.querySelector("b").textContent = ours ? seat.replace(/\D/g, "") : sign;
    input.setAttribute("aria-label", ours ? name.replace(/(seat \d+), .*/, "$1, yours") : name);
    input.checked = ours;
    const closed = !ours && label.dataset.state !== "available";
    // A control that is switched off loses the focus: it waits until the focus has moved on.
    input.disabled = closed && document.activeElement !== input;
    if (closed) input.setAttribute("aria-disabled", "true");
    else input.removeAttribute("aria-disabled");
  }

  /** Take in our own seats from a basket that the server rendered. */
  function take(basket) {
    const before = [...mine.keys()];
    mine.clear();
    for (const pair of basket.dataset.mine.split(" ").filter(Boolean)) {
      const [seat, position] = pair.split(":");
      mine.set(seat, Number(position));
    }
    for (const seat of new Set([...before, ...mine.keys()])) show(labelOf(seat));
    count();
    wind(basket.querySelector("[data-seconds-left]"));
  }

  function count() {
    free.textContent = plan.querySelectorAll('.seat[data-state="available"]').length;
  }

  htmx.defineExtension("seat", {
    isInlineSwap: (style) => style === "seat",
    handleSwap(style, target, fragment) {
      if (style !== "seat") return false;
      const told = fragment.firstElementChild;
      if (target.id !== "live") patch(target, told);
      else if ("snapshot" in told.dataset) replacing = true;
      return [];
    },
  });

  // --- The line

  let socket, wrapper, heard = performance.now();

  htmx.config.wsReconnectDelay = (tries) => Math.min(5000, 250 * 2 ** tries) * (0.5 + Math.random() / 2);
  htmx.createWebSocket = (url) => (socket = new WebSocket(url, []));

  function lineLost() {
    room.toggleAttribute("data-stale", true);
    room.toggleAttribute("data-live", false);
    room.querySelector(".line-lost").textContent = WORDS.lost;
  }

  function lineBack() {
    room.toggleAttribute("data-stale", false);
    room.toggleAttribute("data-live", true);
    room.querySelector(".line-lost").textContent = "";
    askAgain();
  }

  /** Give the line up and take a new one, without waiting for the old one to notice. */
  function relink() {
    heard = performance.now();
    if (!wrapper) return;
    if (socket) {
      socket.onclose = null;
      socket.close();
    }
    wrapper.reconnect();
  }

  room.addEventListener("htmx:wsOpen", ({ detail }) => (wrapper = detail.socketWrapper));
  room.addEventListener("htmx:wsBeforeMessage", () => (heard = performance.now()));
  room.addEventListener("htmx:wsAfterMessage", () => {
    count();
    if (replacing) lineBack();
    replacing = false;
  });
  room.addEventListener("htmx:wsClose", ({ detail }) => {
    const { code, target } = detail.event;
    wrapper = detail.socketWrapper ?? wrapper;
    if (target !== socket) return;
    lineLost();
    // The extension comes back by itself after these, and 4404 means that there is nothing to hear.
    if ([1006, 1011, 1012, 1013, 4404].includes(code)) return;
    setTimeout(() => target === socket && relink(), htmx.config.wsReconnectDelay(2));
  });
  setInterval(() => {
    if (performance.now() - heard < SILENCE) return;
    lineLost();
    relink();
  }, 5000);

  // --- Asking, one request after the other: each answer is newer than the one before

  let line = Promise.resolve();
  const inLine = (task) => (line = line.then(task).catch((error) => console.warn(error)));
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  function newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // where the page is not secure
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }

  /** Send, and send again until there is an answer: with the same id, it happens once. */
  async function request(url, options = {}) {
    for (let attempt = 1; ; attempt++) {
      try {
        const signal = AbortSignal.timeout(PATIENCE);
        const answer = await fetch(url, { ...options, signal, headers: { "HX-Request": "true" } });
        if (answer.status < 502 || attempt === ATTEMPTS) return answer;
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      }
      await pause(250 * 2 ** (attempt - 1));
    }
  }

  async function takeIn(answer) {
    const text = await answer.text();
    if (!text.includes('id="basket"')) return say(answer.status < 500 ? WORDS.broken : WORDS.unreachable, "error");
    const looked = answer.url.endsWith("/mine/"), said = [...news.childNodes];
    const ending = clock !== null && clock.ends - performance.now() < ENDING;
    htmx.swap("#basket", text, { swapStyle: "outerHTML", settleDelay: 0, swapDelay: 0 });
    take(document.getElementById("basket"));
    if (looked) news.replaceChildren(...said); // what was said to the last action stays
    if (looked && ending && !mine.size) say(WORDS.over);
  }

  function ask(name, label) {
    if ("busy" in label.dataset) return;
    label.dataset.busy = "";
    forget();
    const token = form.elements.csrfmiddlewaretoken.value;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, seats: nameOf(label), command: newId() });
    inLine(async () => {
      try {
        const answer = await request(address(name), { method: "POST", body });
        await takeIn(answer);
        label.toggleAttribute("data-lost", answer.status === 409 && label.dataset.state !== "available");
      } catch {
        say(WORDS.unreachable, "error");
      }
      delete label.dataset.busy;
      show(label);
      // The button that let it go has left with it: its seat has the focus now.
      if (document.activeElement === document.body) inputOf(label).focus();
    });
  }

  let asking = false;
  function askAgain() {
    if (asking) return;
    asking = true;
    return inLine(async () => {
      asking = false;
      await takeIn(await request(address("mine")));
    });
  }

  /** Said next to the map, until the next action. */
  function say(sentence, kind = "") {
    news.replaceChildren(Object.assign(document.createElement("p"), { className: `notice ${kind}`, textContent: sentence }));
  }

  function forget() {
    news.replaceChildren();
    for (const label of plan.querySelectorAll("[data-lost]")) delete label.dataset.lost;
  }

  // --- Clicks and keys

  function press(input) {
    const label = input.closest(".seat");
    if ("mine" in label.dataset) ask("releases", label);
    else if (label.dataset.state === "available") ask("holds", label);
    else say(words.get(label).name + ".");
  }

  plan.addEventListener("click", (event) => {
    if (!event.target.matches("input")) return;
    event.preventDefault(); // the answer ticks it
    if (event.detail < 2) press(event.target); // the second click of a double click is none
  });
  plan.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    if (!event.repeat) press(event.target);
  });
  plan.addEventListener("focusout", (event) => {
    const label = event.target.closest(".seat");
    if (label) setTimeout(() => show(label));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("let-go").addEventListener("submit", (event) => {
    event.preventDefault();
    ask("releases", labelOf(event.submitter.value));
  });

  // --- The clock: seconds left by the server's clock, counted by one that nobody sets

  let clock = null;

  function wind(leader) {
    if (!leader) return (clock = null);
    const ends = performance.now() + leader.dataset.secondsLeft * 1000;
    clock = { leader, ends, warned: leader.dataset.secondsLeft <= SOON };
    tick();
  }

  function tick() {
    if (!clock) return;
    const left = Math.max(0, Math.ceil((clock.ends - performance.now()) / 1000));
    clock.leader.querySelector("time").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.leader.dataset.pct = Math.min(100, Math.round((left / clock.leader.dataset.lasts) * 100));
    if (left <= SOON && left > 0 && !clock.warned) {
      clock.warned = true;
      say(WORDS.soon);
    }
    if (left > 0 || clock.over) return;
    clock.over = true;
    askAgain();
  }

  setInterval(tick, 500);
  document.addEventListener("visibilitychange", () => document.hidden || askAgain());
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    askAgain();
    relink();
  });

  for (const label of plan.querySelectorAll(".seat")) remember(label);
  take(document.getElementById("basket"));
})();
