// Lets the service worker keep pages, with the scripts and styles that this one uses, for when there is no network.
export function keepOffline(message) {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker
    .register("/service-worker.js")
    .then(() => navigator.serviceWorker.ready)
    .then((registration) => {
      const files = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(`${location.origin}/static/`));
      registration.active.postMessage({ ...message, files });
    })
    .catch(() => {}); // pages are kept where the browser allows it
}
