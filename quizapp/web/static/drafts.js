// Checking drafts by key and without leaving the page; words selected in the article become a draft.
import { keySwitch } from "./keys.js";

const counts = document.getElementById("counts");
const undo = document.getElementById("undo");
const article = document.getElementById("text");
const words = document.getElementById("words");
const cards = [...document.querySelectorAll("form.draft")];
const isOn = keySwitch(document.getElementById("keys-on"));
let current; // the draft that keys are for, where nothing else has the focus
const done = []; // what can be undone, newest last: {draft id: the state it had}

for (const card of cards) {
  card.addEventListener("submit", (event) => {
    if (event.submitter.name !== "state") return; // a mend reloads the page: it shows what became of it
    event.preventDefault();
    set([card], event.submitter.value);
  });
  card.addEventListener("pointerenter", () => point(card));
  card.addEventListener("focusin", () => (point(card), frame(card)));
}

function frame(card) {
  current?.removeAttribute("aria-current");
  current = card;
  current?.setAttribute("aria-current", "true");
}

function isSeen(card) {
  const { top, bottom } = card.getBoundingClientRect();
  return top + bottom > 0 && top + bottom < 2 * innerHeight; // its middle
}

frame(cards.find((card) => card.dataset.state === "open") ?? cards[0]);

undo.addEventListener("submit", (event) => {
  if (!done.length) return; // what a page without scripts did is undone by the form itself
  event.preventDefault();
  back();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  const isNowhere = event.target === document.body;
  const card = isNowhere ? current : event.target.closest?.("form.draft");
  if (!isOn() || !card || event.target.matches("input, textarea, select")) return;
  const place = cards.indexOf(card);
  if (event.key === "n" || event.key === "j") ((!isNowhere && cards[place + 1]) || card).focus();
  else if (event.key === "p" || event.key === "k") ((!isNowhere && cards[place - 1]) || card).focus();
  else if (event.key === "z" && !undo.hidden) undo.requestSubmit();
  else if (isNowhere && !isSeen(card) && ["a", "x", "e"].includes(event.key)) card.focus(); // look at it first
  else if (event.key === "a" || event.key === "x" || event.key === "e") card.querySelector(`[data-key="${event.key}"]`).click();
  else return;
  event.preventDefault();
});

async function send(states) {
  const before = {};
  for (const [state, ids] of Object.entries(states)) {
    const body = new FormData(undo);
    body.delete("draft");
    for (const id of ids) body.append("draft", id);
    body.set("state", state);
    const response = await fetch(undo.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!response.ok || response.redirected) throw new Error(response.status);
    const told = await response.json();
    Object.assign(before, told.before);
    counts.textContent = counts.dataset.words.replace(/\{(\w+)\}/g, (_, name) => told.counts[name]);
    for (const id of ids) show(id, state);
  }
  undo.hidden = done.length === 0;
  return before;
}

async function set(chosen, state) {
  try {
    const before = await send({ [state]: chosen.map((card) => card.elements.draft.value) });
    if (Object.keys(before).length) done.push(before);
    undo.hidden = done.length === 0;
    const rest = cards.slice(cards.indexOf(chosen.at(-1)) + 1);
    if (state !== "open") (rest.find((card) => card.dataset.state === "open") ?? chosen.at(-1)).focus();
  } catch (error) {
    if (error instanceof TypeError) return void (counts.textContent = counts.dataset.lost); // no network
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "state", value: state });
    chosen[0].append(field);
    chosen[0].submit(); // the plain way tells what is wrong
  }
}

async function back() {
  const before = done.pop();
  const states = {};
  for (const [id, state] of Object.entries(before)) (states[state] ??= []).push(id);
  try {
    await send(states);
    document.getElementById(`d${Object.keys(before)[0]}`)?.focus();
  } catch {
    location.reload();
  }
}

function show(id, state) {
  const card = document.getElementById(`d${id}`);
  if (card) card.dataset.state = state;
}

function point(card) {
  for (const span of article.querySelectorAll(".pointed")) span.classList.remove("pointed");
  const places = card.dataset.spans.split(" ").map((pair) => pair.split("-").map(Number));
  let first;
  for (const span of article.querySelectorAll("[data-start]")) {
    const [start, end] = [Number(span.dataset.start), Number(span.dataset.end)];
    if (places.some(([from, to]) => start < to && from < end)) {
      span.classList.add("pointed");
      first ??= span;
    }
  }
  if (!first || article.scrollHeight <= article.clientHeight) return;
  // The article alone scrolls, never the page under the reader's eyes.
  const away = first.getBoundingClientRect().top - article.getBoundingClientRect().top;
  article.scrollTop += away - article.clientHeight / 3;
}

// Offsets count characters as Python does, not the halves that JavaScript counts.
function place(node, offset) {
  const span = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!span || !article.contains(span)) return null;
  const range = document.createRange();
  range.selectNodeContents(span);
  range.setEnd(node, offset);
  return Number(span.dataset.start) + [...range.toString()].length;
}

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !article.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0);
  const [start, end] = [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)];
  if (start === null || end === null || start >= end) return;
  words.elements.start.value = start;
  words.elements.end.value = end;
  words.elements.start.disabled = words.elements.end.disabled = false;
  words.elements.words.value = selection.toString().trim().slice(0, 200);
});

// The page comes anew with the draft: what was done last can still be undone there.
words.addEventListener("submit", () => {
  if (!done.length) return;
  const opened = Object.entries(done.at(-1)).filter(([, state]) => state === "open");
  words.elements.undo.value = opened.map(([id]) => id).join(".");
});

words.elements.words.addEventListener("input", () => {
  words.elements.start.disabled = words.elements.end.disabled = true;
});

const target = location.hash.startsWith("#d") && document.getElementById(location.hash.slice(1));
if (target) target.focus();
