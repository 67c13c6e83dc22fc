// The box of a translated unit: tags that go in and out as a whole, texts to take, and what the checks say of it while
// it is typed. All of it goes through the browser's own typing, so that it can be undone.
(() => {
  const page = document.getElementById("translating");
  const form = document.getElementById("unit-form");
  if (!page || !form) return;
  const PAUSE = 700; // milliseconds after the last key
  const TAG_BEFORE = /⟦\/?\d+⟧$/;
  const TAG_AFTER = /^⟦\/?\d+⟧/;
  let timer, asking;

  const box = () => form.elements.words;

  const type = (text) => {
    box().focus();
    if (!document.execCommand("insertText", false, text)) {
      box().setRangeText(text, box().selectionStart, box().selectionEnd, "end");
      box().dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const take = (text) => {
    box().focus();
    box().select();
    if (text) type(text);
    form.elements.taken.value = text;
  };

  const putTag = ({ open, close }) => {
    const { selectionStart, selectionEnd, value } = box();
    type(open + value.slice(selectionStart, selectionEnd) + close);
    if (close && selectionStart === selectionEnd) {
      const inside = box().selectionStart - close.length;
      box().setSelectionRange(inside, inside);
    }
  };

  page.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-take], [data-insert], [data-copy], [data-tag]");
    if (!pressed || box().disabled) return;
    event.preventDefault();
    if ("tag" in pressed.dataset) putTag(pressed.dataset);
    else if ("insert" in pressed.dataset) type(pressed.dataset.insert);
    else if ("copy" in pressed.dataset) take(pressed.dataset.copy);
    else take(pressed.dataset.take);
  });

  // A tag is deleted as a whole.
  form.addEventListener("beforeinput", (event) => {
    const field = event.target;
    if (field !== box() || field.selectionStart !== field.selectionEnd) return;
    const place = field.selectionStart;
    const before = event.inputType === "deleteContentBackward" && TAG_BEFORE.exec(field.value.slice(0, place));
    const after = event.inputType === "deleteContentForward" && TAG_AFTER.exec(field.value.slice(place));
    if (before) field.setSelectionRange(place - before[0].length, place);
    if (after) field.setSelectionRange(place, place + after[0].length);
  });

  // --- What is to be said of what is typed ---

  const findings = () => page.querySelector("[data-findings-here]");

  const isAnswering = () => [...findings().querySelectorAll("textarea")].some((field) => field.value || field === document.activeElement);

  const ask = async () => {
    if (isAnswering()) return later();
    asking?.abort();
    asking = new AbortController();
    const unit = page.dataset.unit;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(page.dataset.findings, { method: "POST", body, signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      const html = await answer.text();
      if (unit !== page.dataset.unit || isAnswering()) return;
      const fresh = document.createElement("template");
      fresh.innerHTML = html;
      const looks = fresh.content.querySelector(".unit-looks");
      page.querySelector(".unit-page").replaceWith(looks.querySelector(".unit-page"));
      looks.remove();
      findings().replaceChildren(fresh.content);
      showOpen();
    } catch {
      // it is asked again at the next key, and always when the unit is saved
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  form.addEventListener("input", later);

  // A reason is sent while what is typed stays as it is.
  page.addEventListener("submit", async (event) => {
    const answer = event.target;
    if (!answer.closest("[data-findings-here]")) return;
    event.preventDefault();
    const done = await fetch(answer.action, { method: "POST", body: new FormData(answer), redirect: "manual" });
    if (done.type !== "opaqueredirect") {
      const told = new DOMParser().parseFromString(await done.text(), "text/html").querySelectorAll(".blockers li");
      const line = answer.querySelector("[role=alert]") ?? answer.appendChild(document.createElement("p"));
      line.setAttribute("role", "alert");
      line.textContent = [...told].map((each) => each.textContent).join(" ") || page.dataset.failed;
      return;
    }
    for (const field of answer.querySelectorAll("textarea")) field.value = "";
    box().focus();
    ask();
  });

  const showOpen = () => {
    const shown = page.querySelector(".unit-page");
    const here = shown?.querySelector("[data-open]");
    if (here) shown.scrollTop = here.offsetTop - 8;
  };

  const number = (offers, held) => {
    [...page.querySelectorAll(offers)].slice(0, 9).forEach((offer, place) => {
      if (offer.querySelector("kbd")) return;
      const key = document.createElement("kbd");
      key.textContent = place + 1;
      offer.prepend(key, " ");
      offer.setAttribute("aria-keyshortcuts", `${held}+${place + 1}`);
    });
  };

  page.addEventListener("unit-opened", () => {
    clearTimeout(timer);
    asking?.abort();
    number("[data-take]", "Control");
    number("[data-insert]", "Alt");
    showOpen();
  });
})();
