// Sends what was noted, by the account that noted it, and fetches lists. Runs in pages and in the worker.
import { got, meta, read, remember, tell, uid, write } from "./notebookstore.js";

const API = "/api/v1/sync/attendance";
const MOST = 200;
const SPLIT = [409, 413, 422, 500];
const OPEN = ["here", "aside"];
const SIGN_IN = [400, 401, 403];
const PATIENCE = 45e3;
const FIRST_WAIT = 15e3;
const LONGEST_WAIT = 18e5;

class Trouble extends Error {
  constructor(kind, status) {
    super(`${kind} ${status || ""}`);
    this.kind = kind;
    this.status = status || 0;
  }
}

// One tab or worker at a time; where there are no locks, a lease. Two at once would be harmless, only dearer.
async function alone(work) {
  if (navigator.locks) return navigator.locks.request("notebook", { ifAvailable: true }, (lock) => (lock ? work() : null));
  const mine = uid();
  const free = await write(async (notes, lists, facts) => {
    const lease = (await got(facts.get("lease")))?.value;
    if (lease && Math.abs(Date.now() - lease.at) < 2 * PATIENCE) return false;
    await got(facts.put({ key: "lease", value: { mine, at: Date.now() } }));
    return true;
  });
  if (!free) return null;
  try {
    return await work();
  } finally {
    await remember("lease", null);
  }
}

async function ask(path, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  let answer;
  let body = null;
  try {
    answer = await fetch(path, { cache: "no-store", credentials: "same-origin", signal: stop.signal, ...options });
    if (answer.status === 304) return null;
    if (answer.ok) body = await answer.json();
  } catch {
    throw new Trouble("offline");
  } finally {
    clearTimeout(timer);
  }
  if (SIGN_IN.includes(answer.status)) throw new Trouble("signin", answer.status);
  if (!answer.ok) throw new Trouble("server", answer.status);
  return { body, tag: answer.headers.get("ETag") };
}

async function begin() {
  const { body } = await ask(API, {});
  if (typeof body?.holder !== "string" || typeof body.token !== "string" || !Array.isArray(body.cohorts)) throw new Trouble("offline");
  const device = (await meta("device")) || uid();
  await remember("device", device);
  await remember("seen", { holder: body.holder, now: body.now, at: Date.now() });
  return { ...body, device, stumbles: 0 };
}

// Marks notes as having been on their way before they are: none of them can be taken back from now on.
const take = (line, tried, force, state) => write(async (notes) => {
  const now = Date.now();
  const due = (one) => force || one.next <= now || one.next - now > 2 * LONGEST_WAIT;
  const mine = (await got(notes.index("holder").getAll(line.holder)))
    .filter((one) => one.state === state && !tried.has(one.uid) && due(one))
    .sort((one, other) => one.failed - other.failed || one.n - other.n)
    .slice(0, MOST)
    .map((one) => ({ ...one, tries: one.tries + 1 }));
  await Promise.all(mine.map((one) => got(notes.put(one))));
  return mine;
});

const change = (batch, how) => write((notes) => Promise.all(batch.map(async (one, at) => {
  const now = await got(notes.get(one.n));
  if (now && OPEN.includes(now.state)) await got(notes.put({ ...now, ...how(now, at) }));
})));

const STATES = { accepted: "sent", repeated: "sent", conflict: "conflict", quarantined: "aside" };

async function post(line, batch) {
  const { body } = await ask(API, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": line.token },
    body: JSON.stringify({
      batch: uid(),
      device: line.device,
      device_clock: new Date().toISOString(),
      source: "phone",
      events: batch.map((one) => one.event),
    }),
  });
  const said = Array.isArray(body?.events) ? body.events : [];
  const fits = said.length === batch.length && said.every((one, at) => one.uid === batch[at].uid && one.status in STATES);
  if (!fits) throw new Trouble("server", 200);
  await change(batch, (one, at) => {
    const { status, reason = "", rivals = [], alike = [] } = said[at];
    return { state: STATES[status], reason, rivals, alike, next: 0 };
  });
  tell({ changed: true });
}

