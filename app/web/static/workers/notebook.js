// The worker: keeps the notebook's shell and answers with it when there is no connection; sends when there is one.
// VERSION, HOLDS and SHELLS come before this text; see app/delivery/web/notebook/pages.py.
import { meta, remember } from "../js/notebookstore.js";
import { send } from "../js/notebooksend.js";

const SHELL = `notebook-${VERSION}`;
const KEPT = "reading";
const OPENED = "opened";

async function hold() {
  const cache = await caches.open(SHELL);
  for (const address of Object.values(SHELLS)) {
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok || answer.headers.get("X-Version") !== VERSION) throw new Error(`another version: ${address}`);
    await cache.put(address, answer);
  }
  await cache.addAll(HOLDS);
  await self.skipWaiting();
}

async function clear() {
  for (const name of await caches.keys()) if (name.startsWith("notebook-") && name !== SHELL) await caches.delete(name);
  await self.clients.claim();
}

async function language(address) {
  const asked = address.searchParams.get("lang");
  try {
    if (asked in SHELLS) await remember("language", asked);
    return asked in SHELLS ? asked : await meta("language");
  } catch {
    return asked;
  }
}

async function shell(request, address) {
  const kept = await caches.match(SHELLS[await language(address)] || SHELLS.es, { cacheName: SHELL });
  return kept || fetch(request);
}

const held = async (request) => (await caches.match(request, { cacheName: SHELL })) || fetch(request);

// Units to read: the newest while there is a connection, else as they were last opened or kept here.
async function reading(request, address) {
  try {
    const answer = await fetch(request);
    const cache = answer.ok && !answer.redirected && (await caches.open(address.pathname.startsWith("/my/keep/") ? KEPT : OPENED));
    if (cache) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const exact = await caches.match(request, { ignoreVary: true });
    const kept = exact || (await caches.match(request, { ignoreVary: true, ignoreSearch: true }));
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(hold()));
self.addEventListener("activate", (event) => event.waitUntil(clear()));
self.addEventListener("sync", (event) => event.waitUntil(send(true).then((line) => {
  if (line && ["offline", "server"].includes(line.kind)) throw new Error("no connection yet");
})));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  // Pages that were opened name their reader, and leave with the reader; those that were kept name nobody, and stay.
  if (event.request.method === "POST" && address.pathname === "/sign-out") event.waitUntil(caches.delete(OPENED));
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname === "/notebook/" && event.request.mode === "navigate") {
    if (address.searchParams.has("lang")) event.waitUntil(fetch(address, { redirect: "manual" }).catch(() => {}));
    event.respondWith(shell(event.request, address));
  } else if (HOLDS.includes(address.pathname)) event.respondWith(held(event.request));
  else if (/^\/my\/(keep|read)\//.test(address.pathname)) event.respondWith(reading(event.request, address));
});
