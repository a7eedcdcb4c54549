// Keys for study: space shows the answer, 1 to 4 rate, u takes back. Without scripts the buttons do the same.

document.getElementById("answer")?.focus();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.matches?.("input:not([type=hidden]), select, textarea, button, a, summary") && event.key === " ") return;
  const show = document.getElementById("show");
  const rating = document.querySelector(`button[name=rating][value="${/^[1-4]$/.test(event.key) ? event.key : 0}"]`);
  if (event.key === " " && show) show.click();
  else if (rating) rating.click();
  else if (event.key === "u") document.getElementById("undo")?.click();
  else return;
  event.preventDefault();
});
