// Makes the page work offline after one visit. Touches nothing but this folder's own files.
// A new build waits until the page posts "skip-waiting"; the page then reloads.

const BUILD = "dev"; // the build writes its own hash here, so that browsers see a new worker
const SCOPE = self.registration.scope;
const PREFIX = `viewfinder:${new URL(SCOPE).pathname}:`;
const CACHE = PREFIX + BUILD;
const PATIENCE = 3000; // milliseconds that a page load waits for the network before the kept page is shown

function ours(url) {
  return url.origin === self.location.origin && url.href.startsWith(SCOPE);
}

// Named by their content or carrying the build's version: never change.
function settled(url) {
  return /-[0-9a-f]{8,16}(_bg)?\.\w+$/.test(url.pathname) || url.searchParams.has("v");
}

// The files of the page, as index.html names them.
function filesOf(html) {
  const names = [...html.matchAll(/\s(?:href|src|data-js|data-wasm)=["']?([^"'\s>]+)/g)].map((hit) => hit[1]);
  const lazy = /\sdata-lazy="([^"]*)"/.exec(html)?.[1].split(" ") ?? [];
  const urls = [...names, ...lazy].filter((name) => name && !name.startsWith("#")).map((name) => new URL(name, SCOPE));
  return [...new Set(urls.filter(ours).map((url) => url.href))].filter((href) => href !== SCOPE);
}

async function keep() {
  const page = await fetch(SCOPE, { cache: "no-cache" });
  if (!page.ok) throw new Error(`page: ${page.status}`);
  const html = await page.clone().text();
  // In the middle of a deployment the page may be of another build; the browser tries again later.
  if (!html.includes(`data-build="${BUILD}"`)) throw new Error("page and worker are of different builds");
  const store = await caches.open(CACHE);
  await store.addAll(filesOf(html).map((href) => new Request(href, { cache: "no-cache" })));
  await store.put(SCOPE, page);
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()));
self.addEventListener("message", (event) => {
  if (event.data === "skip-waiting") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !ours(url)) return;
  event.respondWith(event.request.mode === "navigate" ? page(event.request) : file(event.request, url));
});

// Network first, but not for longer than a person would wait.
async function page(request) {
  const kept = await caches.match(SCOPE, { cacheName: CACHE });
  const fresh = fetch(request);
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const answer = await Promise.race([fresh, late]);
    if (answer?.ok) return answer;
  } catch { /* offline: the kept page */ }
  fresh.catch(() => {});
  return kept;
}

async function file(request, url) {
  const kept = await caches.match(request, { cacheName: CACHE });
  if (kept && settled(url)) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
