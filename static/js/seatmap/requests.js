/* Requests that get there: sent again until there is an answer, one after the other. */

const ATTEMPTS = 6, PATIENCE = 8000; // times, ms

let queue = Promise.resolve();

/** One task after the other: each answer is newer than the one before. */
export const inLine = (task) => (queue = queue.then(task).catch((error) => console.warn(error)));

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Send, and send again until there is an answer: with the same id, it happens once. */
export async function request(url, options = {}) {
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

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // where the page is not secure
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
