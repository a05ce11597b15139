// Says in the console when a page is wider than its window, and which elements stick out.
addEventListener('load', () => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth + 1) return;
  const scrolls = e => e && e !== root && e !== document.body
    && (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const out = [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(e.parentElement))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 140).replace(/\s+/g, ' '));
  console.error(`too wide: ${root.scrollWidth} > ${root.clientWidth}: ${out.join(' | ')}`);
});
