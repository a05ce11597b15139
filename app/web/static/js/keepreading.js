/* Keeps the units of a group on this phone, to be read with no connection; the worker of the notebook gives them back.
   The pages that are kept name nobody. */
const box = document.querySelector("[data-keep]");
const said = box.querySelector("[data-keep-said]");
const [keeping, forgetting] = box.querySelectorAll("button");
const READING = "reading";

const listed = () => [location.pathname, ...[...document.querySelectorAll("[data-keep-list] a")].map((a) => a.pathname)];

async function hold(cache, address) {
  const answer = await fetch(address, { cache: "reload" });
  if (!answer.ok || answer.redirected) throw new Error(address);
  const page = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
  await cache.put(address, answer);
  return [...page.querySelectorAll("main img")].map((img) => new URL(img.getAttribute("src"), location.origin + address).pathname);
}

async function keep() {
  await navigator.serviceWorker.register(box.dataset.worker);
  const cache = await caches.open(READING);
  const pictures = new Set();
  const pages = listed();
  for (const [at, address] of pages.entries()) {
    said.textContent = `${at + 1} / ${pages.length}`;
    for (const picture of await hold(cache, address)) pictures.add(picture);
  }
  await cache.addAll([...pictures]);
  await navigator.serviceWorker.ready;
}

async function forget() {
  const cache = await caches.open(READING);
  for (const kept of await cache.keys()) if (new URL(kept.url).pathname.startsWith(location.pathname)) await cache.delete(kept);
}

async function now(deed, done) {
  keeping.disabled = forgetting.disabled = true;
  try {
    await deed();
    said.textContent = done;
  } catch {
    said.textContent = box.dataset.failed;
  }
  keeping.disabled = forgetting.disabled = false;
}

if ("serviceWorker" in navigator && "caches" in window) {
  keeping.addEventListener("click", () => now(keep, box.dataset.kept));
  forgetting.addEventListener("click", () => now(forget, box.dataset.forgotten));
  keeping.hidden = forgetting.hidden = false;
  if (await caches.match(location.pathname, { cacheName: READING, ignoreVary: true })) said.textContent = box.dataset.kept;
}
