// A figure that was uploaded in another tab: when one comes back, every list of figures offers it, and the list whose link
// was followed has it chosen. Without this script a button beside "Save" shows the form again with the new choices.
(() => {
  const holder = document.getElementById("figure-choices");
  if (!holder) return;
  let asker = null;

  const lists = (root) => root.querySelectorAll(".field-figure select");

  const offer = (select, figures) => {
    const known = new Set([...select.options].map((option) => option.value));
    const added = figures.filter((figure) => !known.has(figure.value));
    select.append(...added.map((figure) => new Option(figure.name, figure.value)));
    return added;
  };

  const refresh = async () => {
    if (!asker) return;
    let figures;
    try {
      figures = (await (await fetch(holder.dataset.url)).json()).figures;
    } catch {
      return; // signed out meanwhile, or no network: coming back once more asks again
    }
    for (const template of document.querySelectorAll("section.parts > template")) {
      for (const select of lists(template.content)) offer(select, figures);
    }
    for (const select of lists(document)) {
      const added = offer(select, figures);
      if (select !== asker || !added.length) continue;
      select.value = added.reduce((newest, figure) => (Number(figure.value) > Number(newest.value) ? figure : newest)).value;
      select.dispatchEvent(new Event("input", { bubbles: true }));
      asker = null;
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.figure-new");
    if (link) asker = link.closest(".field").querySelector("select");
  });
  addEventListener("focus", refresh);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
})();
