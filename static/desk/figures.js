// A figure that was uploaded in another tab: when one comes back, the box whose link was followed names it. (Every box
// finds it from then on.)
(() => {
  let asker = null;
  let known = null; // keys of the newest figures before: null until they are told

  const newest = async (box) => {
    try {
      return (await (await fetch(box.dataset.choices)).json()).choices.map((choice) => choice.value);
    } catch {
      return null; // signed out meanwhile, or no network: coming back once more asks again
    }
  };

  const refresh = async () => {
    if (!asker || !known) return;
    const box = asker;
    const added = (await newest(box))?.find((key) => !known.includes(key));
    if (!added || box !== asker) return;
    asker = null;
    box.value = added;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.figure-new");
    if (!link) return;
    asker = link.closest(".field").querySelector("input[data-choices]");
    known = null;
    known = await newest(asker);
  });
  addEventListener("focus", refresh);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
})();