const wait = (failed) => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failed, 12)) * (0.5 + Math.random());

// What is turned down together goes by halves, until the one that nobody takes is alone and waits; the rest goes on.
async function hand(line, batch) {
  try {
    await post(line, batch);
    line.stumbles = 0;
  } catch (trouble) {
    if (!SPLIT.includes(trouble.status)) throw trouble;
    if (batch.length > 1) {
      const half = batch.length >> 1;
      await hand(line, batch.slice(0, half));
      await hand(line, batch.slice(half));
      return;
    }
    await change(batch, (one) => ({ failed: one.failed + 1, next: Date.now() + wait(one.failed), status: trouble.status }));
    if (trouble.status === 500) line.stumbles += 1;
    if (line.stumbles > 1) throw trouble;
  }
}

// What was kept aside is asked for again after the rest: it may have waited for that, or somebody has put it right.
async function deliver(line, tried, force) {
  for (const state of OPEN) {
    for (;;) {
      const batch = await take(line, tried, force, state);
      if (!batch.length) break;
      if (state === "here") tell({ sending: batch.length });
      for (const one of batch) tried.add(one.uid);
      await hand(line, batch);
    }
  }
}

// What was sent before a list was asked for is in it; only what was not stays beside it.
async function fetchList(line, slug) {
  const [list, sent] = await read(async (notes, lists) => [
    await got(lists.get([line.holder, slug])),
    (await got(notes.index("holder").getAll(line.holder))).filter((one) => one.slug === slug && ["sent", "conflict"].includes(one.state)),
  ]);
  const answer = await ask(`${API}/${encodeURIComponent(slug)}`, list?.tag ? { headers: { "If-None-Match": list.tag } } : {});
  if (answer && answer.body?.cohort?.slug !== slug) throw new Trouble("offline");
  await write(async (notes, lists) => {
    if (answer) await got(lists.put({ holder: line.holder, slug, tag: answer.tag, at: Date.now(), data: answer.body }));
    await Promise.all(sent.map((one) => got(notes.delete(one.n))));
  });
}

// Lists that are not this person's any more leave the phone; notes never do so by themselves.
const dropOthers = (line) => write(async (notes, lists) => {
  const mine = new Set(line.cohorts.map((one) => one.slug));
  const waiting = (await got(notes.getAll())).filter((one) => one.state === "here" && one.holder === line.holder);
  for (const one of waiting) mine.add(one.slug);
  for (const list of await got(lists.getAll())) {
    if (list.holder !== line.holder || !mine.has(list.slug)) await got(lists.delete([list.holder, list.slug]));
  }
});

async function fetchLists(line) {
  await dropOthers(line);
  for (const { slug } of line.cohorts) {
    try {
      await fetchList(line, slug);
    } catch (trouble) {
      if (![404, 403].includes(trouble.status)) throw trouble;
    }
  }
}

async function exchange(force) {
  const tried = new Set();
  let line = await begin();
  try {
    await deliver(line, tried, force);
  } catch (trouble) {
    if (trouble.status !== 400) throw trouble;
    line = await begin();
    await deliver(line, new Set(), force);
  }
  await fetchLists(line);
}

// Answers how it went, or null while another tab is at it. Without force it waits out the time after a failure.
export const send = (force) => alone(async () => {
  const before = (await meta("line")) || { fails: 0, at: 0 };
  const left = before.at - Date.now();
  if (!force && left > 0 && left < 2 * LONGEST_WAIT) return before;
  let now = { kind: "done", fails: 0, at: 0, done: Date.now() };
  try {
    tell({ sending: 0 });
    await exchange(force);
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) {
      now = before;
      throw trouble;
    }
    const fails = before.fails + 1;
    now = { kind: trouble.kind, status: trouble.status, fails, at: Date.now() + wait(fails), done: before.done || 0 };
  } finally {
    await remember("line", now);
    tell({ sent: true });
  }
  return now;
});
