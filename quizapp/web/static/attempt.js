// A page of an attempt: saves each change, shows how things stand, hands in when all is safe.
import { useKeys } from "./keys.js";
import { keepOffline } from "./offline.js";
import { Queue } from "./queue.js";
import { useTimer } from "./timer.js";

const form = document.getElementById("answers");
const state = document.getElementById("state");
const answered = document.getElementById("answered");
const grid = document.getElementById("grid");
const PAUSE_IN_TYPING = 600;

const fields = new Map([...form.querySelectorAll("fieldset.question")].map((set) => [Number(set.dataset.number), set]));
const changedHere = new Set();
let isHandingIn = false;
let typing = 0;
let pause;

const queue = new Queue({
  code: form.dataset.code,
  address: form.dataset.address,
  told: hear,
  state: say,
});

function say(word) {
  if (state.textContent !== state.dataset[word]) state.textContent = state.dataset[word];
}

function isAnswered(answer) {
  return answer.some((text) => text.trim());
}

function gapOf(field) {
  return Number(field.name.split(".")[1]);
}

function read(number) {
  const set = fields.get(number);
  const gaps = set.querySelectorAll(`[name^="q${number}."]`);
  if (gaps.length) return [...gaps].sort((a, b) => gapOf(a) - gapOf(b)).map((gap) => gap.value);
  const typed = set.querySelector(`input[type=text]`);
  if (typed) return [typed.value];
  return [...set.querySelectorAll(`input[name="q${number}"]:checked`)].map((input) => input.value);
}

function flagOf(number) {
  return form.elements[`f${number}`];
}

function show({ number, answer, flagged }) {
  const set = fields.get(number);
  for (const input of set.querySelectorAll(`input[name="q${number}"]:not([type=text])`)) {
    input.checked = answer.includes(input.value);
  }
  const typed = set.querySelector(`input[name="q${number}"][type=text]`);
  if (typed) typed.value = answer[0] ?? "";
  for (const gap of set.querySelectorAll(`[name^="q${number}."]`)) gap.value = answer[gapOf(gap) - 1] ?? "";
  flagOf(number).checked = flagged;
}

function count() {
  for (const number of fields.keys()) showInGrid(number, isAnswered(read(number)), flagOf(number).checked);
  // Not from a number that came with the page: the page may have been kept since before other pages were answered.
  if (grid) answered.textContent = answered.dataset.words.replace("{}", grid.querySelectorAll(".answered").length);
}

function showInGrid(number, isDone, isFlagged) {
  const button = grid?.querySelector(`[data-number="${number}"]`);
  if (!button) return;
  button.classList.toggle("answered", isDone);
  button.classList.toggle("flagged", isFlagged);
  const word = isDone ? (isFlagged ? "answeredFlagged" : "answered") : isFlagged ? "flagged" : "blank";
  button.setAttribute("aria-label", grid.dataset[word].replace("{}", number));
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
  const sequence = Math.max(sequenceOf(number), queue.newest(number)?.sequence ?? 0) + 1;
  setSequence(number, sequence);
  changedHere.add(number);
  queue.put({ number, sequence, answer: read(number), flagged: flagOf(number).checked });
  count();
  queue.send();
}

// What changed again while its answer was on the way stays in the queue.
function hear(changes, { outcomes, sequences, left }) {
  let word = "saved";
  changes.forEach((change, index) => {
    queue.settle(change, outcomes[index] === "saved");
    if (["closed", "late"].includes(outcomes[index])) word = outcomes[index];
    if (outcomes[index] !== "stale") return;
    // Another page was ahead. What was answered here just now is newer all the same; what lay waiting is not, nor what
    // another tab of this browser, which knew of it, has changed since.
    const number = change.number;
    const isOlder = (queue.stored(number)?.sequence ?? 0) > change.sequence;
    if (changedHere.has(number) && fields.has(number) && !isOlder) {
      const sequence = Math.max(sequences[index], sequenceOf(number)) + 1;
      setSequence(number, sequence);
      queue.put({ number, sequence, answer: read(number), flagged: flagOf(number).checked });
    } else if (sequences[index] > change.sequence + (change.withForm ? 1 : 0)) {
      word = "overtaken";
    }
  });
  timer?.set(left);
  if (queue.waiting.length) return;
  say(word);
  if (isHandingIn) leave();
}

// The look back, where this device knows of answers that its page does not: those that wait, or, where the page itself was
// kept for want of a network, all of them.
function lookOver() {
  const known = "kept" in document.documentElement.dataset ? [...queue.entries.values()] : queue.waiting;
  const place = (list, number) => document.querySelector(`#${list} [data-number="${number}"]`);
  let more = 0;
  for (const { number, answer, flagged } of known) {
    const blank = place("blank", number);
    if (blank && isAnswered(answer)) {
      blank.remove();
      more += 1;
    }
    if (!flagged) place("unsure", number)?.remove();
  }
  for (const list of document.querySelectorAll("#blank, #unsure")) list.hidden = !list.querySelector("[data-number]");
  answered.textContent = answered.dataset.words.replace("{}", Number(answered.dataset.count) + more);
}

