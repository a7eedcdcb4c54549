// Keeps the pages of attempts and of study that were begun on this device, so that they can be gone on with without a
// network.

const FILES = "quizapp-files";
const OFFLINE = "/offline";

function codeOf(url) {
  return url.pathname.match(/^\/attempts\/([^/]+)(?:\/|$)/)?.[1];
}

// Where a page is kept: those of an attempt together, until it is handed in.
function shelfOf(url) {
  const code = codeOf(url);
  const studied = url.pathname.match(/^\/study\/([^/]+)$/)?.[1];
  return code ? `quizapp-attempt-${code}` : studied && `quizapp-study-${studied}`;
}

async function keepPage(shelf, address, response) {
  if (!response.ok || response.redirected || response.type !== "basic") return;
  const cache = await caches.open(shelf);
  await cache.put(address, response);
}

async function keepPages(shelf, addresses) {
  const cache = await caches.open(shelf);
  for (const address of addresses) {
    if (await cache.match(address)) continue;
    await new Promise((resume) => setTimeout(resume, 400)); // kind to a server that a class opens at once
    await fetch(address, { credentials: "same-origin" }).then((response) => keepPage(shelf, address, response)).catch(() => {});
  }
}

async function keepFiles(addresses) {
  const cache = await caches.open(FILES);
  for (const address of addresses) if (!(await cache.match(address))) await cache.add(address).catch(() => {});
}

async function file(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request);
  if (kept && new URL(request.url).searchParams.has("v")) return kept;
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function page(request, shelf) {
  const url = new URL(request.url);
  try {
    const response = await fetch(request);
    if (response.type === "basic") await keepPage(shelf, url.pathname, response.clone());
    return response;
  } catch {
    const cache = await caches.open(shelf);
    return (await cache.match(url.pathname)) ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
}

// A page sent with a button: without a network, go where the button leads. Its answers are in the page's queue.
async function sent(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const then = String((await copy.formData().catch(() => new FormData())).get("then") ?? "");
    const code = codeOf(new URL(request.url));
    const target = code && /^\d+$/.test(then) ? `/attempts/${code}/pages/${then}` : new URL(request.url).pathname;
    return Response.redirect(target.endsWith("/completion") ? `/attempts/${code}/check` : target, 303);
  }
}

addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.add(OFFLINE)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  const { keep, shelf, files, forget } = event.data ?? {};
  if (keep) event.waitUntil(Promise.all([keepFiles(files ?? []), keepPages(shelf, keep)]));
  if (forget) event.waitUntil(caches.delete(`quizapp-attempt-${forget}`));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const shelf = shelfOf(url);
  if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (shelf && request.mode === "navigate") {
    event.respondWith(request.method === "GET" ? page(request, shelf) : sent(request));
  }
});
