// Switches between light and dark without loading the page again; the links work without this too.
const links = document.querySelectorAll("[data-theme-choice]");

function choose(link) {
  const theme = link.dataset.themeChoice;
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const age = theme === "auto" ? 0 : 31536000;
  document.cookie = "theme=" + theme + ";path=/;max-age=" + age + ";samesite=lax";
  for (const other of links) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    choose(link);
  });
}
