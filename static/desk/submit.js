// Ctrl+Enter or ⌘Enter submits, as it goes on everywhere in the translator's page that leads here.
(() => {
  const form = document.getElementById("submit-form");
  document.addEventListener("keydown", (event) => {
    const send = form?.querySelector("button.default:not([disabled])");
    if (!send || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    form.requestSubmit(send);
  });
})();
