// Each change of an answer is kept on this device first, then sent, and sent again until the server says it is safe.
// The newest change of an answer is the one with the highest sequence number, whatever arrives last.

const form = document.getElementById("answers");
const state = document.getElementById("state");
const answered = document.getElementById("answered");
const drawer = `quizapp:${form.dataset.code}`;
const device = Math.random().toString(36).slice(2, 14) || "tab";
const LONGEST_WAIT = 15_000;
const PAUSE_IN_TYPING = 600;

const fields = new Map([...form.querySelectorAll("fieldset.question")].map((set) => [Number(set.dataset.number), set]));
const answeredAtFirst = new Set([...fields.keys()].filter((number) => isAnswered(read(number))));
const queue = load();
const changedHere = new Set();
let isSending = false;
let isHandingIn = false;
let isLeaving = false;
let wait = 500;
let typing = 0;
let timer;

// One place for each question: two tabs of one browser must not wipe out each other's answers.
function place(number) {
  return `${drawer}:${number}`;
}

function load() {
  const found = new Map();
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(`${drawer}:`)) continue;
      const change = JSON.parse(localStorage.getItem(name));
      found.set(change.number, change);
    }
  } catch {
    // Storage is off: the queue lives as long as the page.
  }
  return found;
}

function put(change) {
  queue.set(change.number, change);
  try {
    localStorage.setItem(place(change.number), JSON.stringify(change));
  } catch {
    // No room, or storage is off: the queue still lives as long as the page.
  }
}

function drop(change) {
  if (queue.get(change.number)?.sequence === change.sequence) queue.delete(change.number);
  try {
    const kept = JSON.parse(localStorage.getItem(place(change.number)) ?? "null");
    if (kept && kept.sequence <= change.sequence) localStorage.removeItem(place(change.number));
  } catch {
    // As above.
  }
}

function say(word) {
  if (state.textContent !== state.dataset[word]) state.textContent = state.dataset[word];
}

function isAnswered(answer) {
  return answer.some((text) => text.trim());
}

function read(number) {
  const set = fields.get(number);
  const gaps = set.querySelectorAll(`[name^="q${number}."]`);
  if (gaps.length) return [...gaps].sort((a, b) => gapOf(a) - gapOf(b)).map((gap) => gap.value);
  const typed = set.querySelector("input[type=text]");
  if (typed) return [typed.value];
  return [...set.querySelectorAll("input:checked")].map((input) => input.value);
}

function isOther(left, right) {
  return JSON.stringify(isAnswered(left) ? left : []) !== JSON.stringify(isAnswered(right) ? right : []);
}

function gapOf(field) {
  return Number(field.name.split(".")[1]);
}

function show(number, answer) {
  const set = fields.get(number);
  for (const input of set.querySelectorAll("input[type=radio], input[type=checkbox]")) {
    input.checked = answer.includes(input.value);
  }
  const typed = set.querySelector(`input[name="q${number}"][type=text]`);
  if (typed) typed.value = answer[0] ?? "";
  for (const gap of set.querySelectorAll(`[name^="q${number}."]`)) gap.value = answer[gapOf(gap) - 1] ?? "";
}

function count() {
  if (!answered) return;
  const now = [...fields.keys()].filter((number) => isAnswered(read(number))).length;
  answered.textContent = answered.dataset.words.replace("{}", Number(answered.dataset.count) - answeredAtFirst.size + now);
}

// The page's own form carries the sequence too, and no longer what the question was shown with: it has changed.
function setSequence(number, sequence) {
  form.elements[`s${number}`].value = sequence;
  form.elements[`w${number}`]?.remove();
}

function sequenceOf(number) {
  return Number(form.elements[`s${number}`].value);
}

function keep(number) {
  const sequence = Math.max(sequenceOf(number), queue.get(number)?.sequence ?? 0) + 1;
  setSequence(number, sequence);
  changedHere.add(number);
  put({ number, sequence, answer: read(number) });
  count();
  send();
}

async function send() {
  if (isSending || !queue.size) return;
  isSending = true;
  say("saving");
  const changes = [...queue.values()];
  const body = JSON.stringify({ device, changes });
  try {
    const response = await fetch(form.dataset.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      body,
      keepalive: isLeaving && body.length < 20_000, // browsers refuse larger ones
      signal: AbortSignal.timeout(20_000),
    });
    if (response.status >= 500 || [408, 425, 429].includes(response.status)) throw new Error("later");
    if (response.ok) settle(changes, await response.json());
    else say("refused"); // the queue stays: a page loaded anew sends it again
    wait = 500;
  } catch {
    say("offline");
    setTimeout(send, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  } finally {
    isSending = false;
  }
  if (state.textContent === state.dataset.saving) send();
}

// What changed again while its answer was on the way stays in the queue.
function settle(changes, { outcomes, sequences }) {
  let word = "saved";
  changes.forEach((change, index) => {
    drop(change);
    if (outcomes[index] === "closed") word = "closed";
    if (outcomes[index] !== "stale") return;
    // Another page was ahead. What was answered here just now is newer all the same; what lay waiting is not.
    if (changedHere.has(change.number) && fields.has(change.number)) {
      setSequence(change.number, Math.max(sequences[index], sequenceOf(change.number)));
      const sequence = sequenceOf(change.number) + 1;
      setSequence(change.number, sequence);
      put({ number: change.number, sequence, answer: read(change.number) });
    } else if (sequences[index] > change.sequence) {
      word = "overtaken";
    }
  });
  if (queue.size) return;
  say(word);
  if (isHandingIn) form.requestSubmit();
}

function questionOf(event) {
  const set = event.target.closest("fieldset.question");
  return set ? Number(set.dataset.number) : 0;
}

function keepSoon(number) {
  clearTimeout(timer);
  typing = number;
  timer = setTimeout(keepTyped, PAUSE_IN_TYPING);
}

function keepTyped() {
  clearTimeout(timer);
  if (typing) keep(typing);
  typing = 0;
}

form.addEventListener("change", (event) => {
  const number = questionOf(event);
  if (event.target.type === "text") keepTyped();
  else if (number) keep(number);
});

// While an input method composes there is nothing to save yet.
form.addEventListener("input", (event) => {
  if (!event.isComposing && event.target.type === "text") keepSoon(questionOf(event));
});
form.addEventListener("compositionend", (event) => keepSoon(questionOf(event)));

form.addEventListener("submit", (event) => {
  keepTyped();
  // An attempt is handed in only when all its answers are safe; then by itself.
  if (!("handsIn" in form.dataset) || !queue.size) return;
  event.preventDefault();
  isHandingIn = true;
  send();
});
addEventListener("online", send);
addEventListener("pageshow", () => {
  isLeaving = false;
});
addEventListener("pagehide", () => {
  isLeaving = true;
  keepTyped();
  send();
});
document.addEventListener("visibilitychange", () => {
  keepTyped();
  send();
});

// Answers that a closed tab had not sent yet: show them, unless the server knows a newer one, and send them.
for (const [number, change] of queue) {
  if (fields.has(number) && change.sequence > sequenceOf(number)) {
    setSequence(number, change.sequence);
    show(number, change.answer);
  }
}
// What was answered before this script was there.
for (const number of fields.keys()) {
  const shown = form.elements[`w${number}`];
  if (shown && isOther(JSON.parse(shown.value), read(number))) keep(number);
}
count();
send();
