// The screens before a roll call: my cohorts, their sessions, what was kept aside; and which screen an address means.
import { dayOf, people, sessions, waiting } from "./notebookfold.js";
import { copy, find, moment, put, show, sure, word } from "./notebookview.js";
import { got, write } from "./notebookstore.js";
import { roll } from "./notebookroll.js";
import { unplanned } from "./notebookforms.js";

// A screen without anything typed into it is drawn anew as a whole.
const whole = () => Object.assign(() => {}, { whole: true });

// What put things back to how they were before a tap that has left the phone: the marks that it had put in their place.
export function previous(book, list, session, tap) {
  const gone = book.of(list.slug).filter((one) => one.tap === tap && one.event.kind === "mark");
  const before = people(list.data, book.of(list.slug).filter((one) => one.tap !== tap), session.session);
  return gone.flatMap(({ event }) => {
    const one = before.find((other) => other.key === (event.enrolment || event.walk_in));
    if (!one?.says) return [];
    const { mark, minutes, reason } = one.says;
    const { occurred_at } = event;
    const made = { kind: "mark", session: session.session, [one.field]: one.key, occurred_at, mark, supersedes: [event.uid, ...one.seen] };
    return [{ ...made, ...(minutes ? { minutes } : {}), ...(reason ? { reason } : {}) }];
  });
}

function aside(book, place) {
  const kept = book.notes.filter((one) => one.state === "aside");
  place.hidden = !kept.length;
  find("aside-rows", place).append(...kept.map((one) => {
    const row = copy("aside");
    const list = book.list(one.slug);
    const { enrolment, walk_in: came, mark, kind, name } = one.event;
    const whom = list && people(list.data, book.of(one.slug), one.event.session).find((other) => other.key === (enrolment || came));
    put(row, "what", [whom?.name || name, mark ? word(`mark-${mark}`) : word(`kind-${kind}`)].filter(Boolean).join(" · "));
    put(row, "why", word(`fault-${one.reason}`));
    find("desk", row).href = find("desk", row).getAttribute("href").replace("-slug-", one.slug);
    find("seen", row).addEventListener("click", async () => {
      await write((notes) => got(notes.delete(one.n)));
      book.load();
    });
    return row;
  }));
}

async function wipe(book) {
  const open = waiting(book.notes).length;
  if (!(await sure(word("wipe"), word("wipe-yes")))) return;
  if (open && !(await sure(word("wipe-twice", { n: open }), word("wipe-twice-yes")))) return;
  await write(async (notes, lists) => {
    const mine = await got(notes.index("holder").getAllKeys(book.holder));
    await Promise.all([...mine.map((key) => got(notes.delete(key))), got(lists.clear())]);
  });
  if (self.caches) for (const name of ["reading", "opened"]) await caches.delete(name);
  location.assign("/");
}

function cohorts(book) {
  const screen = copy("cohorts");
  for (const list of book.lists) {
    const row = copy("cohort");
    const link = row.querySelector("a");
    link.href = `#${list.slug}`;
    link.textContent = list.data.cohort.name;
    const open = waiting(book.of(list.slug)).length;
    put(row, "facts", word("fetched", { n: list.data.people.length, when: moment(list.at) }));
    put(row, "open", open ? word("open", { n: open }) : "");
    const torn = Object.values(list.data.marks).flatMap((marks) => Object.values(marks)).filter((one) => one.rivals.length).length;
    find("torn", row).hidden = !torn;
    put(row, "torn-text", torn ? word("torn", { n: torn }) : "");
    find("torn-text", row).href = find("torn-text", row).getAttribute("href").replace("-slug-", list.slug);
    find("cohort-rows", screen).append(row);
  }
  find("none", screen).hidden = book.lists.length > 0;
  put(screen, "none-text", word(!book.holder ? "nobody-here" : book.line.done ? "no-cohorts" : "first-time"));
  find("enter", screen).hidden = Boolean(book.holder);
  aside(book, find("aside", screen));
  find("wipe", screen).addEventListener("click", () => wipe(book));
  find("this-phone", screen).hidden = !book.holder;
  show(screen, word("notebook"));
}

function plan(book, list) {
  const screen = copy("sessions");
  const today = dayOf();
  const notes = book.of(list.slug);
  put(screen, "title", list.data.cohort.name);
  find("new", screen).href = `#${list.slug}/new`;
  for (const one of sessions(list.data, notes)) {
    const row = copy("session");
    const link = row.querySelector("a");
    link.href = `#${list.slug}/${one.session}`;
    link.textContent = one.title;
    const all = people(list.data, notes, one.session);
    const marked = all.filter((person) => person.says).length;
    const open = waiting(notes).filter((note) => note.event.session === one.session).length;
    put(row, "facts", book.whenOf(one));
    put(row, "today", one.on === today ? word("today") : "");
    put(row, "how", word(`session-${one.state || "planned"}`));
    put(row, "marked", word("marked", { n: marked, all: all.length }));
    put(row, "open", open ? word("open", { n: open }) : "");
    find("session-rows", screen).append(row);
  }
  put(screen, "none-text", list.data.sessions.length ? "" : word("no-sessions"));
  show(screen, list.data.cohort.name);
}

// Shows what the address asks for; answers what draws it anew when something changed.
export function route(book) {
  const [slug, wanted] = location.hash.slice(1).split("/");
  const list = slug && book.list(slug);
  if (!list) {
    cohorts(book);
    return whole();
  }
  if (wanted === "new") {
    unplanned(book, list);
    return () => {};
  }
  const session = wanted && sessions(list.data, book.of(slug)).find((one) => one.session === wanted);
  if (session) return roll(book, list, session);
  plan(book, list);
  return whole();
}
