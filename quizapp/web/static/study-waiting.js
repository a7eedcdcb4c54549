// Reviews that were given without a network are sent from here too, and the page is then shown as it stands.
import { studyQueue } from "./study-queue.js";

for (const desk of document.querySelectorAll("[data-reviews]")) {
  const queue = studyQueue(desk.dataset, () => queue.waiting.length || location.reload(), () => {});
  queue.send();
}
