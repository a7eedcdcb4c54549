// Looks bank after bank over while the page tells how far it is; each look is a request of its own.
const form = document.getElementById("look");
const last = Number(sessionStorage.getItem("stale") ?? Infinity);
const left = Number(form.dataset.stale ?? 0);
// Only while it gets on: a bank that is being changed all the time waits for the button.
if (left && left < last) {
  sessionStorage.setItem("stale", String(left));
  form.querySelector("button").click();
} else {
  sessionStorage.removeItem("stale");
}
