// The findings beside the text, of what is typed: asked for a moment after the last key, never while somebody answers
// one of them. Without this script the panel shows the findings of what is saved, and its forms work by themselves.
(() => {
  const form = document.querySelector("form.write, form.translate");
  const panel = document.getElementById("findings");
  if (!form || !panel?.dataset.url) return;
  const body = panel.querySelector("[data-panel]");
  const said = panel.querySelector("[data-said]");
  const title = panel.querySelector("h2");
  const PAUSE = 1000; // milliseconds
  let timer, asking;

  const say = (text) => {
    if (said.textContent !== text) said.textContent = text; // a status that is set anew is read out anew
  };

  const isAnswering = () =>
    [...body.querySelectorAll("textarea")].some((box) => box.value || box === document.activeElement);

  const show = (html) => {
    const open = new Map([...body.querySelectorAll(".finding-group")].map((group) => [group.dataset.check, group.open]));
    const focused = document.activeElement?.closest?.(".finding-group")?.dataset.check;
    const top = panel.scrollTop;
    body.innerHTML = html;
    for (const group of body.querySelectorAll(".finding-group")) {
      group.open = open.get(group.dataset.check) ?? true; // what was not there before shows itself
      if (group.dataset.check === focused) group.querySelector("summary").focus({ preventScroll: true });
    }
    if (focused && document.activeElement === document.body) title.focus({ preventScroll: true });
    panel.scrollTop = top;
    say(body.querySelector("[data-count]").textContent.trim());
  };

  const ask = async () => {
    if (isAnswering()) return later(); // what somebody writes there is not taken from under their hands
    asking?.abort();
    asking = new AbortController();
    panel.setAttribute("aria-busy", "true");
    try {
      const typed = new URLSearchParams(new FormData(form)); // read on the server in a fifth of the time of parts
      const answer = await fetch(panel.dataset.url, { method: "POST", body: typed, signal: asking.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const html = await answer.text();
      if (isAnswering()) later();
      else show(html);
    } catch (error) {
      if (error.name === "AbortError") return;
      say(panel.dataset.failed);
    }
    panel.removeAttribute("aria-busy");
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("click", (event) => {
    if (event.target.closest(".part-tools, .parts > button")) later();
  });

  // Dismissing leaves the page as it is, with everything that was typed.
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = event.target;
    const group = answer.closest(".finding-group");
    const send = answer.querySelector("button");
    send.disabled = true;
    try {
      const done = await fetch(answer.action, { method: "POST", body: new FormData(answer), redirect: "manual" });
      if (done.type === "opaqueredirect") {
        answer.querySelector("textarea").value = "";
        group.querySelector("summary").focus({ preventScroll: true });
        await ask();
        return;
      }
      const page = new DOMParser().parseFromString(await done.text(), "text/html");
      say([...page.querySelectorAll(".blockers li")].map((line) => line.textContent).join(" ") || panel.dataset.failed);
    } catch {
      say(panel.dataset.failed);
    }
    send.disabled = false;
  });

  // The way to a place: its part is opened, and its field has the focus.
  body.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-place]");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    field.scrollIntoView({ block: "center" });
    // The prose editor stands before the box that it writes into, with a menu before it.
    const editor = field.querySelector(".ProseMirror[contenteditable=true]");
    (editor ?? field.querySelector("input:not([type=hidden]), textarea, select"))?.focus({ preventScroll: true });
    field.classList.add("is-pointed-at");
    setTimeout(() => field.classList.remove("is-pointed-at"), 2500);
  });
})();
