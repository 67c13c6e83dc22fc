// Boxes for a key: below what is typed stands what the server finds for it. A combobox with a list, by the pattern of
// ARIA; a browser's own <datalist> leaves out what does not contain the letters as they were typed, such as "cáncer".
(() => {
  const names = new Map(); // by address and key: of all that was ever offered
  let open = null; // the one list that is shown: { box, list }
  let latest = 0;
  let waiting;
  let made = 0;

  const boxOf = (event) => event.target.closest?.("input[data-choices]");
  const nameOf = (box) => names.get(`${box.dataset.choices} ${box.value.trim()}`) ?? "";

  // What the key stands for is written under a box that has a place for it.
  const showName = (box) => {
    const place = box.parentElement.querySelector(":scope > .choice-name");
    if (place) place.textContent = nameOf(box);
  };

  const close = () => {
    latest += 1; // what is still being asked comes too late
    clearTimeout(waiting);
    if (!open) return;
    open.box.setAttribute("aria-expanded", "false");
    open.box.removeAttribute("aria-controls");
    open.box.removeAttribute("aria-activedescendant");
    open.list.remove();
    open = null;
  };

  const mark = (option) => {
    open.list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    if (!option) return open.box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    open.box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  // A box that adds to a list: what was chosen becomes one more thing to tick, and the box is for the next.
  const add = (box, key, name) => {
    const list = box.closest(".field").querySelector(".chosen-keys > div");
    const there = [...list.querySelectorAll("input")].find((tick) => tick.value === key);
    if (there) {
      there.checked = true;
    } else {
      const item = document.createElement("div");
      const label = document.createElement("label");
      const tick = document.createElement("input");
      Object.assign(tick, { type: "checkbox", name: box.dataset.adds, value: key, checked: true });
      label.append(tick, ` ${name}`);
      item.append(label);
      list.append(item);
    }
    box.value = "";
  };

  const choose = (option) => {
    const { box } = open;
    const { key, name } = option.dataset;
    close();
    if (box.dataset.adds) add(box, key, name);
    else box.value = key;
    showName(box);
    box.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const show = (box, choices) => {
    close();
    if (!choices.length || document.activeElement !== box) return;
    const list = document.createElement("ul");
    made += 1;
    list.id = `choices-${made}`;
    list.className = "key-choices";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.labels[0]?.textContent.trim() ?? "");
    choices.forEach(({ value, name }, number) => {
      const option = document.createElement("li");
      const label = document.createElement("bdi");
      const key = document.createElement("span");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      Object.assign(option.dataset, { key: value, name });
      label.textContent = name;
      key.textContent = value;
      key.className = "meta";
      key.dir = "ltr";
      option.append(label, " ", key);
      list.append(option);
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
    list.style.inlineSize = `${box.offsetWidth}px`;
    box.after(list);
    box.setAttribute("aria-expanded", "true");
    box.setAttribute("aria-controls", list.id);
    open = { box, list };
    list.scrollIntoView({ block: "nearest" });
  };

  const look = async (box) => {
    latest += 1;
    const request = latest;
    const url = box.dataset.choices;
    let choices;
    try {
      choices = (await (await fetch(`${url}?q=${encodeURIComponent(box.value)}`)).json()).choices;
    } catch {
      return; // signed out meanwhile, or no network: a key can still be typed
    }
    for (const choice of choices) names.set(`${url} ${choice.value}`, choice.name);
    if (request !== latest) return;
    if (nameOf(box)) showName(box);
    show(box, choices);
  };

  document.addEventListener("focusin", (event) => {
    const box = boxOf(event);
    if (open && open.box !== box) close();
    if (!box || box.getAttribute("role")) return;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
  });
  document.addEventListener("focusout", (event) => {
    if (boxOf(event)) close();
  });
  document.addEventListener("input", (event) => {
    const box = boxOf(event);
    if (!box || event.detail === "chosen") return;
    showName(box);
    latest += 1; // what was asked for fewer letters comes too late
    clearTimeout(waiting);
    waiting = setTimeout(() => look(box), 150);
  });
  document.addEventListener("click", (event) => {
    const box = boxOf(event);
    if (box && !box.readOnly && open?.box !== box) look(box);
  });
  document.addEventListener("keydown", (event) => {
    const box = boxOf(event);
    if (!box || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!open) {
      if (step) {
        event.preventDefault();
        look(box);
      }
      return;
    }
    const options = [...open.list.children];
    const place = options.findIndex((option) => option.id === box.getAttribute("aria-activedescendant"));
    if (step) {
      event.preventDefault();
      mark(options[place < 0 && step < 0 ? options.length - 1 : place + step]); // past an end: back to what is typed
    } else if (event.key === "Enter" && place >= 0) {
      event.preventDefault();
      choose(options[place]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
})();
