// Asks once more before a form marked data-confirm is sent. The question and the way out come with the form,
// the yes is the very button that was pressed.
function button(text, className, value) {
  const made = document.createElement("button");
  made.className = className;
  made.value = value;
  made.textContent = text;
  return made;
}

function ask(form, pressed) {
  const dialog = document.createElement("dialog");
  const inner = document.createElement("form");
  inner.method = "dialog";
  inner.className = "stack";
  const question = document.createElement("p");
  question.id = "question";
  question.textContent = form.dataset.confirm;
  const row = document.createElement("p");
  row.className = "form-end";
  const yes = button(pressed ? pressed.textContent.trim() : "OK", "button", "yes");
  const no = button(form.dataset.confirmNo, "button button-quiet", "no");
  no.autofocus = true;
  row.append(yes, no);
  inner.append(question, row);
  dialog.append(inner);
  dialog.setAttribute("aria-labelledby", "question");
  dialog.addEventListener("close", () => {
    const agreed = dialog.returnValue === "yes";
    dialog.remove();
    if (!agreed) return;
    delete form.dataset.confirm;
    form.requestSubmit(pressed);
  });
  document.body.append(dialog);
  dialog.showModal();
}

for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!form.dataset.confirm || !window.HTMLDialogElement) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, event.submitter);
  }, true);
}
