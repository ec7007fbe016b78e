/* The x-ray's drawer: opens and closes, listens while it is open, puts each story in its place.

   The server draws whole stories. One that is there already is patched step by step, so that what
   has not changed keeps its place, the focus and the pointer. */
"use strict";
(() => {
  const MOST = 30, SILENCE = 40000, LONGEST_PAUSE = 5000; // stories, then ms
  const root = document.documentElement;
  const kept = {
    get: (name) => { try { return localStorage.getItem(`xray.${name}`); } catch { return null; } },
    set: (name, value) => { try { localStorage.setItem(`xray.${name}`, value); } catch { /* not kept */ } },
  };

  root.toggleAttribute("data-xray", kept.get("open") === "yes");
  document.addEventListener("DOMContentLoaded", () => {
    const drawer = document.getElementById("xray"), switches = document.querySelectorAll(".xray-switch");
    if (!drawer) return;
    const log = drawer.querySelector(".xray-log"), list = log.querySelector("ol");
    const status = drawer.querySelector(".xray-line"), pause = drawer.querySelector("[data-do=pause]");

    // --- What is shown

    const held = new Map(); // while paused: the newest word about each story
    let paused = false;

    function take(html) {
      const template = document.createElement("template");
      template.innerHTML = html;
      for (const story of template.content.querySelectorAll(".xray-story")) {
        if (Number(story.dataset.changed) <= Number(kept.get("cleared"))) continue;
        if (paused) held.set(story.id, story);
        else show(story);
      }
      if (paused) say();
    }

    function show(story) {
      const old = document.getElementById(story.id);
      if (old) patch(old, story);
      else list.prepend(story);
      while (list.children.length > MOST) list.lastElementChild.remove();
    }

    /** Make the steps of `old` those of `told`, and touch none that stays as it was. */
    function patch(old, told) {
      old.dataset.changed = told.dataset.changed;
      const heads = [old, told].map((story) => story.querySelector(".xray-head"));
      if (heads[0].outerHTML !== heads[1].outerHTML) heads[0].replaceWith(heads[1]);
      const steps = old.querySelector("ol");
      for (const [nth, step] of [...told.querySelectorAll(".xray-step")].entries()) {
        const there = steps.children[nth];
        if (!there) steps.append(step);
        else if (there.outerHTML !== step.outerHTML) there.replaceWith(step);
      }
    }

    function say() {
      const words = { connecting: "connecting", live: "live", lost: "reconnecting" };
      const waiting = held.size ? `, ${held.size} waiting` : "";
      drawer.dataset.line = state;
      status.textContent = paused && state === "live" ? `paused${waiting}` : words[state];
    }

    // --- The line: only while the drawer is open

    let socket = null, state = "connecting", tries = 0, heard = 0, timer = 0;

    function connect() {
      clearTimeout(timer);
      const line = (socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/xray/`));
      let characters = 0; // heard so far: who does not say so is let go
      heard = performance.now();
      line.onopen = () => {
        state = "live";
        say();
      };
      line.onmessage = ({ data }) => {
        heard = performance.now();
        tries = 0;
        characters += data.length;
        line.send(`heard ${characters}`);
        take(data);
      };
      line.onclose = () => line === socket && lost();
    }

    function lost() {
      socket = null;
      state = "lost";
      say();
      timer = setTimeout(connect, Math.min(LONGEST_PAUSE, 250 * 2 ** tries++) * (0.5 + Math.random() / 2));
    }

    function hangUp() {
      clearTimeout(timer);
      const line = socket;
      socket = null; // so that its end is none of our business
      line?.close();
    }

    setInterval(() => {
      if (!socket || performance.now() - heard < SILENCE) return;
      hangUp();
      lost();
    }, 5000);
    window.addEventListener("pageshow", (event) => event.persisted && set(root.hasAttribute("data-xray")));
    window.addEventListener("pagehide", hangUp);

    // --- The switch, and the drawer's own buttons

    function set(open) {
      root.toggleAttribute("data-xray", open);
      kept.set("open", open ? "yes" : "no");
      for (const each of switches) each.setAttribute("aria-expanded", String(open));
      hangUp();
      if (!open) return;
      state = "connecting";
      say();
      connect();
    }

    const acts = {
      close() {
        set(false);
        switches[0]?.focus();
      },
      clear() {
        const times = [...list.children, ...held.values()].map((story) => Number(story.dataset.changed));
        kept.set("cleared", String(Math.max(Number(kept.get("cleared")), ...times)));
        list.replaceChildren();
        held.clear();
        say();
      },
      pause() {
        paused = !paused;
        pause.setAttribute("aria-pressed", String(paused));
        if (!paused) for (const story of held.values()) show(story);
        if (!paused) held.clear();
        say();
      },
    };

    for (const each of switches) each.addEventListener("click", () => set(!root.hasAttribute("data-xray")));
    drawer.addEventListener("click", ({ target }) => acts[target.closest("[data-do]")?.dataset.do]?.());
    drawer.addEventListener("keydown", (event) => event.key === "Escape" && acts.close());
    set(root.hasAttribute("data-xray"));
  });
})();
