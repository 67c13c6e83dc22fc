// “Print this page”: buttons that show only where a script can answer them.
if (typeof window.print === "function") for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => window.print());
  button.hidden = false;
}
