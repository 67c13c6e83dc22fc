// A warning before typed words are left: for every form of a page that sends something.
(() => {
  const touched = new Set();
  let leaving = null;

  document.addEventListener("input", (event) => {
    const form = event.target.form ?? event.target.closest?.("form");
    // A password is no work that is lost; browsers fill it in by themselves.
    if (form?.method === "post" && event.target.type !== "password") touched.add(form);
  });
  // What is sent is not lost, with all that belongs to the same form. A script that sends it itself says so.
  window.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) leaving = event.target;
  });
  document.addEventListener("sent", (event) => touched.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    const unsent = [...touched].filter((form) => form.isConnected && form !== leaving);
    leaving = null; // who stays after the question may leave again
    if (unsent.length) event.preventDefault();
  });
})();
