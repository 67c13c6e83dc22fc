// Suggestions while somebody types into a search: a combobox with a list, by the pattern of WAI-ARIA. The form works
// without. What is typed is asked for only, and kept nowhere.
const WAIT = 120; // milliseconds without a key before the server is asked

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const box = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let timer, asking, active = -1;

  box.type = "text"; // a combobox is none of the other types
  list.id = `${box.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  status.className = "unseen";
  for (const [element, attributes] of [
    [box, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }],
    [list, { role: "listbox", "aria-label": form.dataset.label }],
    [status, { role: "status" }],
  ]) for (const name in attributes) element.setAttribute(name, attributes[name]);
  box.parentElement.append(list);
  form.append(status);

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    mark(-1);
    box.setAttribute("aria-expanded", "false");
  }

  function mark(place) {
    active = place;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    if (place < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    box.value = option.textContent;
    close();
    form.requestSubmit();
  }

  function show({ suggestions, status: said }) {
    list.replaceChildren(...suggestions.map((text, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.dir = "auto";
      option.textContent = text;
      return option;
    }));
    mark(-1);
    list.hidden = !suggestions.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = said;
  }

  async function ask() {
    const typed = box.value.trim();
    if (!typed) return close();
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: typed })}`, {
        cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", signal: asking.signal,
      });
      if (answer.ok) show(await answer.json());
    } catch { /* no connection, or something else was typed meanwhile */ }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") mark(active + 1 < count ? active + 1 : -1);
    else if (event.key === "ArrowUp") mark(active < 0 ? count - 1 : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}
