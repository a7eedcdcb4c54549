// Study: one card after the other, also without a network. Without scripts the buttons of the page do the same.
import { keySwitch } from "./keys.js";
import { keepOffline } from "./offline.js";
import { studyQueue } from "./study-queue.js";

const FEW = 5;
const SAME_DAY = 12 * 3600;
const LATE = 300_000;
const desk = document.getElementById("desk");
const stage = document.getElementById("stage");
const state = document.getElementById("state");
const counts = document.getElementById("counts");
const shelf = `quizapp-study-${desk.dataset.name}`;

let cards = [];
let shown = null; // the card that is on the stage
let isFull = true; // whether the server may have more cards than are here
let changes = 0; // how often a review was given or taken back: a list of cards that is older does not know of it
let timer;
const given = []; // reviews of this page, to be taken back
const queue = studyQueue(desk.dataset, heard, (word) => {
  if (state.textContent !== state.dataset[word]) state.textContent = state.dataset[word];
});

// The newest review of each item that counts and that the cards here may not know of.
function lastReviews() {
  const last = new Map();
  for (const entry of queue.entries.values()) {
    if (!entry.undone && !(last.get(entry.item)?.at > entry.at)) last.set(entry.item, entry);
  }
  return last;
}

// When a card may be shown again: at once, at a moment, or not today.
function readyAt(card, last) {
  const review = last.get(card.dataset.item);
  if (!review) return 0;
  return review.wait < SAME_DAY ? review.at + review.wait * 1000 : Infinity;
}

function pick() {
  const last = lastReviews();
  const moments = cards.map((card) => readyAt(card, last));
  const now = Date.now();
  const again = moments.findIndex((moment) => moment > 0 && moment <= now);
  const at = again >= 0 ? again : moments.indexOf(0);
  const soonest = Math.min(Infinity, ...moments.filter((moment) => moment > now));
  return { card: cards[at], isAgain: again >= 0, soonest, left: moments.filter((moment) => moment === 0).length };
}

// Fresh cards know of every review; only what comes back within minutes waits here until they have it again.
function forget(names) {
  for (const entry of [...queue.entries.values()]) {
    const isOver = Date.now() > entry.at + entry.wait * 1000 + LATE;
    if (entry.undone || entry.wait >= SAME_DAY || isOver || names.has(entry.item)) queue.settle(entry, false);
  }
}

function parsed(text, isNew) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const root = page.querySelector("[data-due]");
  if (!root) return false;
  const fresh = [...root.querySelectorAll("article")];
  const names = new Set(fresh.map((card) => card.dataset.item));
  if (isNew) forget(names);
  // What comes back within minutes is not among fresh cards yet.
  const last = lastReviews();
  const isComing = (card) => last.has(card.dataset.item) && readyAt(card, last) < Infinity;
  const kept = cards.filter((card) => !names.has(card.dataset.item) && isComing(card));
  cards = [...fresh.map((card) => document.importNode(card, true)), ...kept];
  counts.textContent = `${root.dataset.due} · ${root.dataset.new}`;
  isFull = fresh.length > 0;
  return true;
}

// Gets fresh cards once every review is safe; says whether it did.
async function refresh() {
  await queue.send();
  if (queue.waiting.length) return false;
  const before = changes;
  // Opened before asking: what comes late goes with a shelf that was cleared meanwhile.
  const kept = await window.caches?.open(shelf).catch(() => undefined);
  try {
    const response = await fetch(desk.dataset.cards, { cache: "no-store", signal: AbortSignal.timeout(20_000) });
    if (!response.ok) return false;
    const text = await response.text();
    if (changes !== before || !parsed(text, true)) return false;
    await kept?.put(desk.dataset.cards, new Response(text)).catch(() => {});
    return true;
  } catch {
    return false;
  }
}

async function fromShelf() {
  try {
    const kept = await caches.match(desk.dataset.cards);
    return Boolean(kept) && parsed(await kept.text(), false);
  } catch {
    return false; // nothing is kept, or the browser keeps nothing
  }
}

