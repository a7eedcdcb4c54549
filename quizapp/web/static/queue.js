// Changes of answers: kept on this device first, then sent, and sent again until the server says they are safe.
// The newest change of an answer is the one with the highest sequence number, whatever arrives last.

const LONGEST_WAIT = 15_000;
const MOST_AT_ONCE = 200;

function prefix(code) {
  return `quizapp:${code}:`;
}

// Nothing of an attempt stays on this device once it is handed in.
export function wipe(code) {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix(code))) localStorage.removeItem(name);
  } catch {
    // Storage is off: there is nothing to wipe.
  }
}

export class Queue {
  // `told` hears what the server says of each change, `state` the word for how things stand; `packed` makes of an
  // entry what is sent.
  constructor({ code, address, token, told, state, packed = ({ safe: _, ...change }) => change }) {
    Object.assign(this, { code, address, token, told, state, packed });
    this.device = Math.random().toString(36).slice(2, 14) || "tab";
    this.entries = new Map();
    this.isSending = false;
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

  put(entry) {
    this.entries.set(entry.number, entry);
    try {
      localStorage.setItem(this.place(entry.number), JSON.stringify(entry));
    } catch {
      // No room, or storage is off: the queue still lives as long as the page.
    }
  }

  // A safe answer stays here until the attempt is handed in: a page shown again without a network must have it.
  settle(change, isKept) {
    const entry = this.entries.get(change.number);
    if (entry?.sequence === change.sequence) {
      entry.safe = true;
      if (!isKept) this.entries.delete(change.number);
    }
    try {
      const stored = JSON.parse(localStorage.getItem(this.place(change.number)) ?? "null");
      if (!stored || stored.sequence > change.sequence) return;
      if (isKept) localStorage.setItem(this.place(change.number), JSON.stringify({ ...stored, safe: true }));
      else localStorage.removeItem(this.place(change.number));
    } catch {
      // As above.
    }
  }

  async send() {
    const changes = this.waiting.slice(0, MOST_AT_ONCE).map(this.packed);
    if (this.isSending || !changes.length) return;
    this.isSending = true;
    this.state("saving");
    const body = JSON.stringify({ device: this.device, changes });
    let isAnswered = false;
    try {
      const response = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body,
        keepalive: this.isLeaving && body.length < 20_000, // browsers refuse larger ones
        signal: AbortSignal.timeout(20_000),
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
      setTimeout(() => this.send(), this.wait * (0.75 + Math.random() / 2));
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    } finally {
      this.isSending = false;
    }
    if (isAnswered) this.send();
  }
}
