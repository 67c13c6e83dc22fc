// What is typed is kept on the server a moment after the last key, apart from what is saved; and when a form is sent,
// this asks first who is logged in: where the session has ended, a log-in opens over the form, and the form goes on.
// Without this script forms are sent as they are, and the server gives back what was typed (form_owner.py).
(() => {
  const dialog = document.getElementById("login-again");
  if (!dialog?.showModal) return;
  const { account, keep } = dialog.dataset;
  const isUnsaved = "unsaved" in dialog.dataset; // what the page shows in its form is typed, and not what is saved
  const session = dialog.querySelector("form").action;
  const form = document.querySelector("form input[name=_window]")?.form;
  const boxes = document.querySelector("[data-keep-boxes]"); // a page of many small forms keeps its boxes by their ids
  const state = document.querySelector("[data-kept]");
  const said = document.querySelector("[data-kept-said]");
  const PAUSE = 2000; // milliseconds after the last key
  const LATEST = 10_000; // and never later than this after the first
  const AGAIN = 15_000; // after a failure
  const LIGHT = 60_000; // bytes that a browser sends for a page that is gone

  // Where the form is hidden, this takes its place.
  const others = document.getElementById("other-account");
  document.getElementById("content").before(others);

  // --- Keeping ---

  const windowField = () => (form ?? boxes).querySelector("input[name=_window]");

  // As a browser sends it, but for passwords and files.
  const typed = () => {
    const body = new URLSearchParams();
    if (form) {
      const secret = new Set([...form.querySelectorAll("input[type=password]")].map((each) => each.name));
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string" && !secret.has(name)) body.append(name, value.replace(/\r?\n/g, "\r\n"));
      }
      body.delete("csrfmiddlewaretoken");
    } else {
      for (const box of document.querySelectorAll("#content form textarea[id], #content form input[type=text][id]")) {
        if (box.value !== box.defaultValue) body.append(box.id, box.value);
      }
      body.append("_account", account);
      body.append("_window", windowField().value);
    }
    return body;
  };

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
  let opened = ""; // what is saved, as the page showed it once its other scripts had run
  let kept = ""; // what the server has
  let isLeaving = false; // the form is on its way to be saved
  let timer, latest;
  let sending = null; // a promise while something is on its way

  // The time is shown each time; it is read out only where something else happened than before.
  const show = (words, isNews) => {
    if (!state) return;
    state.textContent = words;
    if (isNews) said.textContent = words;
  };

  let was = "";
  const tell = (kind, words) => {
    show(words, kind !== was);
    was = kind;
    if (kind !== "ended") return;
    const button = document.getElementById("login-again-button").content.firstElementChild.cloneNode(true);
    button.addEventListener("click", () => logIn(dialog.dataset.ended));
    state?.append(" ", button);
  };

  const post = (body, options = {}) =>
    fetch(keep, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "manual", ...options });

  const stopWaiting = () => {
    clearTimeout(timer);
    timer = latest = undefined;
  };

  const keepNow = async () => {
    if (sending) return later();
    stopWaiting();
    const body = typed();
    const text = body.toString();
    if (isLeaving || text === kept || (!kept && text === opened)) return;
    if (text === opened) for (const name of new Set(body.keys())) if (!name.startsWith("_")) body.delete(name);
    body.append("_keep", "1");
    sending = send(body, text);
    await sending;
    sending = null;
  };

  const send = async (body, text) => {
    try {
      let answer = await post(body);
      if ([401, 403, 409].includes(answer.status)) {
        if ((await lookUp()) !== account) return; // that is told, and kept after logging in
        answer = await post(body); // with a secret that holds
      }
      if (answer.ok) kept = text;
      tell(answer.ok ? "kept" : "refused", (await answer.json()).said || (answer.ok ? "" : dialog.dataset.failed));
    } catch {
      tell("failed", dialog.dataset.failed);
      timer ??= setTimeout(keepNow, AGAIN);
    }
  };

  const later = (pause = PAUSE) => {
    clearTimeout(timer);
    latest ??= performance.now() + LATEST;
    timer = setTimeout(keepNow, Math.max(0, Math.min(pause, latest - performance.now())));
  };

  if (keep) {
    document.addEventListener("input", (event) => {
      if (event.target.type === "password" || dialog.contains(event.target)) return;
      isLeaving = false; // typed while the page was on its way
      if (form ? form.contains(event.target) : event.target.closest("form")) later();
    });
    document.addEventListener("sent", () => later(0)); // what was sent is emptied by then, and is kept no longer
    document.addEventListener("DOMContentLoaded", () => {
      if (isUnsaved) later();
      else opened = typed().toString();
    });
  }

  // Whoever leaves takes the last words along.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") return void lookUp().catch(() => {});
    if (!timer || isLeaving) return;
    stopWaiting();
    const body = typed();
    body.append("_keep", "1");
    post(body, { keepalive: body.toString().length < LIGHT }).catch(() => {});
  });

  // --- Whose session it is ---

  // The account that is logged in, "" for none. Where it is ours, the page's forms get a secret that holds.
  const lookUp = async () => {
    const answer = await fetch(session, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    return take(await answer.json());
  };

  const take = (found) => {
    const isOurs = found.account === account;
    if (isOurs) {
      for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = found.csrf;
      if (was === "ended" || was === "other") tell("", "");
    } else {
      tell(found.account ? "other" : "ended", found.account ? dialog.dataset.other : dialog.dataset.ended);
    }
    dialog.dataset.csrf = found.csrf;
    // What one person typed is not for another who sits down at the same screen.
    const isOthers = Boolean(found.account) && !isOurs;
    document.getElementById("content").hidden = isOthers;
    others.hidden = !isOthers;
    return found.account;
  };

  // --- Logging in over the form ---

  const password = dialog.querySelector("input[type=password]");
  const problems = dialog.querySelector("[data-problems]");
  let goOn = () => {};

  const logIn = (why) => {
    dialog.querySelector("[data-why]").textContent = why;
    problems.textContent = password.value = "";
    if (!dialog.open) dialog.showModal();
    password.focus();
    return new Promise((resolve) => (goOn = resolve));
  };

  others.querySelector("button").addEventListener("click", () => logIn(dialog.dataset.other));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => goOn(false));
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams({ username: account, password: password.value });
    password.value = "";
    try {
      const answer = await fetch(session, {
        method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": dialog.dataset.csrf },
      });
      if (answer.ok && take(await answer.json()) === account) {
        goOn(true);
        dialog.close();
        if (keep) later();
        return;
      }
      problems.textContent =
        answer.status === 400 ? (await answer.json()).problems.join(" ") : answer.status === 429 ? dialog.dataset.locked : dialog.dataset.notSent;
    } catch {
      problems.textContent = dialog.dataset.notSent;
    }
    password.focus();
  });

  // --- Sending ---

  let cleared = null; // the form that may be sent: somebody asked, and it is its owner's session
  let isAsking = false;

  const clear = async () => {
    await sending; // else what is saved could be kept afterwards
    const found = await lookUp();
    if (found === account) return true;
    return logIn(found ? dialog.dataset.other : dialog.dataset.ended);
  };

  const notSent = (target) => {
    const told = target.querySelector(":scope > [data-not-sent-told]") ?? target.appendChild(document.createElement("p"));
    told.dataset.notSentTold = "";
    told.className = "why";
    told.setAttribute("role", "alert");
    told.textContent = dialog.dataset.notSent;
  };

  window.addEventListener(
    "submit",
    async (event) => {
      const target = event.target;
      if (target.method !== "post" || dialog.contains(target)) return;
      if (cleared === target) {
        cleared = null;
        if (target === form) stopWaiting();
        isLeaving = target === form;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isAsking) return;
      isAsking = true;
      const submitter = event.submitter;
      try {
        if (await clear()) {
          cleared = target;
          target.requestSubmit(submitter?.form === target ? submitter : null);
        }
      } catch {
        notSent(target);
      }
      cleared = null; // a browser that asks for a field first has not sent it
      isAsking = false;
    },
    { capture: true },
  );

  // Coming back to the page from another one, or to the screen, somebody else may be logged in.
  addEventListener("pageshow", (event) => {
    isLeaving = false;
    if (event.persisted) lookUp().catch(() => {});
  });

  // Ctrl+S or ⌘S saves. On a keyboard with other letters it is the key in that place.
  document.addEventListener("keydown", (event) => {
    const isS = event.key.toLowerCase() === "s" || (event.code === "KeyS" && !/^[a-z]$/i.test(event.key));
    if (!form || !isS || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (dialog.open) return;
    const save = form.querySelector(".default:not([disabled])");
    if (save) form.requestSubmit(save);
  });

  // --- Bringing back the boxes of a page of many small forms ---

  for (const button of document.querySelectorAll("[data-bring-back]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const offer = button.closest("[data-window]");
      for (const text of offer.querySelectorAll("[data-box]")) {
        const box = document.getElementById(text.dataset.box);
        if (!box) continue;
        box.value = text.textContent;
        for (let fold = box.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
        box.dispatchEvent(new Event("input", { bubbles: true }));
      }
      windowField().value = offer.dataset.window;
      offer.remove();
    });
  }
})();
