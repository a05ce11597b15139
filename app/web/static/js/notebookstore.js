// What lies on this phone: notes on their way (the outbox), lists of cohorts, and a few facts. Runs in pages and worker.
const NAME = "vivero-notebook";
const STORES = ["notes", "lists", "meta"];

// Each step leads from one version of the store to the next. A step that has been on a phone is never changed.
export const STEPS = [
  (db) => {
    const notes = db.createObjectStore("notes", { keyPath: "n", autoIncrement: true });
    notes.createIndex("uid", "uid", { unique: true });
    db.createObjectStore("lists", { keyPath: ["holder", "slug"] });
    db.createObjectStore("meta", { keyPath: "key" });
  },
  (db, tx) => {
    const notes = tx.objectStore("notes");
    notes.createIndex("holder", "holder");
    notes.openCursor().onsuccess = ({ target: { result: at } }) => {
      if (!at) return;
      at.update({ tries: 0, failed: 0, next: 0, ...at.value });
      at.continue();
    };
  },
];

let opened = null;
const listeners = [];
const channel = "BroadcastChannel" in self ? new BroadcastChannel("notebook") : null;
const fire = (what) => listeners.forEach((listener) => listener(what));
if (channel) channel.onmessage = (event) => fire(event.data);

export const listen = (listener) => listeners.push(listener);

// Tells other windows and the worker; `tell` also this one.
export const whisper = (what) => channel?.postMessage(what);

export function tell(what) {
  whisper(what);
  fire(what);
}

export function uid() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const got = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, STEPS.length);
    asked.onupgradeneeded = ({ oldVersion }) => STEPS.slice(oldVersion).forEach((step) => step(asked.result, asked.transaction));
    asked.onblocked = () => tell({ blocked: true });
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const forget = () => {
        opened = null;
      };
      asked.result.onclose = forget;
      asked.result.onversionchange = () => {
        asked.result.close();
        forget();
        fire({ outdated: true });
      };
      resolve(asked.result);
    };
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

// Runs work in one transaction and answers only once all of it lies on the phone's disk.
export async function write(work) {
  const db = await open();
  return new Promise((resolve, reject) => {
    const tx = db.transaction(STORES, "readwrite", { durability: "strict" });
    let made;
    const refuse = (error) => reject(error || tx.error || new Error("aborted"));
    tx.oncomplete = () => resolve(made);
    tx.onabort = () => refuse();
    const run = async () => {
      made = await work(...STORES.map((name) => tx.objectStore(name)));
    };
    run().catch((error) => {
      try {
        tx.abort();
      } catch {
        // It has ended already.
      }
      refuse(error);
    });
  });
}

export async function read(work) {
  const tx = (await open()).transaction(STORES);
  return work(...STORES.map((name) => tx.objectStore(name)));
}

export const meta = async (key) => (await read((notes, lists, facts) => got(facts.get(key))))?.value;
export const remember = (key, value) => write((notes, lists, facts) => got(facts.put({ key, value })));

export const drop = (gone) => write((notes, lists) => Promise.all(gone.map((one) => got(lists.delete([one.holder, one.slug])))));

// The notes of one tap: all of them lie on the phone, or none.
export async function add(made) {
  const numbers = await write((notes) => Promise.all(made.map((one) => got(notes.add(one)))));
  return made.map((one, at) => ({ ...one, n: numbers[at] }));
}

// Takes back the notes of one tap, unless one of them has been on its way; answers whether it did.
export const takeBack = (holder, tap) => write(async (notes) => {
  const mine = (await got(notes.index("holder").getAll(holder))).filter((one) => one.tap === tap);
  if (mine.some((one) => one.tries || one.state !== "here")) return false;
  await Promise.all(mine.map((one) => got(notes.delete(one.n))));
  return true;
});
