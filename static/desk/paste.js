// Text that is pasted or dropped from elsewhere is read by the server, which says what it changed or left out. The list
// stands above the editor until it is dismissed. What comes from an editor of ours, or from a list of ours, need not ask.
(() => {
  const template = document.getElementById("paste-told");
  if (!template) return;
  const OWN = "text/x-own"; // on what goes to the editor as it is
  const LONGEST = 2_400_000; // bytes; the server reads no foreign HTML that is longer
  const PAUSE = 500; // milliseconds before it is said that reading takes a while
  let reading = Promise.resolve(); // one after the other, so that what is pasted keeps its order

  const editorOf = (event) => {
    const target = event.target.nodeType === Node.TEXT_NODE ? event.target.parentElement : event.target;
    // A box within the editor, such as a table's caption, takes plain text by itself.
    return target?.closest?.("input, textarea") ? null : target?.closest?.(".ProseMirror[contenteditable=true]");
  };

  const caretAt = (x, y) => {
    if (document.caretPositionFromPoint) {
      const caret = document.caretPositionFromPoint(x, y);
      return caret && [caret.offsetNode, caret.offset];
    }
    const range = document.caretRangeFromPoint?.(x, y);
    return range && [range.startContainer, range.startOffset];
  };

  // The region is there before anything is said in it: only then is it read out.
  const equip = () => {
    for (const editor of document.querySelectorAll(".ProseMirror[contenteditable=true]")) {
      const box = editor.closest(".prose-editor");
      if (!box || box.previousElementSibling?.classList.contains("paste-told")) continue;
      const region = document.createElement("div");
      region.className = "paste-told";
      region.setAttribute("role", "status");
      box.before(region);
    }
  };

  const regionOf = (editor) => editor.closest(".prose-editor").previousElementSibling;

  const tell = (editor, heading, texts) => {
    const region = regionOf(editor);
    region.querySelector(".is-reading")?.remove();
    if (!heading) return;
    const said = document.createElement("p");
    const list = document.createElement("ul");
    said.textContent = heading;
    list.append(
      ...texts.map((text) => {
        const item = document.createElement("li");
        item.textContent = text;
        return item;
      }),
    );
    const told = document.createElement("div");
    told.append(said, ...(texts.length ? [list] : []));
    if (!region.firstElementChild) {
      const dismiss = template.content.querySelector("button").cloneNode(true);
      dismiss.addEventListener("click", () => {
        region.replaceChildren();
        editor.focus();
      });
      region.append(dismiss);
    }
    region.lastElementChild.before(told);
  };

  const sayReading = (editor) => {
    const region = regionOf(editor);
    if (region.firstElementChild) return;
    const said = document.createElement("p");
    said.className = "is-reading";
    said.textContent = template.dataset.reading;
    region.append(said);
  };

  // Several blocks go between those that are there; the editor would let the first run on from the words at the caret.
  const apart = (html) => {
    const body = new DOMParser().parseFromString(html, "text/html").body;
    if (body.children.length < 2 && body.firstElementChild?.matches("p")) return html;
    body.firstElementChild?.setAttribute("data-pm-slice", "0 0 []"); // how ProseMirror says that no block is cut
    return body.innerHTML;
  };

  const put = (editor, type, text) => {
    const data = new DataTransfer();
    data.setData(type, type === "text/html" ? apart(text) : text);
    data.setData(OWN, "1");
    // Who went on to another box meanwhile stays there.
    if (document.activeElement === document.body || editor.contains(document.activeElement)) editor.focus();
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const read = async (editor, html, plain) => {
    const waiting = setTimeout(sayReading, PAUSE, editor);
    try {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", editor.closest("form").querySelector("[name=csrfmiddlewaretoken]").value);
      body.append("html", html.replace(/(\bsrc\s*=\s*["'])data:[^"'>]*/gi, "$1data:,")); // pictures stay behind anyway
      if (editor.closest("form.translate")) body.append("is_one_block", "1"); // each of its editors holds one block
      if (new Blob([body.get("html")]).size > LONGEST) {
        tell(editor, template.dataset.refused, [template.dataset.tooLong]);
        return;
      }
      const answer = await fetch(template.dataset.url, { method: "POST", body });
      if (answer.redirected || (!answer.ok && answer.status !== 409)) throw new Error(answer.status);
      const imported = await answer.json();
      if (imported.refused) {
        tell(editor, template.dataset.refused, imported.refused);
        return;
      }
      tell(editor, imported.changes.length ? template.dataset.changed : "", imported.changes);
      if (imported.html) put(editor, "text/html", imported.html);
    } catch {
      tell(editor, template.dataset.failed, []);
      put(editor, "text/plain", plain);
    } finally {
      clearTimeout(waiting);
    }
  };

  const take = (event, data) => {
    const editor = editorOf(event);
    const html = data?.getData("text/html");
    if (!editor || !html || data.types.includes(OWN)) return null;
    event.preventDefault();
    event.stopImmediatePropagation();
    const plain = data.getData("text/plain") || new DOMParser().parseFromString(html, "text/html").body.textContent;
    return () => {
      reading = reading.then(() => read(editor, html, plain));
    };
  };

  // What is copied or dragged out of an editor of ours says so; editors of other sites are built on the same library.
  for (const kind of ["copy", "cut", "dragstart"]) {
    document.addEventListener(kind, (event) => {
      if (editorOf(event)) (event.clipboardData ?? event.dataTransfer)?.setData(OWN, "1");
    });
  }
  document.addEventListener("paste", (event) => take(event, event.clipboardData)?.(), true);
  document.addEventListener(
    "drop",
    (event) => {
      const start = take(event, event.dataTransfer);
      if (!start) return;
      const caret = caretAt(event.clientX, event.clientY);
      if (caret) {
        editorOf(event).focus();
        getSelection().setBaseAndExtent(...caret, ...caret);
      }
      start();
    },
    true,
  );
  new MutationObserver(equip).observe(document.documentElement, { childList: true, subtree: true });
  equip();
})();
