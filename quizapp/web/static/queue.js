// Changes of answers: kept on this device first, then sent, and sent again until the server says they are safe.
// The newest change of an answer is the one with the highest sequence number, whatever arrives last.

const LONGEST_WAIT = 15_000;
const MOST_AT_ONCE = 200;

function prefix(code) {
  return `quizapp:${code}:`;
}

// Nothing of an attempt stays on this device once it is handed in; without a code, nothing of any attempt does.
export function wipe(code) {
  const starts = code ? [prefix(code), `quizapp-end:${code}`] : ["quizapp:", "quizapp-end:"];
  try {
    for (const name of Object.keys(localStorage)) {
      if (starts.some((start) => name.startsWith(start))) localStorage.removeItem(name);
    }
  } catch {
    // Storage is off: there is nothing to wipe.
  }
}

function newName() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Queue {
  // `told` hears what the server says of each change, `state` the word for how things stand; `packed` makes of an
  // entry what is sent.
  constructor({ code, address, told, state, packed = ({ safe: _, ...change }) => change }) {
    Object.assign(this, { code, address, told, state, packed });
    this.device = newName();
    this.entries = new Map();
    this.sending = null; // the promise of what is under way
    this.isOffline = false;
    this.isLeaving = false;
    this.wait = 500;
    this.load();
  }

  // One place for each question: two tabs of one browser must not wipe out each other's answers.
  place(number) {
    return prefix(this.code) + number;
  }

  load() {
    try {
      for (const name of Object.keys(localStorage)) {
        if (!name.startsWith(prefix(this.code))) continue;
        const entry = JSON.parse(localStorage.getItem(name));
        this.entries.set(entry.number, entry);
      }
    } catch {
      // Storage is off: the queue lives as long as the page.
    }
  }

  get waiting() {
    return [...this.entries.values()].filter((entry) => !entry.safe);
  }

  // The newest change of an answer that this device knows of, from whichever of its tabs.
  newest(number) {
    const stored = this.stored(number);
    const own = this.entries.get(number);
    return (stored?.sequence ?? 0) > (own?.sequence ?? 0) ? stored : own;
  }

  stored(number) {
    try {
      return JSON.parse(localStorage.getItem(this.place(number)) ?? "null");
    } catch {
      return null; // storage is off
    }
  }

  put(change) {
    this.keep({ ...change, op: newName() });
  }

  keep(entry) {
    this.entries.set(entry.number, entry);
    try {
      localStorage.setItem(this.place(entry.number), JSON.stringify(entry));
    } catch {
      // No room, or storage is off: the queue still lives as long as the page.
    }
  }

  // A safe answer stays here until the attempt is handed in: a page shown again without a network must have it.
  settle(change, isKept) {
    // Two tabs may have counted to the same number: only the very change that was sent is settled.
    const isIt = (one) => one?.sequence === change.sequence && (!change.op || one.op === change.op);
    const entry = this.entries.get(change.number);
    if (isIt(entry)) {
      entry.safe = true;
      if (!isKept) this.entries.delete(change.number);
    }
    const stored = this.stored(change.number);
    if (!stored || !(isIt(stored) || stored.sequence < change.sequence)) return;
    try {
      if (isKept) localStorage.setItem(this.place(change.number), JSON.stringify({ ...stored, safe: true }));
      else localStorage.removeItem(this.place(change.number));
    } catch {
      // As above.
    }
  }

  // Resolves once what was waiting has been answered, or could not be sent.
  send() {
    const changes = this.waiting.slice(0, MOST_AT_ONCE).map(this.packed);
    if (!this.sending && changes.length) this.sending = this.post(changes);
    return this.sending ?? Promise.resolve();
  }

  async post(changes) {
    clearTimeout(this.timer);
    this.state("saving");
    const body = JSON.stringify({ device: this.device, changes });
    let isAnswered = false;
    try {
      const response = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body,
        keepalive: this.isLeaving && body.length < 20_000, // browsers refuse larger ones
        signal: AbortSignal.timeout?.(20_000),
      });
      if (response.status >= 500 || [408, 425, 429].includes(response.status)) throw new Error("later");
      this.isOffline = false;
      this.wait = 500;
      if (response.ok) {
        isAnswered = true;
        this.told(changes, await response.json());
      } else {
        this.state("refused"); // the queue stays: a page loaded anew sends it again
      }
    } catch {
      this.isOffline = true;
      this.state("offline");
      this.timer = setTimeout(() => this.send(), this.wait * (0.75 + Math.random() / 2));
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    } finally {
      this.sending = null;
    }
    if (isAnswered) await this.send();
  }
}
