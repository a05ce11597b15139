// What is wrong with how a page is laid out; a page that is too wide says so in the console by itself.
window.sticksOut = () => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth + 1) return '';
  const scrolls = e => e && e !== root && e !== document.body
    && (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const out = [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(e.parentElement))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 140).replace(/\s+/g, ' '));
  return `too wide: ${root.scrollWidth} > ${root.clientWidth}: ${out.join(' | ')}`;
};

// What a finger has to hit and cannot: lower than 44 px. Links within running text are read before they are touched.
window.tooSmall = () => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || e.closest('.only-heard, .skip, p, .hint, li p, h1, h2, h3, td, svg, .reading') || e.type === 'hidden') return false;
  const labels = [...e.labels ?? []].map(label => label.getBoundingClientRect().height);
  return Math.max(box.height, ...labels) < 43.5;
}).map(e => e.outerHTML.slice(0, 120));

addEventListener('load', () => { const said = sticksOut(); if (said) console.error(said); });
