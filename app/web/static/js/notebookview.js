// Small things that every screen of the notebook needs: its words, its templates, dates in its language.
const said = Object.fromEntries([...document.querySelectorAll("[data-word]")].map((one) => [one.dataset.word, one.textContent]));
const lang = document.documentElement.lang;

// A sentence of the page by its key; with a count, the form that goes with it.
export function word(key, parts = {}) {
  const counted = parts.n === 1 && `${key}-one` in said ? `${key}-one` : key;
  return (said[counted] ?? key).replace(/\{(\w+)\}/g, (all, name) => parts[name] ?? all);
}

export const reasonOf = (code) => word(`reason-${code}`);
export const find = (key, within = document) => within.querySelector(`[data-${key}]`);
export const all = (key, within = document) => [...within.querySelectorAll(`[data-${key}]`)];
export const copy = (id) => document.getElementById(`t-${id}`).content.firstElementChild.cloneNode(true);

export function put(within, key, text) {
  const place = find(key, within);
  place.textContent = text;
  place.hidden = !text;
}

export const day = (text) => new Intl.DateTimeFormat(lang, { weekday: "short", day: "numeric", month: "short" }).format(new Date(`${text}T12:00`));

export function moment(date) {
  const here = new Date(date);
  const same = here.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(lang, same ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" }).format(here);
}

export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

let shown = "";

// Puts a screen in place of the last one, unless it is the same and nothing can be typed into it.
export function show(screen, title, typed) {
  const now = typed ? "" : `${location.hash} ${screen.outerHTML}`;
  if (now && now === shown) return;
  shown = now;
  const open = all("this-phone").some((one) => one.open);
  find("screen").replaceChildren(screen);
  for (const one of all("this-phone", screen)) one.open = open;
  document.title = `${title} · Vivero`;
}

// A question with a way out; answers whether it was agreed to.
export function sure(question, yes) {
  const dialog = copy("sure");
  put(dialog, "question", question);
  put(dialog, "yes", yes);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "yes");
  }));
}
