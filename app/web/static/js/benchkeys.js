// Keys of the workbench: they press the buttons of the row one is in, lead from row to row, and put texts into its field.
const list = document.querySelector("[data-bench]");
const area = (row) => row.querySelector("textarea[name=text]");

function go(row, step, waiting) {
  const all = [...list.querySelectorAll("[data-row]")].filter((one) => one === row || !waiting || "waits" in one.dataset);
  const next = all[all.indexOf(row) + step];
  if (next) area(next).focus();
}

function next(row) {
  const field = area(row);
  if ("unsaved" in field.dataset || field.value !== field.defaultValue) {
    row.dataset.next = "1";
    row.querySelector("[name=do][value=draft]").click();
  }
  go(row, 1, true);
}

// As if typed: Ctrl Z takes it back.
function put(row, from) {
  area(row).select();
  document.execCommand("insertText", false, from.textContent.replace(/\r/g, ""));
}

const copy = (row) => put(row, row.querySelector("[data-source]"));

list.addEventListener(
  "submit",
  (event) => {
    const pressed = event.submitter;
    const row = event.target.closest("[data-row]");
    if (!row || !pressed || (pressed.name !== "use" && pressed.value !== "copy")) return;
    event.preventDefault();
    event.stopPropagation();
    if (pressed.name === "use") put(row, pressed.closest("li").querySelector("[data-text]"));
    else copy(row);
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row || event.isComposing) return;
  const alt = event.altKey && !event.ctrlKey && !event.metaKey;
  const use = alt && /^Digit[1-5]$/.test(event.code) && row.querySelectorAll("[name=use]")[event.code.slice(-1) - 1];
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") next(row);
  else if (alt && event.key === "ArrowDown") go(row, 1);
  else if (alt && event.key === "ArrowUp") go(row, -1);
  else if (alt && event.code === "KeyS") copy(row);
  else if (use) use.click();
  else return;
  event.preventDefault();
});
