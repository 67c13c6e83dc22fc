// A button that copies what stands in a field. Without this script the field can be selected and copied by hand.
(() => {
  document.querySelectorAll("button[data-copies]").forEach((button) => {
    const field = document.getElementById(button.dataset.copies);
    field.addEventListener("focus", () => field.select());
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy"); // where the clipboard is refused, as without TLS
      }
      button.textContent = button.dataset.done;
    });
  });
})();
