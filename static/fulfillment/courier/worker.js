// The courier's pages where there is no network: pages of the day from the network first, then as they were
// kept; styles, scripts and pictures from what is kept, made new behind. VERSION and FALLBACK stand above.
const PAGES = "courier-pages";
const ASSETS = `courier-assets-${VERSION}`;
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  event.waitUntil(keepFallback().then(() => self.skipWaiting()));
});

/** The page for where nothing is kept, whole: with its styles, scripts and pictures. */
async function keepFallback() {
  const kept = await caches.open(ASSETS);
  await kept.add(FALLBACK);
  const text = await (await kept.match(FALLBACK)).text();
  await keepAll(ASSETS, [...text.matchAll(/(?:src|href)="([^"]*\/static\/[^"]+)"/g)].map((found) => found[1]));
}

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("courier-assets-") && name !== ASSETS;
  const clean = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  event.waitUntil(clean.then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  const all = Promise.all([keepAll(PAGES, event.data.pages), keepAll(ASSETS, event.data.assets)]);
  event.waitUntil(all.then(() => event.source?.postMessage("kept")));
});

async function keepAll(name, addresses) {
  const kept = await caches.open(name);
  const own = [...new Set(addresses)].filter((address) => new URL(address, location).origin === location.origin);
  await Promise.allSettled(own.map((address) => keepOne(kept, address)));
}

async function keepOne(kept, address) {
  const isAsset = new URL(address, location).pathname.includes("/static/");
  if (isAsset && (await kept.match(address))) return;
  const answer = await fetch(address, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await kept.put(address, answer);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method === "GET" && pathname.includes("/static/")) event.respondWith(asset(event));
});

async function page(request) {
  const kept = await caches.open(PAGES);
  try {
    const answer = await patient(request);
    if (request.method === "GET" && answer.ok && !answer.redirected) await kept.put(request.url, answer.clone());
    return answer;
  } catch {
    const known = request.method === "GET" && (await kept.match(request.url, { ignoreVary: true }));
    return known || caches.match(FALLBACK);
  }
}

function patient(request) {
  const slow = new Promise((_resolve, reject) => setTimeout(() => reject(new Error("no answer")), PATIENCE));
  return request.method === "GET" ? Promise.race([fetch(request), slow]) : fetch(request);
}

async function asset(event) {
  const kept = await caches.open(ASSETS);
  const known = await kept.match(event.request, { ignoreVary: true });
  const fresh = fetch(event.request).then(async (answer) => {
    if (answer.ok) await kept.put(event.request, answer.clone());
    return answer;
  });
  if (!known) return fresh;
  event.waitUntil(fresh.catch(() => undefined)); // behind the kept one; without network it stays as it is
  return known;
}