async function next(hasFocus = true) {
  clearTimeout(timer);
  let found = pick();
  if ((!found.card || found.isAgain) && isFull !== null) {
    await refresh();
    found = pick();
  }
  if (found.card) return front(found.card, hasFocus);
  shown = null;
  if (found.soonest < Infinity) {
    say("later-text");
    timer = setTimeout(next, Math.max(1000, found.soonest - Date.now()));
  } else {
    say(queue.waiting.length ? "offline-text" : "done-text");
  }
}

function say(name) {
  stage.replaceChildren(document.getElementById(name).content.cloneNode(true));
  stage.querySelector("h2").focus();
}

function put(bar, ...parts) {
  stage.replaceChildren(...parts, document.getElementById(bar).content.cloneNode(true));
}

function front(card, hasFocus = true) {
  shown = card;
  const side = card.querySelector(".front").cloneNode(true);
  put("show-bar", side);
  stage.querySelector("button").addEventListener("click", back);
  if (hasFocus) {
    side.focus({ preventScroll: true });
    desk.scrollIntoView({ block: "nearest" });
  }
}

function back() {
  const side = shown.querySelector(".back").cloneNode(true);
  put("rating-bar", side);
  const waits = lastReviews().has(shown.dataset.item) ? {} : JSON.parse(shown.dataset.waits);
  for (const button of stage.querySelectorAll("button.rating")) {
    button.querySelector("small").textContent = waits[button.value]?.[0] ?? "";
    button.addEventListener("click", () => rate(Number(button.value)));
  }
  side.focus({ preventScroll: true });
  side.scrollIntoView({ block: "nearest" });
}

function newName() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function rate(rating) {
  if (!shown) return;
  const wait = JSON.parse(shown.dataset.waits)[rating][1];
  const entry = { number: newName(), sequence: 1, item: shown.dataset.item, rating, at: Date.now(), wait, undone: false };
  given.push({ entry, card: shown });
  document.getElementById("undo-form").hidden = false;
  shown = null;
  changes += 1;
  queue.put(entry);
  queue.send();
  next();
}

function undo() {
  const { entry, card } = given.pop();
  changes += 1;
  queue.put({ ...entry, sequence: 2, undone: true });
  queue.send();
  if (!cards.includes(card)) cards.unshift(card);
  clearTimeout(timer);
  front(card);
}

async function heard() {
  if (queue.waiting.length) return;
  if (!shown) next();
  else if (isFull && pick().left < FEW) await refresh();
}

document.getElementById("undo-form").addEventListener("submit", (event) => {
  if (!given.length) return; // the server knows the last review
  event.preventDefault();
  undo();
});

for (const button of document.querySelectorAll("#furigana button")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    document.documentElement.dataset.furigana = button.value;
    for (const each of button.parentElement.querySelectorAll("button")) each.setAttribute("aria-pressed", String(each === button));
    const body = new FormData(button.form);
    body.set("furigana", button.value);
    fetch(button.form.action, { method: "POST", body, keepalive: true }).catch(() => {}); // without a network it holds for this page
  });
}

const keysAreOn = keySwitch(document.getElementById("keys-on"));
document.addEventListener("keydown", (event) => {
  if (!keysAreOn() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  const isPress = event.key === " " || event.key === "Enter";
  if (isPress && event.target.closest("a, button, summary, input, select, textarea")) return;
  const show = document.querySelector("#stage .thumb > button");
  const chosen = isPress ? "3" : event.key; // as in Anki
  const rating = /^[1-4]$/.test(chosen) && stage.querySelector(`button[name=rating][value="${chosen}"]`);
  if (isPress && show) show.click();
  else if (rating) rating.click();
  else if (event.key === "z" && !document.getElementById("undo-form").hidden) document.getElementById("undo").click();
  else return;
  event.preventDefault();
});

// What was graded before this page was opened goes first; where the network is away, cards that were kept are shown.
if (!(await refresh())) await fromShelf();
if (cards.length) await next(false);
stage.dataset.live = ""; // from here on the page goes on by itself

keepOffline({ keep: [location.pathname], shelf });
