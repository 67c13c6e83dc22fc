// What a row of a list need not be told: a new one takes over what the row before says of the same (data-carried), and
// one choice may tell another (data-implies). Each is shown, marked until somebody changes it, and named beside the row.
// Without this script everything is filled in by hand.
(() => {
  const form = document.querySelector("form.write");
  if (!form) return;
  const taken = new WeakMap(); // by box: { before, value } of what the row before gave

  const columnOf = (box) => box.name.slice(box.name.lastIndexOf("-") + 1);
  const boxIn = (part, column) => part.querySelector(`[name$="-${column}"]`);
  const read = (box) => (box.type === "checkbox" ? box.checked : box.value);
  const put = (box, value) => {
    if (box.type === "checkbox") box.checked = value;
    else box.value = value;
  };
  const mark = (box, isFilled) => box.closest(".field")?.classList.toggle("is-filled", isFilled);
  const isFilled = (box) => box.closest(".field")?.classList.contains("is-filled");
  const labelOf = (box) => box.labels[0].textContent.trim().replace(/:$/, "");

  const rowBefore = (part) => {
    for (let other = part.previousElementSibling; other; other = other.previousElementSibling) {
      if (other.matches(".part:not(.is-removed)") && !boxIn(other, "retired")?.checked) return other;
    }
    return null;
  };

  const say = (part, words, labels) => {
    const told = document.createElement("p");
    told.className = "meta filled";
    told.setAttribute("role", "status");
    told.textContent = `${words} ${labels.join(" · ")}`;
    part.querySelector("summary").after(told);
  };

  document.addEventListener("formset:added", (event) => {
    const part = event.target;
    const before = rowBefore(part);
    if (!before) return;
    const filled = [];
    for (const box of part.querySelectorAll("[data-carried]")) {
      const value = read(boxIn(before, columnOf(box)));
      if (value === read(box)) continue;
      taken.set(box, { before: read(box), value });
      put(box, value);
      mark(box, true);
      filled.push(labelOf(box));
    }
    if (filled.length) say(part, part.closest("section.parts").dataset.carried, filled);
  });

  form.addEventListener("change", (event) => {
    const box = event.target;
    const part = box.closest(".part");
    if (!part || !box.name) return;
    mark(box, false);
    if (!box.dataset.implies) return;
    for (const [column, values] of Object.entries(JSON.parse(box.dataset.implies))) {
      const other = boxIn(part, column);
      const value = values[box.value];
      // What somebody chose stays; the server says so where the two contradict each other.
      if (value === undefined || value === read(other) || (read(other) && !isFilled(other))) continue;
      put(other, value);
      mark(other, true);
    }
  });

  // A row of which nobody filled in anything is none, whatever it took over.
  const isUntouched = (part) =>
    [...part.querySelectorAll("input:not([type=hidden]), textarea, select")].every((box) => {
      if (!box.name || columnOf(box) === "ORDER") return true;
      if (taken.has(box)) return read(box) === taken.get(box).value;
      if (box.type === "checkbox") return box.checked === box.defaultChecked;
      if (box.options) return box.selectedIndex === Math.max(0, [...box.options].findIndex((one) => one.defaultSelected));
      return box.value === box.defaultValue;
    });

  form.addEventListener("formdata", (event) => {
    for (const part of form.querySelectorAll("section.parts > .part:not(.is-removed)")) {
      const boxes = [...part.querySelectorAll("[data-carried]")].filter((box) => taken.has(box));
      if (!boxes.length || !isUntouched(part)) continue;
      for (const box of boxes) {
        const { before } = taken.get(box);
        if (box.type !== "checkbox") event.formData.set(box.name, before);
        else if (!before) event.formData.delete(box.name);
      }
    }
  });
})();
