// Keys of the workbench: they press the buttons of the row one is in, and lead from row to row.
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

function copy(row) {
  area(row).value = row.querySelector("[data-source]").textContent;
  area(row).dispatchEvent(new Event("input", { bubbles: true }));
}

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
