/* Asking again and again what is new, where no line can be had. */

import * as frames from "./frames.js";
import { address } from "./page.js";
import * as seats from "./seats.js";

const OFTEN = 2000, JITTER = 1000, PATIENCE = 8000; // ms

let asking = null; // what ends it

/** Ask until told to stop. `told` hears what each answer brought, null for none. */
export function start(told) {
  if (asking) return;
  asking = new AbortController();
  const { signal } = asking;
  (async () => {
    while (!signal.aborted) {
      const came = await ask(signal).catch(() => null);
      if (!signal.aborted) told(came);
      await new Promise((done) => setTimeout(done, OFTEN + Math.random() * JITTER));
    }
  })();
}

export function stop() {
  asking?.abort();
  asking = null;
}

async function ask(ended) {
  const question = new URLSearchParams(seats.rules.question()), voice = seats.rules.voice();
  const signal = AbortSignal.any([ended, AbortSignal.timeout(PATIENCE)]);
  const answer = await fetch(`${address("changes")}?${question}`, { signal });
  if (!answer.ok) return null;
  return answer.status === 204 ? {} : frames.take(await answer.text(), voice);
}
