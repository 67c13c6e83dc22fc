// Taking the source language down takes down every language: choosing it ticks the others and locks them.
(() => {
  const form = document.querySelector("form[data-source-language]");
  const boxes = [...(form?.querySelectorAll("input[name=languages]") ?? [])];
  const source = boxes.find((box) => box.value === form.dataset.sourceLanguage);
  if (!source) return;

  const others = boxes.filter((box) => box !== source);
  let chosen = []; // those that were ticked before the source was
  const follow = () => {
    for (const box of others) {
      box.disabled = source.checked;
      box.checked = source.checked || chosen.includes(box);
    }
  };
  source.addEventListener("change", () => {
    if (source.checked) chosen = others.filter((box) => box.checked);
    follow();
  });
  if (source.checked) follow();
})();
