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

  // Keys that are pressed by chance, or spoken, must be possible to turn off. The browser remembers it.
  const REMEMBERED = "desk-number-keys";
  const keys = document.querySelector("[data-keys]");
  const signs = links.map((link, place) => {
    const sign = document.createElement("kbd");
    sign.textContent = place + 1;
    link.append(" ", sign);
    return sign;
  });
  const tell = () => {
    signs.forEach((sign) => { sign.hidden = !keys.checked; });
    links.forEach((link, place) => {
      if (keys.checked) link.setAttribute("aria-keyshortcuts", place + 1);
      else link.removeAttribute("aria-keyshortcuts");
    });
  };
  try {
    keys.checked = localStorage.getItem(REMEMBERED) !== "off";
  } catch {
    keys.checked = true; // a browser that keeps nothing
  }
  keys.closest("label").hidden = false;
  keys.addEventListener("change", () => {
    tell();
    try {
      localStorage.setItem(REMEMBERED, keys.checked ? "on" : "off");
    } catch {
      // It holds for this page alone.
    }
  });
  tell();

  links.forEach((link, place) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      show(place, false);
    });
  });

  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([data-keys]), textarea, select, [contenteditable]")) return;
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

// A colleague who was chosen is asked in the words, where the caret is. Without this script, at their beginning.
document.querySelectorAll("input[name=ask]").forEach((chosen) => {
  const text = chosen.form.elements.text;
  chosen.addEventListener("change", () => {
    if (![...(chosen.list?.options ?? [])].some((option) => option.value === chosen.value)) return;
    const before = text.value.slice(0, text.selectionStart);
    const space = before && !/\s$/.test(before) ? " " : "";
    text.setRangeText(`${space}${chosen.value} `, text.selectionStart, text.selectionEnd, "end");
    chosen.value = "";
    text.focus();
  });
});
