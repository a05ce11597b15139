// The roll call of one session: a row per person, marks that are noted at one touch, and what has been missed.
import { momentOf, people } from "./notebookfold.js";
import { all, copy, find, plain, put, reasonOf, show, word } from "./notebookview.js";
import { report, visitor } from "./notebookforms.js";

const MANY = 15;
const OTHER = "not_expected";
const WITH_REASON = ["absent", "excused"];

const same = (one, other) => one?.mark === other.mark && (one.minutes || 0) === (other.minutes || 0) && (one.reason || "") === (other.reason || "");

// What the pressed mark does not say by itself.
function says(one) {
  if (!one.says) return "";
  const { mark, minutes, reason } = one.says;
  return [mark === OTHER ? word(`mark-${mark}`) : "", minutes ? word("minutes", { n: minutes }) : "", reason ? reasonOf(reason) : ""].filter(Boolean).join(" · ");
}

function standing(one, lost) {
  if (lost) return word("state-lost");
  if (one.state === "here" && one.failed) return word("state-failed");
  return one.state ? word(`state-${one.state}`, { reason: word(`fault-${one.reason}`) }) : "";
}

// Asks for what a mark wants to know besides: the minutes of a part, why somebody stayed away.
function ask(row, one, mark, noted) {
  const place = find("more", row);
  const wanted = mark === "partial" ? "minutes" : WITH_REASON.includes(mark) ? "reason" : "";
  const about = wanted && `${wanted} ${mark}`;
  if (about && place.dataset.for === about) return;
  place.dataset.for = about;
  place.replaceChildren();
  if (!wanted) return;
  const form = copy(wanted);
  const field = form.elements.value;
  field.value = (wanted === "minutes" ? one.says?.minutes : one.says?.reason) || "";
  form.setAttribute("aria-label", one.name);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = Number(event.submitter?.value || field.value);
    if (Number.isInteger(chosen) && chosen > 0 && chosen <= 1440) noted({ mark, minutes: chosen });
    else field.focus();
  });
  if (wanted === "reason") field.addEventListener("change", () => noted({ mark, reason: field.value }));
  place.append(form);
}

export function roll(book, list, session) {
  const screen = copy("roll");
  const rows = new Map();
  let now = [];
  const fields = (one) => ({ kind: "mark", session: session.session, [one.field]: one.key, occurred_at: momentOf(session, book.seen) });

  function event(one, said) {
    const made = { ...fields(one), mark: said.mark, ...(one.seen.length ? { supersedes: one.seen } : {}) };
    if (said.minutes) made.minutes = said.minutes;
    if (said.reason) made.reason = said.reason;
    return made;
  }

  async function noted(key, said) {
    const one = now.find((other) => other.key === key);
    if (said.mark === "partial") ask(rows.get(key), one, "", null);
    const make = () => {
      const last = now.find((other) => other.key === key);
      return last.state !== "conflict" && same(last.says, said) ? [] : [event(last, said)];
    };
    await book.note(list.slug, make, word("noted-mark", { name: one.name, mark: word(`mark-${said.mark}`) }));
  }

  function row(one) {
    const made = copy("row");
    put(made, "name", one.name);
    find("marks", made).setAttribute("aria-label", one.name);
    for (const button of all("mark", made)) {
      button.addEventListener("click", () => {
        const { mark } = button.dataset;
        const current = now.find((other) => other.key === one.key);
        ask(made, current, mark, (said) => noted(one.key, said));
        if (mark === "partial") find("more", made).querySelector("input").focus();
        else noted(one.key, { mark, reason: current.says?.mark === mark ? current.says.reason : "" });
      });
    }
    return made;
  }

  function draw() {
    list = book.list(list.slug) || list;
    now = people(list.data, book.of(list.slug), session.session);
    for (const [key, made] of rows) {
      if (now.some((one) => one.key === key)) continue;
      made.remove();
      rows.delete(key);
    }
    const place = find("people", screen);
    for (const one of now) {
      if (!rows.has(one.key)) place.append(rows.set(one.key, row(one)).get(one.key));
      const made = rows.get(one.key);
      const lost = book.lost.some(({ event: { session: where, enrolment, walk_in: came } }) => where === session.session && (enrolment || came) === one.key);
      made.dataset.state = lost ? "lost" : one.state;
      for (const button of all("mark", made)) button.setAttribute("aria-pressed", String(one.says?.mark === button.dataset.mark && !lost));
      put(made, "says", says(one));
      put(made, "standing", standing(one, lost));
      if (WITH_REASON.includes(one.says?.mark)) ask(made, one, one.says.mark, (said) => noted(one.key, said));
    }
    const open = now.filter((one) => !one.says).length;
    put(screen, "unmarked", open ? word("unmarked", { n: open, all: now.length }) : word("all-marked", { all: now.length }));
    find("everybody", screen).hidden = !open;
    find("undo", screen).disabled = !book.last(list.slug, session.session);
    find("seek", screen).hidden = now.length <= MANY;
  }

  function seek(text) {
    const wanted = plain(text.trim());
    for (const one of now) rows.get(one.key).hidden = !plain(one.name).includes(wanted);
    put(screen, "nobody", now.every((one) => rows.get(one.key).hidden) ? word("nobody") : "");
  }

  put(screen, "title", session.title);
  put(screen, "when", book.whenOf(session));
  find("back", screen).href = `#${list.slug}`;
  find("seek", screen).querySelector("input").addEventListener("input", ({ target }) => seek(target.value));
  find("everybody", screen).addEventListener("click", () => {
    const open = () => now.filter((one) => !one.says);
    book.note(list.slug, () => open().map((one) => event(one, { mark: "present" })), word("noted-all", { n: open().length }));
  });
  find("undo", screen).addEventListener("click", () => book.undo(list, session));
  find("visitor", screen).append(visitor(book, list, session, fields));
  find("report", screen).append(report(book, list, session));
  draw();
  show(screen, session.title, true);
  return draw;
}
