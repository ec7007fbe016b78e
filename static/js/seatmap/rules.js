/* Which word about a seat counts. Pure: it knows no page and no network, so that tests can try it with
   thousands of schedules (tests/test_seatmap_interleavings.py).

   Three voices speak: frames on the line; where there is none, answers to the question what is new; and
   answers to our own requests, which alone say what is ours. Each may come late. Every word about a seat
   carries the position of the seat's last change in the log, so words are compared seat by seat: the
   newer one counts, and at a tie our own answer. A snapshot replaces all, however old it is: what is newer
   is still to come, by the same voice. Positions of another epoch mean nothing here. */

const HEED = "heed", REPLACE = "replace", IGNORE = "ignore";

export class Rules {
  #epoch = null; // of the positions; unknown until somebody names it
  #positions = new Map();
  #mine = new Map(); // our seats, each with the position at which our own answer said so
  #voices = 0;
  #current = 0; // the voice that was heeded last: older ones are late
  #mode = HEED;
  #strange = false;
  #complete = false; // whether nothing is missing below the newest position

  constructor(seats) {
    for (const [seat, position] of seats) this.#positions.set(seat, position);
  }

  /** A new voice: of a line with its first frame, of an answer with its question. */
  voice() {
    return ++this.#voices;
  }

  /** Words follow. Without a voice they are an answer to a request of our own. */
  begin({ epoch, snapshot, voice = this.#current }) {
    this.#epoch ??= epoch;
    this.#strange = !snapshot && epoch !== this.#epoch;
    if (voice < this.#current || this.#strange) return (this.#mode = IGNORE);
    this.#current = voice;
    if (!snapshot) return (this.#mode = HEED);
    this.#epoch = epoch;
    return (this.#mode = REPLACE);
  }

  /** Whether this word counts; then it is what we know. */
  counts(seat, position) {
    if (this.#mode === IGNORE) return false;
    if (this.#mode === HEED && position < this.#positions.get(seat)) return false;
    this.#positions.set(seat, position);
    return true;
  }

  /** The words have ended. After a snapshot we ask what is ours, after strange ones for a snapshot. */
  end(sum) {
    const came = { replaced: this.#mode === REPLACE, strange: this.#strange };
    if (this.#mode !== IGNORE && sum !== undefined) this.#complete = sum === this.#sum();
    this.#mode = HEED;
    this.#strange = false;
    return came;
  }

  /** Our own seats, as pairs of a seat and a position. */
  own(pairs) {
    this.#mine = new Map(pairs);
  }

  get ours() {
    return [...this.#mine.keys()];
  }

  isOurs(seat) {
    return this.#mine.get(seat) >= this.#positions.get(seat);
  }

  /** What to ask where there is no line. Equal sums mean that nothing is new; `since` spares bytes. */
  question() {
    const since = this.#complete ? Math.max(0, ...this.#positions.values()) : "";
    return { epoch: this.#epoch ?? "", since, sum: this.#sum() };
  }

  #sum() {
    let sum = 0;
    for (const position of this.#positions.values()) sum += position;
    return sum;
  }
}
