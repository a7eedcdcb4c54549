// Keeps the pages of attempts that were begun on this device, so that they can be gone on with without a network.

const FILES = "quizapp-files";
const OFFLINE = "/offline";

function codeOf(url) {
  return url.pathname.match(/^\/attempts\/([^/]+)(?:\/|$)/)?.[1];
}

async function keepPage(code, address, response) {
  if (!response.ok || response.redirected || response.type !== "basic") return;
  const cache = await caches.open(`quizapp-attempt-${code}`);
  await cache.put(address, response);
}

async function keepPages(code, addresses) {
  const cache = await caches.open(`quizapp-attempt-${code}`);
  for (const address of addresses) {
    if (await cache.match(address)) continue;
    await new Promise((resume) => setTimeout(resume, 400)); // kind to a server that a class opens at once
    await fetch(address, { credentials: "same-origin" }).then((response) => keepPage(code, address, response)).catch(() => {});
  }
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

async function page(request, code) {
  const url = new URL(request.url);
  try {
    const response = await fetch(request);
    if (response.type === "basic") await keepPage(code, url.pathname, response.clone());
    return response;
  } catch {
    const cache = await caches.open(`quizapp-attempt-${code}`);
    return (await cache.match(url.pathname)) ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
}

// A page sent with a button: without a network, go where the button leads. Its answers are in the page's queue.
async function sent(request, code) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const then = String((await copy.formData().catch(() => new FormData())).get("then") ?? "");
    const target = /^\d+$/.test(then) ? `/attempts/${code}/pages/${then}` : new URL(request.url).pathname;
    return Response.redirect(target.endsWith("/completion") ? `/attempts/${code}/check` : target, 303);
  }
}

addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.add(OFFLINE)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  const { keep, forget, code } = event.data ?? {};
  if (keep) event.waitUntil(keepPages(code, [...keep, `/attempts/${code}/check`]));
  if (forget) event.waitUntil(caches.delete(`quizapp-attempt-${forget}`));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const code = codeOf(url);
  if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (code && request.mode === "navigate") {
    event.respondWith(request.method === "GET" ? page(request, code) : sent(request, code));
  }
});
