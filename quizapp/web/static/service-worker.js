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

// The shelf was opened before the page was asked for: if it is thrown away meanwhile, the page goes with it.
async function keepPage(cache, address, response) {
  if (response.ok && !response.redirected && response.type === "basic") await cache.put(address, response);
}

// The files come first: without its scripts a page is of no use.
async function keepPages(shelf, addresses, files) {
  const cache = await caches.open(shelf);
  await keepFiles(files);
  for (const address of addresses) {
    if (await cache.match(address)) continue;
    await new Promise((resume) => setTimeout(resume, 400)); // kind to a server that a class opens at once
    await fetch(address, { credentials: "same-origin" }).then((response) => keepPage(cache, address, response)).catch(() => {});
  }
}

async function keepFiles(addresses) {
  const cache = await caches.open(FILES);
  for (const address of addresses) if (!(await cache.match(address))) await cache.add(address).catch(() => {});
}

// Throws away the kept pages of an attempt, or with "*" of everything that was begun on this device.
async function forgetPages(code) {
  const isOf = (name) => (code === "*" ? /^quizapp-(attempt|study)-/.test(name) : name === `quizapp-attempt-${code}`);
  await Promise.all((await caches.keys()).filter(isOf).map((name) => caches.delete(name)));
}

// Of a file only the newest version is kept.
async function keepFile(cache, request, response) {
  const { pathname } = new URL(request.url);
  const older = (await cache.keys()).filter(({ url }) => new URL(url).pathname === pathname && url !== request.url);
  await cache.put(request, response);
  await Promise.all(older.map((one) => cache.delete(one)));
}

async function file(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request);
  if (kept && new URL(request.url).searchParams.has("v")) return kept;
  try {
    const response = await fetch(request);
    if (response.ok) await keepFile(cache, request, response.clone()).catch(() => {});
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// A kept page says that it is one: what it tells of the time and of answers is that of an earlier moment.
async function asKept(response) {
  const text = await response.text();
  return new Response(text.replace("<html", "<html data-kept"), { headers: response.headers });
}

async function page(event, shelf) {
  const { request } = event;
  const url = new URL(request.url);
  const cache = await caches.open(shelf).catch(() => undefined);
  try {
    const response = await fetch(request);
    // Where the device has no room, the page is shown all the same.
    if (response.type === "basic" && cache) event.waitUntil(keepPage(cache, url.pathname, response.clone()).catch(() => {}));
    return response;
  } catch {
    const kept = await cache?.match(url.pathname).catch(() => undefined);
    return kept ? asKept(kept) : ((await caches.match(OFFLINE)) ?? Response.error());
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
  if (keep) event.waitUntil(keepPages(shelf, keep, files ?? []));
  if (forget) event.waitUntil(forgetPages(forget));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const shelf = shelfOf(url);
  if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (shelf && request.mode === "navigate") {
    event.respondWith(request.method === "GET" ? page(event, shelf) : sent(request));
  }
});
