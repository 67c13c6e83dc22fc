// Suggests a new page's address from its title, until somebody types an address. The server does the same.
(() => {
  const form = document.querySelector("form[data-suggests-address]");
  const title = form?.elements.title;
  const address = form?.elements.slug;
  if (!title || !address) return;

  const suggestion = () =>
    title.value
      .normalize("NFKD")
      .replace(/[^\w\s-]/g, "")
      .trim()
      .toLowerCase()
      .replace(/[-\s]+/g, "-")
      .replace(/^[-_]+/, "")
      .slice(0, address.maxLength > 0 ? address.maxLength : 100)
      .replace(/[-_]+$/, "");

  let suggested = address.value === suggestion() ? address.value : "";
  title.addEventListener("input", () => {
    if (address.value && address.value !== suggested) return;
    address.value = suggested = suggestion();
  });
})();
