// Forms of the notebook: how a session was, somebody who came unlisted, a session that nobody had planned.
import { dayOf } from "./notebookfold.js";
import { copy, find, put, show, word } from "./notebookview.js";
import { uid } from "./notebookstore.js";

const filled = (event) => Object.fromEntries(Object.entries(event).filter(([, value]) => value !== "" && value !== null));
const whole = (field) => (field.value ? Number(field.value) : null);

function taught(form) {
  const rows = [...form.querySelectorAll("[data-unit]")].filter((row) => row.querySelector("select").value);
  return rows.map((row) => ({ unit: row.dataset.unit, extent: row.querySelector("select").value }));
}

// The units of this session open, all others folded; none is chosen unless the session was planned for it.
function units(form, list, session) {
  for (const { unit, title } of list.data.units) {
    const row = copy("unit");
    row.dataset.unit = unit;
    put(row, "title", title);
    const planned = session.units?.includes(unit);
    row.querySelector("select").value = planned ? "fully" : "";
    find(planned ? "planned" : "others", form).append(row);
  }
  find("others", form).closest("details").hidden = !find("others", form).children.length;
}

function states(form) {
  const { value } = form.elements.state;
  for (const part of form.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(value);
}

export function report(book, list, session) {
  const form = copy("report");
  const parts = form.elements;
  parts.on.value = session.on;
  parts.minutes.value = session.minutes || "";
  parts.place.value = session.place || "";
  parts.state.value = session.state && session.state !== "planned" ? session.state : "held";
  units(form, list, session);
  states(form);
  form.addEventListener("change", () => states(form));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const state = parts.state.value;
    const held = state === "held";
    const chosen = taught(form);
    const made = filled({
      kind: "session",
      session: session.session,
      cohort: list.slug,
      title: session.number ? "" : session.title,
      state,
      on: held ? parts.on.value : "",
      minutes: held ? whole(parts.minutes) : null,
      place: held ? parts.place.value.trim() : "",
      reason: held ? "" : parts.reason.value,
      note: parts.note.value.trim(),
      taught: held && chosen.length ? chosen : null,
    });
    await book.note(list.slug, () => [made], word("noted-report"));
  });
  return form;
}

export function visitor(book, list, session, mark) {
  const form = copy("visitor");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const parts = form.elements;
    const came = uid();
    const name = parts.name.value.trim();
    const made = filled({
      kind: "walk_in",
      uid: came,
      session: session.session,
      name,
      sex: parts.sex.value,
      age: whole(parts.age),
      organisation: parts.organisation.value.trim(),
      phone: parts.phone.value.trim(),
    });
    const here = { ...mark({ field: "walk_in", key: came }), mark: "present" };
    if (await book.note(list.slug, () => [made, here], word("noted-visitor", { name }))) form.reset();
  });
  return form;
}

// A session that nobody had planned begins with a report that it was held; its roll is taken right after.
export function unplanned(book, list) {
  const screen = copy("unplanned");
  const form = screen.querySelector("form");
  find("back", screen).href = `#${list.slug}`;
  form.elements.on.value = dayOf();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const parts = form.elements;
    const session = uid();
    const made = filled({
      kind: "session",
      session,
      cohort: list.slug,
      title: parts.title.value.trim(),
      state: "held",
      on: parts.on.value,
      minutes: whole(parts.minutes),
      place: parts.place.value.trim(),
    });
    if (await book.note(list.slug, () => [made], word("noted-report"))) location.hash = `${list.slug}/${session}`;
  });
  show(screen, word("unplanned"), true);
}

