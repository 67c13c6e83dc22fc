// The lists of a page: move parts by their buttons or by dragging, and add one.
// Without this script everything still works: the number beside each part gives its place.
(() => {
  const form = document.querySelector("form.write");
  if (!form) return;

  const button = (label, onClick) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", onClick);
    return made;
  };

  const renumber = (section) => {
    section.querySelectorAll(":scope > .part").forEach((part, place) => {
      const order = part.querySelector("input[name$='-ORDER']");
      if (order) order.value = place + 1;
    });
  };

  // As though it had been typed: the guard and the findings listen to that.
  const touch = (section) => section.dispatchEvent(new Event("input", { bubbles: true }));

  const move = (section, part, step) => {
    const other = step < 0 ? part.previousElementSibling : part.nextElementSibling;
    if (!other?.classList.contains("part")) return;
    if (step < 0) other.before(part);
    else other.after(part);
    renumber(section);
    touch(section);
    part.querySelector(step < 0 ? ".up" : ".down").focus();
  };

  const equip = (section, part) => {
    const tools = document.createElement("p");
    tools.className = "part-tools";
    const name = part.querySelector("summary").textContent.trim().replace(/\s+/g, " ");
    const up = button("↑", () => move(section, part, -1));
    const down = button("↓", () => move(section, part, 1));
    up.className = "up";
    down.className = "down";
    up.setAttribute("aria-label", `↑ ${name}`);
    down.setAttribute("aria-label", `↓ ${name}`);
    tools.append(up, down);
    part.append(tools);
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.setAttribute("aria-hidden", "true"); // the buttons do the same for those who do not drag
    grip.addEventListener("click", (event) => event.preventDefault());
    grip.addEventListener("pointerdown", () => { part.draggable = true; });
    grip.addEventListener("pointerup", () => { part.draggable = false; });
    part.querySelector("summary").prepend(grip);
  };

  // A part that was added here and never saved is taken away again, and can be put back until the page is saved. In its
  // place stays a blank part, as the one for those without scripts is: it is no part, and the count stays right.
  const removable = (section, part, blankMarkup) => {
    const remove = button(section.dataset.remove, () => {
      const blank = document.createElement("div");
      blank.className = "part panel is-removed";
      const fields = document.createElement("div");
      fields.hidden = true;
      fields.innerHTML = blankMarkup;
      const told = document.createElement("p");
      told.setAttribute("role", "status");
      told.textContent = `${section.dataset.removed} `;
      const undo = button(section.dataset.undo, () => {
        blank.replaceWith(part);
        renumber(section);
        touch(section);
        part.querySelector(".remove").focus();
      });
      told.append(undo);
      blank.append(fields, told);
      part.replaceWith(blank);
      renumber(section);
      touch(section);
      undo.focus();
    });
    remove.className = "remove";
    part.querySelector(".part-tools").append(remove);
  };

  // Only a part that is held by its grip can be dragged, and only within its own list.
  const dragging = (section) => {
    let held = null;
    section.addEventListener("dragstart", (event) => {
      held = event.target.closest?.(".part[draggable=true]");
      if (!held) return;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      held.classList.add("is-held");
    });
    section.addEventListener("dragover", (event) => {
      if (!held) return;
      event.preventDefault();
      const over = event.target.closest(".part");
      if (!over || over === held || over.parentElement !== section) return;
      const { top, height } = over.getBoundingClientRect();
      if (event.clientY < top + height / 2) over.before(held);
      else over.after(held);
    });
    section.addEventListener("drop", (event) => { if (held) event.preventDefault(); });
    section.addEventListener("dragend", () => {
      if (!held) return;
      held.classList.remove("is-held");
      held.draggable = false;
      held = null;
      renumber(section);
      touch(section);
    });
  };

  document.querySelectorAll("section.parts").forEach((section) => {
    const template = section.querySelector(":scope > template");
    const total = section.querySelector("input[name$='-TOTAL_FORMS']");
    // The blank part at the end is for those without scripts; here the button adds one.
    const blank = [...section.querySelectorAll(":scope > .part")].at(-1);
    if (blank && !blank.open && !blank.querySelector("input[name$='-id']").value) {
      blank.remove();
      total.value = Number(total.value) - 1;
    }
    section.querySelectorAll(":scope > .part").forEach((part) => equip(section, part));
    dragging(section);
    const add = button(`+ ${template.content.querySelector("summary").textContent.trim()}`, () => {
      const holder = document.createElement("div");
      const markup = template.innerHTML.replaceAll("__prefix__", total.value);
      holder.innerHTML = markup;
      const part = holder.firstElementChild;
      total.value = Number(total.value) + 1;
      template.before(part);
      equip(section, part);
      removable(section, part, markup);
      renumber(section);
      touch(section);
      part.dispatchEvent(new CustomEvent("formset:added", { bubbles: true })); // the prose editor waits for it
      part.querySelector("input:not([type=hidden]), textarea").focus();
    });
    add.className = "add-part";
    section.append(add);
  });

  form.addEventListener("submit", () => document.querySelectorAll("section.parts").forEach(renumber));
})();
