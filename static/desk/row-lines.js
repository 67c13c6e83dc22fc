// Several rows of a list from lines that are pasted: a line for each row, its parts in the order that the page says,
// with “|” between them or as a table has them. What was made stands open in its boxes, to be read before it is saved.
(() => {
  for (const place of document.querySelectorAll(".row-lines")) {
    const section = place.closest("section.parts");
    const lines = place.querySelector("textarea");
    const told = place.querySelector("[role=status]");
    const columns = place.dataset.columns.split(" ");
    place.hidden = false;

    const fit = (box, words) => {
      if (!box.options) {
        box.value = words;
        return true;
      }
      const same = (text) => text.trim().toLowerCase() === words.toLowerCase();
      const option = [...box.options].find((one) => one.value && (same(one.textContent) || same(one.value)));
      if (option) box.value = option.value;
      return Boolean(option);
    };

    const readLine = (line) => line.split(line.includes("\t") ? "\t" : "|").map((words) => words.trim());

    // Whether every part of it has a place; nothing is made of one that has not.
    const fits = (words) => {
      if (words.length > columns.length || !words[0]) return false;
      const template = section.querySelector(":scope > template").content;
      return words.every((word, number) => {
        const box = template.querySelector(`[name$="-${columns[number]}"]`);
        if (!word) return true;
        return (box.options ? fit(box.cloneNode(true), word) : box.maxLength < 0 || word.length <= box.maxLength);
      });
    };

    place.querySelector("button").addEventListener("click", () => {
      const left = [];
      let first = null;
      for (const line of lines.value.split(/\r?\n/).filter((one) => one.trim())) {
        const words = readLine(line);
        if (!fits(words)) {
          left.push(line);
          continue;
        }
        section.querySelector(":scope > .add-part").click();
        const part = [...section.querySelectorAll(":scope > details.part")].at(-1);
        first ??= part;
        words.forEach((word, number) => {
          const box = part.querySelector(`[name$="-${columns[number]}"]`);
          if (!word) return;
          fit(box, word);
          box.dispatchEvent(new Event("change", { bubbles: true }));
        });
      }
      lines.value = left.join("\n");
      told.textContent = left.length ? place.dataset.left : "";
      if (left.length) lines.focus();
      else first?.querySelector("input:not([type=hidden]), textarea").focus();
      if (first) section.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
})();
