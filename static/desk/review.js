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
    if (focus) links[place].focus({ preventScroll: true });
    panels[place].querySelector("[data-changed]")?.scrollIntoView({ block: "center" });
  };

  links.forEach((link, place) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      show(place, event.detail === 0); // by a key: what is shown is told from there
    });
  });

  // What an address points at is never in a view or a fold that is closed.
  const reveal = (start) => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const holding = target ? panels.findIndex((panel) => panel.contains(target)) : -1;
    if (holding >= 0 || start) show(Math.max(holding, 0), false);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target.querySelector("[data-changed]")) target.querySelector("[data-changed]").scrollIntoView({ block: "center" });
    else target.scrollIntoView();
  };
  window.addEventListener("hashchange", () => reveal(false));
  reveal(true);
})();

// Single keys: each presses what says so in its data-key. Keys that are pressed by chance, or spoken, must be possible
// to turn off; the browser remembers it. They never act while somebody types.
(() => {
  const REMEMBERED = "desk-number-keys";
  const switched = document.querySelector("[data-keys]");
  if (!switched) return;
  const TYPED_IN = "input:not([data-keys]), textarea, select, dialog, [contenteditable], [role=textbox], [role=combobox]";
  const pressable = () => [...document.querySelectorAll("[data-key]")];

  const tell = () => {
    for (const place of pressable()) {
      const sign = place.querySelector("kbd") ?? document.createElement("kbd");
      if (!sign.isConnected) place.append(" ", sign);
      sign.textContent = place.dataset.key.toUpperCase();
      sign.hidden = !switched.checked;
      if (switched.checked) place.setAttribute("aria-keyshortcuts", place.dataset.key);
      else place.removeAttribute("aria-keyshortcuts");
    }
  };
  try {
    switched.checked = localStorage.getItem(REMEMBERED) !== "off";
  } catch {
    switched.checked = true; // a browser that keeps nothing
  }
  switched.closest("label").hidden = false;
  switched.addEventListener("change", () => {
    tell();
    try {
      localStorage.setItem(REMEMBERED, switched.checked ? "on" : "off");
    } catch {
      // It holds for this page alone.
    }
  });
  document.addEventListener("renewed", tell);
  tell();

  document.addEventListener("keydown", (event) => {
    if (!switched.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.defaultPrevented || event.target.closest?.(TYPED_IN) || document.querySelector("dialog[open]")) return;
    const place = pressable().find((pressed) => pressed.dataset.key === event.key.toLowerCase());
    if (!place) return;
    event.preventDefault();
    place.focus();
    place.click();
  });
})();

// Opening a remark puts the caret in it, before anything else that is typed can be taken for a key of the page.
document.addEventListener("click", (event) => {
  const fold = event.target.closest?.(":is(.remark-here, .answer) > summary")?.parentElement;
  if (!fold || fold.open) return;
  event.preventDefault();
  fold.open = true;
  fold.querySelector("textarea").focus();
});

// A colleague who was chosen is asked in the words, where the caret is. Without this script, at their beginning.
document.addEventListener("change", (event) => {
  const chosen = event.target;
  if (!chosen.matches("input[name=ask]")) return;
  const text = chosen.form.elements.text;
  if (!/^@\S+$/.test(chosen.value)) return;
  const before = text.value.slice(0, text.selectionStart);
  const space = before && !/\s$/.test(before) ? " " : "";
  text.setRangeText(`${space}${chosen.value} `, text.selectionStart, text.selectionEnd, "end");
  chosen.value = "";
  text.focus();
});
