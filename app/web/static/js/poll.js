// Fetches a progress element anew from the address in data-poll until it comes back without one.
const WAIT = 1500;

async function follow(element) {
  let tries = 0;
  while (element.dataset.poll) {
    await new Promise((done) => setTimeout(done, WAIT * Math.min(8, 1 + tries)));
    if (document.hidden) continue;
    try {
      const answer = await fetch(element.dataset.poll, { headers: { "X-Requested-With": "poll" } });
      if (!answer.ok) throw new Error(answer.status);
      const holder = document.createElement("template");
      holder.innerHTML = await answer.text();
      const next = holder.content.firstElementChild;
      if (!next) return;
      element.replaceWith(next);
      element = next;
      tries = 0;
    } catch {
      tries += 1;
    }
  }
}

for (const element of document.querySelectorAll("[data-poll]")) follow(element);
