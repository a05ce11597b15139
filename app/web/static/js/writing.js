// A text being written: its preview follows, and what is typed stays on this device until it is saved.
const WAIT = 500;
const PREFIX = "vivero:text:";

function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden store must not stop anybody from writing.
  }
}

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function same(one, other) {
  const plain = (text) => text.replace(/\r\n/g, "\n").replace(/[ \t]+$/gm, "").trim();
  return plain(one) === plain(other);
}

function start(area) {
  const key = PREFIX + area.dataset.writing;
  const box = area.closest(".writing");
  const shown = box.querySelector("[data-preview-shown]");
  const found = box.querySelector("[data-writing-found]");
  const token = area.form.querySelector("[name=csrf_token]");
  let timer = 0;
  let running = null;

  async function preview() {
    if (running) running.abort();
    running = new AbortController();
    const body = new URLSearchParams({ text: area.value, csrf_token: token.value });
    try {
      const answer = await fetch(area.dataset.preview, { method: "POST", body, signal: running.signal });
      if (answer.ok) shown.innerHTML = await answer.text();
    } catch {
      // Offline, or a newer text is on its way: the last preview stays.
    }
  }

  function typed() {
    keep(key, { text: area.value, basis: area.dataset.basis });
    clearTimeout(timer);
    timer = setTimeout(preview, WAIT);
  }

  const before = kept(key);
  if (before && same(before.text, area.value)) keep(key, null);
  else if (before && found) {
    found.hidden = false;
    found.querySelector("[data-writing-bring]").addEventListener("click", () => {
      area.value = before.text;
      found.hidden = true;
      typed();
      area.focus();
    });
    found.querySelector("[data-writing-drop]").addEventListener("click", () => {
      keep(key, null);
      found.hidden = true;
      area.focus();
    });
  }
  area.addEventListener("input", typed);
}

for (const area of document.querySelectorAll("[data-writing]")) start(area);
