// From a list and the notes of this phone to what a screen shows. Nothing here touches the page or the store.
const DAY = 864e5;
const byNumber = (one, other) => one.n - other.n;
const of = (notes, kind, session) => notes.filter((one) => one.event.kind === kind && one.event.session === session).sort(byNumber);

export const dayOf = (date = new Date()) => new Date(date - date.getTimezoneOffset() * 60e3).toISOString().slice(0, 10);

// Sessions, also those that nobody had planned, as they were last reported; today's first, then by how near they are.
export function sessions(list, notes) {
  const found = new Map(list.sessions.map((one) => [one.session, { ...one, units: list.planned[one.session] || [] }]));
  for (const { event, state } of notes.filter((one) => one.event.kind === "session").sort(byNumber)) {
    if (state === "aside" && found.has(event.session)) continue;
    const before = found.get(event.session) || { session: event.session, number: null, starts_at: null, place: "", units: [] };
    const said = Object.fromEntries(Object.entries(event).filter(([name, value]) => value && name !== "kind"));
    if (said.taught) said.units = said.taught.map((one) => one.unit);
    found.set(event.session, { ...before, ...said, on: said.on || before.on || event.recorded_at.slice(0, 10) });
  }
  const today = dayOf();
  const far = (one) => Math.abs(new Date(one.on) - new Date(today));
  return [...found.values()].sort((one, other) => far(one) - far(other) || one.number - other.number);
}

// The marks that stand beside one, those that say the same too; an older list does not tell these.
const beside = ({ rivals = [], alike = [] }) => [...rivals, ...alike];

// Everybody of a session with what holds of them: the server's word, or what this phone has noted since.
// `seen` are the marks that a new one puts in their place.
export function people(list, notes, session) {
  const listed = list.people.map((one) => ({ key: one.enrolment, field: "enrolment", name: one.name, base: list.marks[session]?.[one.enrolment] }));
  const came = (list.walk_ins[session] || []).map((one) => ({ key: one.walk_in, field: "walk_in", name: one.name, base: one.says }));
  const known = new Set(came.map((one) => one.key));
  for (const { event } of of(notes, "walk_in", session)) {
    if (!known.has(event.uid)) came.push({ key: event.uid, field: "walk_in", name: event.name, base: null });
  }
  const marks = of(notes, "mark", session);
  return [...listed, ...came].map((one) => {
    const { base } = one;
    const shown = { ...one, says: null, state: "", reason: "", seen: [] };
    if (base) Object.assign(shown, { says: base, state: base.rivals?.length ? "conflict" : "sent", seen: [base.event, ...beside(base)] });
    for (const note of marks) {
      const { event } = note;
      if ((event.enrolment || event.walk_in) !== one.key) continue;
      Object.assign(shown, { says: event, state: note.state, reason: note.reason || "", seen: [event.uid, ...beside(note)] });
      shown.failed = note.failed;
    }
    return shown;
  });
}

// When something took place: now, where the clock can be believed; else on the session's own day.
export function momentOf(session, seen) {
  const day = new Date(`${session.on}T${session.starts_at || "12:00"}`);
  const behind = seen?.now && Date.now() < new Date(seen.now) - DAY;
  return (behind ? day : new Date(Math.min(day, Date.now()))).toISOString();
}

export const waiting = (notes) => notes.filter((one) => one.state === "here");

// Whether a list is past its time, some weeks after its cohort's end; not by a clock that has leapt since the last
// connection, nor while a note of it waits.
export function isOver(list, seen, waits) {
  const since = Date.now() - (seen?.at ?? NaN);
  if (!list.data.ends_on || !(since >= 0 && since < 400 * DAY)) return false;
  if (waits.some((one) => one.holder === list.holder && one.slug === list.slug)) return false;
  return new Date(list.data.ends_on).getTime() + list.data.keep_days * DAY < Date.now();
}
