// Remarks are answered beside the text that they are about, while everything that is typed on the page stays as it is.
// Without this script an answer is sent as any form is, and the edition's page opens.
(() => {
  const notSent = document.getElementById("open-remarks")?.dataset.notSent;

  const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  const renew = (page, sent) => {
    const typed = [...document.querySelectorAll(".answer-here textarea")].filter(
      (box) => box.form !== sent && box.value,
    );
    // Those within the list of all go with it.
    const places = [...document.querySelectorAll("[data-answered]")].filter(
      (place) => !place.parentElement.closest("[data-answered]"),
    );
    for (const place of places) {
      const fresh = page.getElementById(place.id);
      if (fresh) place.replaceChildren(...fresh.childNodes);
      else place.remove();
    }
    for (const box of typed) {
      const again = document.getElementById(box.id);
      if (again) again.value = box.value;
    }
  };

  const say = (form, words) => {
    const place = document.getElementById(form.id.replace("answering", "thread"));
    const alert = place.querySelector("[role=alert]") ?? place.appendChild(document.createElement("p"));
    alert.className = "why";
    alert.setAttribute("role", "alert");
    alert.textContent = words;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches(".answering")) return;
    event.preventDefault();
    const sent = new FormData(form, event.submitter);
    const buttons = [...form.elements].filter((element) => element.matches("button"));
    for (const button of buttons) button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent });
      const page = await read(answer);
      if (answer.ok && page.getElementById("verdict")) {
        form.dispatchEvent(new Event("sent", { bubbles: true }));
        renew(await read(await fetch(location.pathname)), form);
        const place = document.getElementById(form.id.replace("answering", "thread"));
        (place ?? document.getElementById("open-remarks-title") ?? document.querySelector("h1")).focus();
        return;
      }
      const refused = [...page.querySelectorAll("#blockers li")].map((line) => line.textContent).join(" ");
      say(form, refused || notSent);
    } catch {
      say(form, notSent);
    }
    for (const button of buttons) button.disabled = false;
  });
})();
