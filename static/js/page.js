// What a page of text does with a script. “Print this page” shows only where a script can answer it.
if (typeof window.print === "function") for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => window.print());
  button.hidden = false;
}

// Contents that open at the foot of a phone's window come up from behind the bar that stays there.
for (const contents of document.querySelectorAll(".contents-folded details")) {
  contents.addEventListener("toggle", () => {
    if (contents.open) contents.scrollIntoView({ block: "nearest" });
  });
}
