// The lists of an article's page: move parts up and down, add one, and a warning before unsaved words are left.
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

  const move = (section, part, step) => {
    const other = step < 0 ? part.previousElementSibling : part.nextElementSibling;
    if (!other?.classList.contains("part")) return;
    if (step < 0) other.before(part);
    else other.after(part);
    renumber(section);
    touched = true;
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
  };

  let touched = false;
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
    const add = button(`+ ${template.content.querySelector("summary").textContent.trim()}`, () => {
      const holder = document.createElement("div");
      holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
      const part = holder.firstElementChild;
      total.value = Number(total.value) + 1;
      template.before(part);
      equip(section, part);
      renumber(section);
      touched = true;
      part.dispatchEvent(new CustomEvent("formset:added", { bubbles: true })); // the prose editor waits for it
      part.querySelector("input:not([type=hidden]), textarea").focus();
    });
    section.append(add);
  });

  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => {
    document.querySelectorAll("section.parts").forEach(renumber);
    touched = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
})();
