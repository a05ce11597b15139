// Asks before somebody leaves a form with words in it that were not sent.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let touched = false;
  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => { touched = false; });
  window.addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
}
