/* Runs schedules through the rules that the page ships: what frames.js, line.js,
   polling.js and asking.js do around them, without a page. Answers which schedules ended wrong. */

export function wrong(Rules, schedules, { asks = true } = {}) {
  return schedules.flatMap((schedule, nth) => (endsRight(Rules, schedule, asks) ? [] : [nth]));
}

function endsRight(Rules, [[page, ...ops], truth, ours], asks) {
  const browser = new Browser(Rules, page, asks);
  for (const [kind, ...about] of ops) browser[kind](...about);
  return truth.every(([seat, state, position]) => {
    const own = ours.includes(seat);
    return browser.states.get(seat) === state && browser.rules.isOurs(seat) === own && position >= 0;
  });
}

class Browser {
  constructor(Rules, [, seats, mine], asks) {
    this.rules = new Rules(seats.map(([seat, , position]) => [seat, position]));
    this.rules.own(mine);
    this.states = new Map(seats);
    this.voices = new Map();
    this.questions = [];
    Object.assign(this, { asks, wondering: false, lost: false, gone: 0, last: 0 });
  }

  take(head, words, sum) {
    this.rules.begin(head);
    for (const [seat, state, position] of words)
      if (this.rules.counts(seat, Number(position))) this.states.set(seat, state);
    const { replaced, strange } = this.rules.end(sum);
    if (replaced) [this.wondering, this.lost] = [this.asks, false];
    if (strange) [this.lost, this.gone] = [true, this.last]; // the line is given up
  }

  line(number, snapshot, epoch, words) {
    this.last = Math.max(this.last, number);
    if (number <= this.gone) return;
    if (!this.voices.has(number)) this.voices.set(number, this.rules.voice());
    this.take({ epoch, snapshot, voice: this.voices.get(number) }, words);
  }

  /** The socket is closed already; a first word would not be listened to. */
  late(number, ...about) {
    if (this.voices.has(number)) this.line(number, ...about);
  }

  relink() {
    if (!this.lost) this.gone = Infinity; // content with the line it had: the next one is not taken
  }

  ask() {
    this.questions.push({ ...this.rules.question(), voice: this.rules.voice() });
  }

  /** As apps/seatmap/changes.py answers. */
  new(epoch, rows) {
    const asked = this.questions.shift(), sum = rows.reduce((all, [, , position]) => all + position, 0);
    if (asked.epoch === epoch && asked.sum === sum) return;
    const newer = rows.filter(([, , position]) => position > asked.since);
    const some = asked.epoch === epoch && asked.since !== "" && newer.length > 0;
    this.take({ epoch, snapshot: !some, voice: asked.voice }, some ? newer : rows, sum);
  }

  own(again, epoch, words, mine) {
    if (again && !this.wondering) return;
    if (again) this.wondering = false;
    this.take({ epoch, snapshot: false }, words);
    this.rules.own(mine);
  }
}
