// Reviews of cards on their way to the server, by the same queue as answers. Each has a name of its own for good, so that
// sending it again counts once; taking one back is its next change.
import { Queue } from "./queue.js";

// Study days turn at four in the morning where the learner is.
document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/study; max-age=31536000; samesite=lax`;

export function studyQueue({ reviews, name }, told, state) {
  const queue = new Queue({
    code: `study-${name}`,
    address: reviews,
    state,
    packed: ({ number, sequence, item, rating, at, undone }) => ({
      operation: number, sequence, item, rating, undone, ago: Math.max(0, (Date.now() - at) / 1000),
    }),
    told: (changes) => {
      // A review stays until fresh cards are here: cards that were kept for offline use do not know of it.
      for (const { operation, sequence } of changes) queue.settle({ number: operation, sequence }, true);
      if (!queue.waiting.length) state("saved");
      told();
    },
  });
  addEventListener("online", () => queue.send());
  addEventListener("pageshow", () => {
    queue.isLeaving = false;
  });
  addEventListener("pagehide", () => {
    queue.isLeaving = true;
    queue.send();
  });
  document.addEventListener("visibilitychange", () => queue.send());
  return queue;
}
