// Citing and linking from a list: a button beside each text that may cite, and one dialog for all of them.
// What is chosen is pasted where the cursor stood, so that the editor treats it as what a person pastes.
(() => {
  const dialog = document.querySelector("dialog.pick");
  const template = document.getElementById("pick-button");
  if (!dialog?.showModal || !template) return;

  const words = dialog.querySelector("input[type=search]");
  const status = dialog.querySelector("[role=status]");
  const list = dialog.querySelector(".pick-results");
  let target = null;
  let marked = null; // what was selected in the editor: a range of its own, or null
  let latest = 0;

  // The words as they were typed: a selection's own text is what is seen, in capitals where the style sheet says so.
  const selected = (box) => {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0).cloneRange();
    return range && box.contains(range.commonAncestorContainer) ? range : null;
  };

  // Their copy with its marks; of several paragraphs, the words alone, still apart.
  const copyOf = (range) => {
    const copy = range.cloneContents();
    const blocks = [...copy.children].filter((each) => /^(P|LI|UL|OL|H\d|TABLE)$/.test(each.tagName));
    if (blocks.length) copy.replaceChildren(blocks.map((each) => each.textContent).join(" "));
    copy.querySelectorAll("a").forEach((each) => each.replaceWith(...each.childNodes)); // no link within a link
    return copy;
  };

  const open = (box) => {
    target = box;
    marked = box.isContentEditable ? selected(box) : null;
    words.value = marked?.toString().trim() ?? "";
    dialog.showModal();
    words.select();
    look();
  };

  const put = (result) => {
    dialog.close();
    target.focus();
    if (!target.isContentEditable) {
      target.setRangeText(result.text, target.selectionEnd, target.selectionEnd, "end"); // behind what is selected
      target.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    const data = new DataTransfer();
    data.setData("text/x-own", "1"); // nothing foreign: paste.js lets it through
    if (result.text) {
      data.setData("text/plain", result.text);
    } else {
      const link = document.createElement("a");
      link.setAttribute("href", result.link);
      if (marked) link.append(copyOf(marked));
      else link.textContent = result.name;
      data.setData("text/html", link.outerHTML);
    }
    const paste = () => {
      target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      target.dispatchEvent(new Event("input", { bubbles: true }));
    };
    // The editor puts its own selection back when it is focused, a moment later, and sees another one as late.
    setTimeout(() => {
      if (!result.text || !marked) return paste();
      getSelection().collapse(marked.endContainer, marked.endOffset); // a citation takes nothing away of its words
      setTimeout(paste, 50);
    }, 50);
  };

  const show = (results) => {
    const fitting = results.filter((result) => result.text || target.isContentEditable);
    status.textContent = words.value.trim() ? (fitting.length ? status.dataset.some : status.dataset.none) : "";
    list.replaceChildren(
      ...fitting.map((result) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        const name = document.createElement("bdi");
        const detail = document.createElement("span");
        button.type = "button";
        name.textContent = result.name;
        detail.className = "meta";
        detail.textContent = `${result.sort} · ${result.detail}`;
        button.append(name, detail);
        button.addEventListener("click", () => put(result));
        item.append(button);
        return item;
      }),
    );
  };

  const look = async () => {
    const request = ++latest;
    try {
      const answer = await fetch(`${dialog.dataset.url}?q=${encodeURIComponent(words.value)}`);
      const results = (await answer.json()).results;
      if (request === latest) show(results);
    } catch {
      status.textContent = status.dataset.failed; // signed out meanwhile, or no network
    }
  };

  let waiting;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    list.querySelector("button")?.focus();
  });

  const equip = () => {
    document.querySelectorAll(".write [data-cites], .write .prose-editor").forEach((box) => {
      if (box.nextElementSibling?.classList.contains("pick-open")) return;
      const inner = () => box.querySelector?.(".ProseMirror[contenteditable=true]") ?? box;
      if (box.closest("template") || (box.matches(".prose-editor") && inner() === box)) return;
      const button = template.content.firstElementChild.cloneNode(true);
      button.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps its selection
      button.addEventListener("click", () => open(inner()));
      box.after(button);
    });
  };
  new MutationObserver(equip).observe(document.querySelector("form.write"), { childList: true, subtree: true });
  equip();
})();
