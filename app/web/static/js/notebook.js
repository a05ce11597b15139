// The trainer's notebook: whose it is, which screen is shown, when it is sent, and what must always be said.
// Nothing is called noted before it lies on the phone, and nothing sent before the server has said so.
import { isOver, waiting } from "./notebookfold.js";
import { add, drop, got, listen, meta, read, remember, takeBack, uid, whisper } from "./notebookstore.js";
import { previous, route } from "./notebookboard.js";
import { send } from "./notebooksend.js";
import { day, find, moment, put, word } from "./notebookview.js";

const SOON = 3e3;
const EVERY = 6e4;
const FULL = 0.9;

let draw = () => {};
let timer = 0;
let busy = null;
let tapped = Promise.resolve();
const warnings = new Set();
let seen = "";

// Whose phone it is, by the server's cookie; where a browser has lost that, by whom this page saw last.
function holderNow() {
  const said = /(?:^|; )holder=(\d+)/.exec(document.cookie)?.[1] ?? seen;
  return said === "0" ? "" : said;
}

const book = {
  holder: holderNow(),
  lists: [],
  notes: [],
  others: 0,
  lost: [],
  line: {},
  list: (slug) => book.lists.find((one) => one.slug === slug),
  of: (slug) => book.notes.filter((one) => one.slug === slug),
  whenOf: (session) => [day(session.on), session.starts_at, session.place].filter(Boolean).join(" · "),
  last: (slug, session) => book.of(slug).filter((one) => one.event.session === session).pop()?.tap,
  // One after another, each made from what the one before has left: two quick touches never contradict each other.
  note: (slug, make, said) => inTurn(() => note(slug, make(), said)),
  undo: (list, session) => inTurn(async () => {
    const tap = book.last(list.slug, session.session);
    if (!tap) return;
    if (await takeBack(book.holder, tap).catch(() => false)) hear(word("undone"));
    else {
      const events = previous(book, list, session, tap);
      if (events.length) await note(list.slug, events, word("undone"));
      else hear(word("undo-late"));
    }
    await refresh();
  }),
  load: () => refresh(true),
};

function hear(text) {
  find("heard").textContent = text;
}

function inTurn(deed) {
  tapped = tapped.then(deed, deed);
  return tapped;
}

async function note(slug, events, said) {
  if (!events.length) return true;
  if (holderNow() !== book.holder || !book.list(slug)) {
    await refresh(true);
    return false;
  }
  const tap = uid();
  const recorded_at = new Date().toISOString();
  const made = events.map((event) => {
    const whole = { uid: uid(), recorded_at, ...event };
    return { uid: whole.uid, holder: book.holder, slug, tap, state: "here", tries: 0, failed: 0, next: 0, event: whole };
  });
  try {
    book.notes.push(...(await add(made)));
  } catch (error) {
    book.lost.push(...made);
    lose(error);
    return false;
  }
  hear(said);
  paint();
  whisper({ noted: true });
  if (navigator.onLine === false) later();
  clearTimeout(timer);
  timer = setTimeout(go, SOON);
  return true;
}

// What the phone refused stays on the screen, and the screen says so until it is noted or the page is left.
function lose(error) {
  const place = find("lost");
  const outdated = error?.name === "VersionError";
  put(place, "lost-text", word(outdated ? "outdated" : "lost", { n: book.lost.length }));
  place.hidden = false;
  hear(place.textContent);
  paint();
  place.scrollIntoView({ block: "start" });
}

async function again() {
  const made = book.lost.splice(0);
  try {
    await add(made);
  } catch (error) {
    book.lost.push(...made);
    return lose(error);
  }
  find("lost").hidden = true;
  hear(word("noted-again"));
  timer = setTimeout(go, SOON);
  return refresh();
}

