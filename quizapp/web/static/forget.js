// The attempt is handed in, or all of a student is deleted: nothing of it stays on this device. What a tab that was closed
// had not sent yet goes to the server first, so that it is put aside there and told of.
import { Queue, wipe } from "./queue.js";

const { code, address } = document.getElementById("result").dataset;

function forget() {
  wipe(code);
  navigator.serviceWorker?.ready.then((registration) => registration.active.postMessage({ forget: code || "*" }));
}

if (code) {
  let isToldOf = false;
  const queue = new Queue({
    code,
    address,
    state() {},
    told(changes, { outcomes }) {
      for (const change of changes) queue.settle(change, false);
      isToldOf ||= outcomes.some((word) => word === "late" || word === "closed");
      if (queue.waiting.length) return;
      forget();
      if (isToldOf) location.reload();
    },
  });
  if (queue.waiting.length) queue.send();
  else forget();
} else {
  forget();
}
