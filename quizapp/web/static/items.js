// One tick for all questions of the page.
const all = document.getElementById("all");
if (all) {
  all.parentElement.hidden = false;
  const ticks = [...document.querySelectorAll('#bulk input[name="item"]')];
  all.addEventListener("change", () => ticks.forEach((tick) => (tick.checked = all.checked)));
}