function status() {
  const open = waiting(book.notes);
  const bar = find("status");
  const since = open[0] && moment(open.reduce((first, one) => (one.n < first.n ? one : first)).event.recorded_at);
  bar.dataset.status = book.lost.length ? "lost" : open.length ? "waiting" : "sent";
  const kind = busy !== null ? "sending" : book.line.kind;
  put(bar, "count", open.length ? word("waiting", { n: open.length, since }) : book.notes.length || book.line.done ? word("nothing-waits") : "");
  const at = book.line.at > Date.now() ? moment(book.line.at) : "";
  const last = book.line.done ? word("last-time", { when: moment(book.line.done) }) : "";
  const why = book.line.status === 403 ? "forbidden" : kind;
  const after = kind === "offline" && open.length ? ` ${word("by-itself")}` : "";
  put(bar, "line", busy ? word("sending", { n: busy }) : ["offline", "signin", "server"].includes(kind) ? word(why, { at }) + after : last);
  find("sign-in", bar).hidden = book.line.kind !== "signin";
  find("send", bar).hidden = !open.length || !book.holder;
  find("send", bar).disabled = busy !== null;
  const other = find("others");
  put(other, "others-text", book.others ? word("others", { n: book.others }) : "");
  other.hidden = !book.others;
  const told = find("warnings");
  told.replaceChildren(...[...warnings].map((key) => Object.assign(document.createElement("li"), { textContent: word(key) })));
  told.hidden = !warnings.size;
}

function paint() {
  status();
  draw();
}

async function refresh(anew) {
  try {
    seen = (await meta("holder")) || "";
    if (holderNow() !== seen) await remember("holder", holderNow());
    const [everything, lists] = await read(async (notes, kept) => [await got(notes.getAll()), await got(kept.getAll())]);
    if (holderNow() !== book.holder) anew = true;
    book.holder = holderNow();
    book.notes = everything.filter((one) => one.holder === book.holder);
    book.others = waiting(everything).filter((one) => one.holder !== book.holder).length;
    book.line = (await meta("line")) || {};
    book.seen = await meta("seen");
    const over = lists.filter((one) => isOver(one, book.seen, waiting(everything)));
    if (over.length) await drop(over);
    book.lists = lists.filter((one) => one.holder === book.holder && !over.includes(one));
  } catch (error) {
    put(find("broken"), "broken-text", word(error?.name === "VersionError" ? "outdated" : "broken"));
    find("broken").hidden = false;
    return;
  }
  const behind = book.seen?.now && Date.now() < new Date(book.seen.now) - 864e5;
  const ahead = book.seen?.now && new Date(book.seen.at) - new Date(book.seen.now) > 864e5;
  warnings[behind || ahead ? "add" : "delete"]("clock");
  if (anew || draw.whole) draw = route(book);
  paint();
}

async function go(force) {
  clearTimeout(timer);
  if (busy !== null) return;
  busy = 0;
  let done = null;
  try {
    done = await send(force === true);
  } catch {
    // The store refused; what it holds is told by refresh().
  }
  busy = null;
  await refresh(!book.lists.length);
  if (done === null) timer = setTimeout(go, 2 * SOON);
  if (done?.kind === "offline" && waiting(book.notes).length) later();
}

// Lets the phone send by itself once it finds a connection, also when this page is shut; where it can.
async function later() {
  try {
    await (await navigator.serviceWorker?.ready)?.sync?.register("notebook");
  } catch {
    // It is sent when the page is open.
  }
}

async function room() {
  if (!navigator.storage?.estimate) return;
  const kept = await navigator.storage.persist?.();
  if (!kept) warnings.add("not-kept");
  const { usage, quota } = await navigator.storage.estimate();
  if (quota && usage / quota > FULL) warnings.add("full");
  status();
}

async function worker() {
  if (!navigator.serviceWorker) {
    warnings.add("no-worker");
    return;
  }
  const before = navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (before) find("newer").hidden = false;
  });
  try {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    find("ready").hidden = false;
  } catch {
    if (!before) warnings.add("no-worker");
  }
  status();
}

async function start() {
  find("no-script").remove();
  const theme = /(?:^|; )theme=(light|dark)/.exec(document.cookie);
  if (theme) document.documentElement.dataset.theme = theme[1];
  listen((what) => {
    if (what.outdated) find("newer").hidden = false;
    if (what.sending !== undefined && busy !== null) busy = what.sending;
    if (what.sending !== undefined) status();
    else refresh();
  });
  find("send").addEventListener("click", () => go(true));
  find("again").addEventListener("click", again);
  find("reload").addEventListener("click", () => location.reload());
  addEventListener("hashchange", () => {
    draw = route(book);
    scrollTo(0, 0);
    document.getElementById("main").focus({ preventScroll: true });
    paint();
  });
  addEventListener("online", () => go(true));
  addEventListener("beforeunload", (event) => {
    if (book.lost.length) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh().then(() => go());
  });
  setInterval(() => {
    if (waiting(book.notes).length) go();
    else status();
  }, EVERY);
  await refresh(true);
  worker();
  room();
  if (find("broken").hidden) {
    await remember("language", document.documentElement.lang);
    await go(true);
  }
}

start();
