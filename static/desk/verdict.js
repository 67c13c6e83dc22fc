// A verdict that would be refused has a disabled button, with the reason in words beside it.
// Without this script the button works, and the desk refuses in the same words.
(() => {
  const questions = (form) => [...form.querySelectorAll(".question")];
  const hasWords = (form) => Boolean(form.elements["back-remarks"]?.value.trim());
  const WHEN = {
    unanswered: (form) => questions(form).some((question) => !question.querySelector("input:checked")),
    no: (form) => questions(form).some((question) => question.querySelector("input[value=no]:checked")),
    written: hasWords,
    nothing: (form) => !hasWords(form),
  };

  const look = () => {
    for (const button of document.querySelectorAll("#verdict button[data-why]")) {
      const why = document.getElementById(button.dataset.why);
      const reasons = [...why.querySelectorAll("[data-when]")];
      // Refused whatever is typed: the page says so.
      const isRefused = reasons.length < why.children.length;
      for (const reason of isRefused ? [] : reasons) reason.hidden = !WHEN[reason.dataset.when](button.form);
      button.disabled = isRefused || reasons.some((reason) => !reason.hidden);
      if (button.disabled) button.setAttribute("aria-describedby", why.id);
      else button.removeAttribute("aria-describedby");
    }
  };

  document.addEventListener("input", look);
  document.addEventListener("renewed", look);
  window.addEventListener("pageshow", look); // a browser may have filled in what was typed before
  look();
})();
