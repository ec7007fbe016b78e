/* Keeps what a page says of its screenings true: plenty of seats, few, sold out.

   The page tells the server which screenings it shows and hears how they stand, at once and after
   each change. Only words, a state and a bar change: nothing moves, neither focus nor scroll. */
"use strict";
(() => {
  const SILENCE = 40000, SLOWEST = 5000; // ms
  const words = document.getElementById("availability").content;
  const shows = () => document.querySelectorAll(".show[data-screening]");

  function stand(show, [state, left, pct, wheels]) {
    const said = words.querySelector(`[data-state="${state}"]`).textContent.trim().replace("{n}", left);
    show.dataset.state = state;
    show.querySelector(".fill").dataset.pct = pct;
    show.querySelector(".wheels")?.toggleAttribute("hidden", !wheels);
    const place = show.querySelector(".left");
    if (place.textContent.trim() !== said) place.textContent = said;
  }

  let socket, heard, tries = 0, retry;

  function connect() {
    clearTimeout(retry);
    heard = performance.now();
    const line = (socket = new WebSocket("/ws/programme/", []));
    line.addEventListener("open", () => watch());
    line.addEventListener("message", ({ data }) => {
      heard = performance.now();
      tries = 0;
      const news = JSON.parse(data);
      for (const show of shows()) {
        if (show.dataset.screening in news) stand(show, news[show.dataset.screening]);
      }
    });
    line.addEventListener("close", () => line === socket && again());
  }

  function again() {
    clearTimeout(retry);
    const pause = Math.min(SLOWEST, 250 * 2 ** tries++) * (0.5 + Math.random() / 2);
    retry = setTimeout(connect, pause);
  }

  /** Say what is shown now; nothing, when nothing is. */
  function watch() {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send([...new Set([...shows()].map((show) => show.dataset.screening))].slice(0, 500).join(" "));
  }

  function relink() {
    const old = socket;
    connect();
    old.close();
  }

  setInterval(() => performance.now() - heard > SILENCE && relink(), 5000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && socket.readyState > WebSocket.OPEN) relink();
  });
  window.addEventListener("pageshow", ({ persisted }) => persisted && relink());
  document.addEventListener("htmx:afterSettle", watch);
  connect();
})();
