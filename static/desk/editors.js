// Gives each prose editor the name, language and direction of the box that it stands for.
(() => {
  const named = (editor) => {
    const box = editor.closest(".prose-editor")?.querySelector("textarea");
    if (!box || editor.hasAttribute("aria-label") || editor.hasAttribute("aria-labelledby")) return;
    for (const name of ["lang", "dir", "aria-labelledby"]) {
      if (box.hasAttribute(name)) editor.setAttribute(name, box.getAttribute(name));
    }
    const label = box.labels?.[0]?.textContent.trim();
    if (label && !editor.hasAttribute("aria-labelledby")) editor.setAttribute("aria-label", label);
    editor.setAttribute("aria-multiline", "true");
  };
  const all = () => document.querySelectorAll(".ProseMirror[contenteditable=true]").forEach(named);
  new MutationObserver(all).observe(document.documentElement, { childList: true, subtree: true });
  all();
})();
