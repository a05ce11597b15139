// One key presses one button of the page: the one whose data-key it is. Never while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog")) return;
  const key = event.key.toLowerCase();
  const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && !one.disabled);
  if (!button) return;
  event.preventDefault();
  button.focus();
  button.click();
});
