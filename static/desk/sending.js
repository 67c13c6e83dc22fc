// Remarks, answers and dismissals are sent while everything else that is typed on the page stays as it is.
// Without this script they are sent as any form is, and the page is opened anew.
(() => {
  const notSent = document.getElementById("verdict").dataset.notSent;
  // What is shown anew afterwards. A signature covers the reasons that were open and the pieces that stood beside the
  // page when it was read: where the former change, all of that is shown again.
  const AFTER = {
    remark: ["changes", "remarks", "to-settle", "why-not-sign", "why-not-send", "why-not-reaffirm"],
    dismiss: ["rechecks", "changes", "remarks", "reader", "verdict"],
  };

  const open = (element) => {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };

  const typedIn = (region, sent) =>
    [...region.querySelectorAll("textarea, input:not([type=hidden])")].filter(
      (field) => field.form !== sent && (field.value !== field.defaultValue || field.checked !== field.defaultChecked),
    );

  // An answer is one to the same words.
  const asked = (field) => field?.closest(".question")?.querySelector("legend").textContent;

  const renew = (id, page, sent) => {
    const old = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (!old || !fresh) return;
    const typed = typedIn(old, sent);
    old.hidden = fresh.hidden;
    old.replaceChildren(...fresh.childNodes);
    for (const field of typed) {
      const again = document.getElementById(field.id);
      if (!again || asked(again) !== asked(field)) continue;
      again.value = field.value;
      again.checked = field.checked;
      open(again);
      again.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const show = (page, form, verb) => {
    const known = new Set([...document.querySelectorAll(".remark")].map((remark) => remark.id));
    const isSettled = form.closest("#to-settle") !== null;
    form.dispatchEvent(new Event("sent", { bubbles: true }));
    for (const id of AFTER[verb]) renew(id, page, form);
    document.getElementById("to-open-remarks").replaceWith(page.getElementById("to-open-remarks"));
    document.querySelector(".messagelist")?.remove();
    const messages = page.querySelector(".messagelist");
    if (messages) document.getElementById("content").before(messages);
    document.dispatchEvent(new Event("renewed"));
    // Who settles remarks before they sign goes on there.
    const settled = isSettled && document.querySelector("#to-settle:not([hidden]), #signing");
    const made = [...document.querySelectorAll(".remark")].find((remark) => !known.has(remark.id));
    const added = settled || (made ?? messages);
    if (!added) return;
    open(added);
    added.tabIndex = -1;
    added.focus({ preventScroll: true });
    added.scrollIntoView({ block: "nearest" });
  };

  const say = (form, words) => {
    const alert = form.querySelector("[role=alert]") ?? form.appendChild(document.createElement("p"));
    alert.className = "why";
    alert.setAttribute("role", "alert");
    alert.textContent = words;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const verb = Object.keys(AFTER).find((name) => new URL(form.action).pathname.endsWith(`/${name}/`));
    if (!verb) return;
    event.preventDefault();
    const sent = new FormData(form);
    if (event.submitter?.name) sent.append(event.submitter.name, event.submitter.value);
    const buttons = [...form.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok && page.getElementById("verdict")) return show(page, form, verb);
      const refused = [...page.querySelectorAll("#blockers li")].map((line) => line.textContent).join(" ");
      say(form, refused || notSent);
    } catch {
      say(form, notSent);
    }
    for (const button of buttons) button.disabled = false;
  });
})();
