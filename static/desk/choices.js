// Boxes for a key: below what is typed stands what the server finds for it, as a browser's own list of suggestions.
(() => {
  const lists = new Map(); // by address
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

  const look = async (box) => {
    const request = ++latest;
    const list = listOf(box.dataset.choices);
    box.setAttribute("list", list.id);
    let choices;
    try {
      choices = (await (await fetch(`${box.dataset.choices}?q=${encodeURIComponent(box.value)}`)).json()).choices;
    } catch {
      return; // signed out meanwhile, or no network: a key can still be typed
    }
    if (request !== latest) return;
    list.replaceChildren(
      ...choices.map((choice) => {
        const option = document.createElement("option");
        option.value = choice.value;
        option.label = choice.name;
        return option;
      }),
    );
  };

  const ask = (event) => {
    const box = event.target.closest?.("input[data-choices]");
    if (!box) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => look(box), event.type === "input" ? 150 : 0);
  };
  document.addEventListener("input", ask);
  document.addEventListener("focusin", ask);
})();