function questionOf(target) {
  const set = target.closest("fieldset.question");
  return set ? Number(set.dataset.number) : 0;
}

function keepSoon(number) {
  clearTimeout(pause);
  typing = number;
  pause = setTimeout(keepTyped, PAUSE_IN_TYPING);
}

function keepTyped() {
  clearTimeout(pause);
  if (typing) keep(typing);
  typing = 0;
}

// Hands in, or goes to the result of an attempt that the server has handed in meanwhile.
function leave() {
  form.action = form.dataset.completion;
  form.noValidate = true;
  HTMLFormElement.prototype.submit.call(form);
}

function handIn() {
  isHandingIn = true;
  keepTyped();
  if (queue.waiting.length) queue.send();
  else leave();
}

const timer = useTimer(form.dataset.code, () => {
  keepTyped();
  for (const set of fields.values()) set.disabled = true;
  handIn();
});

form.addEventListener("change", (event) => {
  const number = questionOf(event.target);
  if (event.target.type === "text") keepTyped();
  else if (number) keep(number);
});

// While an input method composes there is nothing to save yet.
form.addEventListener("input", (event) => {
  if (!event.isComposing && event.target.type === "text") keepSoon(questionOf(event.target));
});
form.addEventListener("compositionend", (event) => keepSoon(questionOf(event.target)));
form.addEventListener("keydown", (event) => {
  // Enter in a text field would press the first button; while composing it belongs to the input method.
  if (event.key === "Enter" && event.target.type === "text") event.preventDefault();
});

form.addEventListener("submit", (event) => {
  keepTyped();
  if ("handsIn" in form.dataset) {
    // An attempt is handed in only when all its answers are safe; then by itself.
    if (!queue.waiting.length) return;
    event.preventDefault();
    handIn();
    return;
  }
  if (!queue.isOffline && navigator.onLine) {
    // The form carries the same answers one step further; the queue need not wonder who was ahead.
    for (const entry of queue.waiting) if (fields.has(entry.number)) queue.keep({ ...entry, withForm: true });
    return;
  }
  // Without a network the answers stay here, and the pages that this device keeps are shown.
  const then = event.submitter?.value ?? "";
  event.preventDefault();
  const number = Number(then.match(/^(?:q)?(\d+)$/)?.[1]);
  if (!number && then !== "check") {
    say("offline");
    return;
  }
  if (then === "check") location.assign("../check");
  else if (!then.startsWith("q")) location.assign(`../pages/${number}`);
  else if (document.getElementById(then)) location.hash = then;
  else location.assign(`../pages/${Math.ceil(number / Number(form.dataset.size))}#${then}`);
});

addEventListener("online", () => queue.send());
addEventListener("pageshow", () => {
  queue.isLeaving = false;
});
addEventListener("pagehide", () => {
  queue.isLeaving = true;
  keepTyped();
  queue.send();
});
document.addEventListener("visibilitychange", () => {
  keepTyped();
  queue.send();
});

// Answers that a closed tab had not sent yet, or that a page kept for offline use does not know: show them.
for (const [number, entry] of queue.entries) {
  if (fields.has(number) && entry.sequence > sequenceOf(number)) {
    setSequence(number, entry.sequence);
    show(entry);
  } else if (grid && !fields.has(number)) {
    showInGrid(number, isAnswered(entry.answer), entry.flagged);
  }
}
// What was answered before this script was there.
for (const number of fields.keys()) {
  const shown = form.elements[`w${number}`];
  if (!shown) continue;
  const before = JSON.parse(shown.value);
  const [flagged, answer] = [before.pop(), before];
  const now = read(number);
  const isOther = JSON.stringify(isAnswered(answer) ? answer : []) !== JSON.stringify(isAnswered(now) ? now : []);
  if (isOther || flagged !== flagOf(number).checked) keep(number);
}
count();
if ("handsIn" in form.dataset) lookOver();
useKeys(fields);
queue.send();

if (form.dataset.pages) {
  const pages = Array.from({ length: Math.min(20, Number(form.dataset.pages)) }, (_, index) =>
    new URL(`pages/${index + 1}`, new URL(form.dataset.address, location.href)).pathname);
  const shelf = `quizapp-attempt-${form.dataset.code}`;
  keepOffline({ keep: [...pages, `/attempts/${form.dataset.code}/check`], shelf });
}
