// Keeps the progress of a class up to date. Asks less often while nothing happens, and not at all while hidden.
import { localise } from "./times.js";

const FASTEST = 4000, SLOWEST = 30000;
const place = document.getElementById("live");
let tag = "", wait = FASTEST;

async function look() {
  if (!document.hidden) {
    try {
      const response = await fetch(location.href, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
      if (response.redirected) return void location.reload();
      wait = response.ok ? FASTEST : Math.min(SLOWEST, wait * 1.5);
      if (response.ok) {
        tag = response.headers.get("ETag") ?? "";
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        place.replaceChildren(...page.getElementById("live").childNodes);
        localise(place);
      }
    } catch {
      wait = SLOWEST; // no network for a moment
    }
  }
  setTimeout(look, wait);
}

document.addEventListener("visibilitychange", () => {
  wait = FASTEST;
});
setTimeout(look, wait);
