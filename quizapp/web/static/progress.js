// Tells how far a long task is; when it is over, the page leads on.
const bar = document.getElementById("progress");

async function look() {
  try {
    const response = await fetch(bar.dataset.address, { headers: { Accept: "application/json" } });
    if (!response.ok || response.redirected) return void location.reload();
    const { state, percent } = await response.json();
    bar.value = percent;
    if (state !== "waiting") return void location.reload();
  } catch {
    // No network for a moment: look again.
  }
  setTimeout(look, 700);
}

look();
