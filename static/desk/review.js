// The views of an edition, one key or tap apart. Without this script they stand below each other.
(() => {
  const links = [...document.querySelectorAll(".views a[data-view]")];
  const panels = links.map((link) => document.getElementById(link.hash.slice(1)));
  if (links.length < 2 || panels.includes(null)) return;

  const show = (place, focus) => {
    links.forEach((link, number) => {
      panels[number].hidden = number !== place;
      if (number === place) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    if (focus) links[place].focus();
  };

  links.forEach((link, place) => {
    const key = document.createElement("kbd");
    key.textContent = place + 1;
    link.append(" ", key);
    link.setAttribute("aria-keyshortcuts", place + 1);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      show(place, false);
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const place = Number(event.key) - 1;
    if (links[place]) show(place, true);
  });

  // What an address points at is never in a view or a fold that is closed.
  const reveal = (start) => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const holding = target ? panels.findIndex((panel) => panel.contains(target)) : -1;
    if (holding >= 0 || start) show(Math.max(holding, 0), false);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", () => reveal(false));
  reveal(true);
})();
