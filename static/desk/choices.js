// Boxes for a key: below what is typed stands what the server finds for it, as a browser's own list of suggestions.
(() => {
  const lists = new Map(); // by address
  const names = new Map(); // by address and key: of all that was ever offered
  let latest = 0;
  let waiting;

  const listOf = (url) => {
    if (!lists.has(url)) {
      const list = document.createElement("datalist");
      list.id = `choices-${lists.size + 1}`;
      document.body.append(list);
      lists.set(url, list);
    }
    return lists.get(url);
  };

  // What the key stands for is written under a box that has a place for it.
  const showName = (box) => {
    const place = box.parentElement.querySelector(":scope > .choice-name");
    if (place) place.textContent = names.get(`${box.dataset.choices} ${box.value.trim()}`) ?? "";
  };

  const look = async (box) => {
    const request = ++latest;
    const url = box.dataset.choices;
    const list = listOf(url);
    box.setAttribute("list", list.id);
    let choices;
    try {
      choices = (await (await fetch(`${url}?q=${encodeURIComponent(box.value)}`)).json()).choices;
    } catch {
      return; // signed out meanwhile, or no network: a key can still be typed
    }
    for (const choice of choices) names.set(`${url} ${choice.value}`, choice.name);
    if (request !== latest) return;
    list.replaceChildren(
      ...choices.map((choice) => {
        const option = document.createElement("option");
        option.value = choice.value;
        option.label = choice.name;
        return option;
      }),
    );
    if (names.has(`${url} ${box.value.trim()}`)) showName(box);
  };

  const ask = (event) => {
    const box = event.target.closest?.("input[data-choices]");
    if (!box) return;
    if (event.type === "input") showName(box);
    clearTimeout(waiting);
    waiting = setTimeout(() => look(box), event.type === "input" ? 150 : 0);
  };
  document.addEventListener("input", ask);
  document.addEventListener("focusin", ask);
})();
