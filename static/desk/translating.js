// One unit after another without loading the page anew: what is typed is sent, and the parts of the page that the answer
// brings take the place of those that are there. Without this script each is a form and a link like any other.
(() => {
  const page = document.getElementById("translating");
  const form = document.getElementById("unit-form");
  if (!page || !form) return;
  const keys = document.getElementById("unit-keys");
  let isBusy = false;
  let waiting = null; // the address of a link that was followed meanwhile

  const box = () => form.elements.words;
  const lines = (text) => text.replace(/\r\n?/g, "\n");
  const isUnsaved = () => lines(box().value) !== lines(document.getElementById("field-words").dataset.saved);
  const button = (act) => form.querySelector(`button[value="${act}"]:not([disabled])`);

  const opened = () => {
    for (const hidden of page.querySelectorAll("[data-copy], [data-tag], [data-keys]")) hidden.hidden = false;
    const here = page.querySelector(".unit-row a[aria-current]");
    const list = here?.closest(".unit-scroll");
    if (list) list.scrollTop = here.offsetTop - list.clientHeight / 2;
    box().focus({ preventScroll: true });
    box().setSelectionRange(box().value.length, box().value.length);
    page.dispatchEvent(new Event("unit-opened"));
  };

  const swap = (fresh) => {
    for (const part of fresh.querySelectorAll("[data-swap]")) {
      const old = page.querySelector(`[data-swap="${part.dataset.swap}"]`);
      if (part.dataset.swap === "unit") {
        // The form stays: what keeps its text knows it. Its parts are swapped one by one.
        for (const name of [".unit-source", ".unit-refused"]) {
          page.querySelector(name).replaceWith(fresh.querySelector(name));
        }
      } else old.replaceChildren(...part.childNodes);
    }
    page.dataset.unit = fresh.dataset.unit;
  };

  const say = (words) => {
    const line = document.createElement("li");
    line.className = "error";
    line.textContent = words;
    page.querySelector(".unit-said").replaceChildren(line);
  };

  // Shows what the server answers. A page of another sort is opened as such.
  const show = async (url, options = {}) => {
    if (isBusy) {
      if (!options.method) waiting = url;
      return;
    }
    isBusy = true;
    page.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, options);
      const isTaken = answer.ok && (!options.method || answer.redirected);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("translating");
      if (isTaken) {
        form.dispatchEvent(new Event("sent", { bubbles: true }));
        form.querySelector("[data-kept]")?.replaceChildren(); // it is saved
      }
      if (!fresh) return void location.assign(answer.url);
      swap(fresh);
      if (isTaken && answer.url !== location.href) history.pushState(null, "", answer.url);
      opened();
      if (!isTaken) box().dispatchEvent(new Event("input", { bubbles: true })); // so that it is kept
    } catch {
      say(page.dataset.failed);
    } finally {
      isBusy = false;
      page.removeAttribute("aria-busy");
      const next = waiting;
      waiting = null;
      if (next) show(next);
    }
  };

  form.addEventListener("submit", (event) => {
    if (event.submitter?.value === "submit") return; // that leads to another page
    event.preventDefault();
    show(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
  });

  // Whoever goes elsewhere takes along what they typed: it is saved first, as needing work.
  const follow = (link) => {
    const address = new URL(link.href);
    if ("withoutSaving" in link.dataset || !isUnsaved() || !button("leave")) return show(address);
    form.elements._go.value = address.searchParams.get("unit") ?? "";
    form.elements._show.value = address.searchParams.get("show") ?? "";
    form.requestSubmit(button("leave"));
  };

  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (event.target.closest("[data-keys]")) keys.showModal();
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.pathname !== location.pathname || link.hash) return;
    event.preventDefault();
    follow(link);
  });

  addEventListener("popstate", () => (isUnsaved() ? location.reload() : show(location.href)));

  const press = (target) => {
    if (!target) return false;
    if (target.matches("a")) follow(target);
    else if (target.type === "submit") form.requestSubmit(target);
    else target.click();
    return true;
  };

  const offered = (selector, number) => page.querySelectorAll(selector)[number - 1];

  const answerKey = (event) => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const isControl = event.ctrlKey || event.metaKey;
    if (event.altKey && !isControl) {
      return digit ? press(offered("[data-insert]", Number(digit))) : event.key === "Enter" && press(button("correct"));
    }
    if (!isControl || event.altKey) return false;
    if (event.key === "Enter") return press(button(event.shiftKey ? "submit" : "next"));
    if (digit) return press(offered(event.shiftKey ? "[data-tag]" : "[data-take]", Number(digit)));
    if (event.shiftKey) return false;
    if (event.key === "ArrowUp") return press(page.querySelector('[data-step="previous"]'));
    if (event.key === "ArrowDown") return press(page.querySelector('[data-step="following"]'));
    if (event.code === "KeyB") return press(page.querySelector("[data-copy]"));
    return event.code === "KeyS" && press(button("save"));
  };

  const isTyping = (target) => target.matches("input:not([type=checkbox]), textarea, select");

  // Before others hear of it: what saves a form everywhere else would press another button here.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || document.querySelector("dialog[open]")) return;
      const asksForKeys = event.key === "?" && !isTyping(event.target);
      if (asksForKeys) keys.showModal();
      else if (!answerKey(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );

  // Where there is room for one thing at a time, that is the text.
  if (matchMedia("(max-width: 40rem)").matches) page.querySelector(".unit-list").open = false;
  document.addEventListener("DOMContentLoaded", () => setTimeout(opened));
})();
