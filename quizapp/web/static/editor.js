// A preview that follows what is written; options moved by Alt+arrow; words selected in the article become the quote.
const form = document.getElementById("item");
const preview = document.getElementById("preview");
let timer;

async function show() {
  try {
    const response = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
    if (response.ok && !response.redirected) preview.innerHTML = await response.text();
    tellClaim();
  } catch {
    // No network: the preview stays as it was.
  }
}

// How the quoted sentence reads stands in the menu itself, where it may be chosen otherwise.
const asRead = form.elements.modality?.querySelector("option[value='']");
const asReadWords = asRead?.textContent;
function tellClaim() {
  const word = form.elements.modality?.value === "" && preview.querySelector("#read-as .claim")?.textContent.trim();
  if (asRead) asRead.textContent = word ? `${word} – ${asReadWords}` : asReadWords;
}
tellClaim();

function later() {
  clearTimeout(timer);
  timer = setTimeout(show, 400);
}

form.addEventListener("input", (event) => {
  if (!event.isComposing) later();
});
form.addEventListener("compositionend", later);

form.addEventListener("keydown", (event) => {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown") || event.isComposing) return;
  const part = event.target.closest(".part");
  const other = event.key === "ArrowUp" ? part?.previousElementSibling : part?.nextElementSibling;
  if (!other?.matches?.(".part")) return;
  event.preventDefault();
  const [mine, theirs] = [part, other].map((each) => [...each.querySelectorAll("input, textarea")]);
  mine.forEach((field, at) => {
    const name = ["checkbox", "radio"].includes(field.type) ? "checked" : "value";
    [field[name], theirs[at][name]] = [theirs[at][name], field[name]];
  });
  const [here, there] = [part, other].map((each) => each.querySelector("details"));
  [here.open, there.open] = [there.open, here.open];
  theirs[mine.indexOf(event.target)]?.focus();
  later();
});

const text = document.getElementById("text");
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!text || !selection.rangeCount || selection.isCollapsed || !text.contains(selection.anchorNode)) return;
  if (!text.contains(selection.focusNode)) return;
  form.elements.quote.value = selection.toString().trim();
  form.elements.fact.value = "+";
  later();
});

let isSaving = false;
form.addEventListener("submit", () => (isSaving = true));
const first = new URLSearchParams(new FormData(form)).toString();
addEventListener("beforeunload", (event) => {
  if (!isSaving && new URLSearchParams(new FormData(form)).toString() !== first) event.preventDefault();
});
