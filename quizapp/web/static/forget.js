// The attempt is handed in: nothing of it stays on this device.
import { wipe } from "./queue.js";

const { code } = document.getElementById("result").dataset;
wipe(code);
navigator.serviceWorker?.ready.then((registration) => registration.active.postMessage({ forget: code }));
