// The workbench: rows save as one goes, what is typed stays on this device until it is saved, keys lead through.
// Without it every button is a submit of its row's form; here the same form is sent and its row put in anew.
// Keys are in benchkeys.js.
const list = document.querySelector("[data-bench]");
const heard = document.querySelector("[data-heard]");
const area = (row) => row.querySelector("textarea[name=text]");
const rows = () => [...list.querySelectorAll("[data-row]")];
const rowOf = (node) => node.closest && node.closest("[data-row]");
const key = (row) => `vivero:bench:${list.dataset.bench}:${row.id}`;
const dirty = (row) => "unsaved" in area(row).dataset || area(row).value !== area(row).defaultValue;

function store(row, value) {
  try {
    if (value === null) localStorage.removeItem(key(row));
    else localStorage.setItem(key(row), JSON.stringify(value));
  } catch {
    // A full or forbidden store must not stop anybody from writing.
  }
}

function tell(row, text) {
  const said = row.querySelector("[data-said]");
  said.textContent = text;
  said.hidden = !text;
  heard.textContent = text;
}

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
}

function keep(row) {
  store(row, { text: area(row).value, seen: row.querySelector("[name=seen]").value });
}

async function send(row, name, value) {
  const form = row.firstElementChild;
  const sent = area(row).value;
  const body = new URLSearchParams(new FormData(form));
  body.set(name, value);
  row.dataset.sending = "1";
  tell(row, list.dataset.saving);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "row" } });
  } catch {
    keep(row);
    delete row.dataset.sending;
    row.dataset.again = value;
    setTimeout(again, 1e4); // a server that was away says nothing when it is back
    return tell(row, list.dataset.offline);
  }
  delete row.dataset.sending;
  if (!answer.headers.has("X-Part")) return tell(row, list.dataset.refused);
  const made = parsed(await answer.text());
  const active = row.contains(document.activeElement) && document.activeElement;
  const typed = area(row).value;
  const writing = active === area(row);
  const [from, to] = [area(row).selectionStart, area(row).selectionEnd];
  row.replaceWith(made);
  if (typed !== sent) area(made).value = typed;
  area(made).setSelectionRange(from, to);
  if (dirty(made)) keep(made);
  else store(made, null);
  heard.textContent = [...made.querySelectorAll("[data-said], .fault")].map((one) => one.textContent.trim()).join(" ");
  const why = made.querySelector("[data-asked]");
  if (why && (active || row.dataset.next)) why.focus();
  else if (writing || (!answer.ok && row.dataset.next)) area(made).focus({ preventScroll: writing });
  else if (active) made.querySelector(".form-end button").focus({ preventScroll: true });
}

function again() {
  for (const row of rows()) if (row.dataset.again && !row.dataset.sending && dirty(row)) send(row, "do", row.dataset.again);
}

async function help(row) {
  if (row.querySelector(".helping") || row.dataset.asked) return;
  row.dataset.asked = "1";
  try {
    const address = new URL(row.firstElementChild.action);
    address.searchParams.set("part", "1");
    const answer = await fetch(address, { headers: { "X-Part": "row" } });
    const made = parsed(await answer.text());
    if (!row.isConnected || row.querySelector(".helping")) return;
    row.firstElementChild.append(made.querySelector(".helping"));
    row.querySelector("[data-help]")?.remove();
  } catch {
    delete row.dataset.asked;
  }
}

list.addEventListener("input", (event) => {
  const row = rowOf(event.target);
  if (!row || event.target !== area(row)) return;
  keep(row);
  tell(row, list.dataset.unsaved);
});

list.addEventListener("focusin", (event) => {
  const row = rowOf(event.target);
  if (row && event.target === area(row)) help(row);
});

list.addEventListener("focusout", (event) => {
  const row = rowOf(event.target);
  if (row && event.target === area(row) && dirty(row) && !row.dataset.sending && !row.contains(event.relatedTarget)) send(row, "do", "draft");
});

list.addEventListener("submit", (event) => {
  const row = rowOf(event.target);
  const pressed = event.submitter;
  if (!row || !pressed) return;
  event.preventDefault();
  send(row, pressed.name, pressed.value);
});

addEventListener("online", again);

for (const row of rows()) {
  let before = null;
  try {
    before = JSON.parse(localStorage.getItem(key(row)));
  } catch {
    // Nothing was kept.
  }
  if (!before) continue;
  if (before.text.trim() === area(row).value.trim()) store(row, null);
  else {
    area(row).value = before.text;
    row.querySelector("[name=seen]").value = before.seen;
    tell(row, list.dataset.kept);
  }
}
