// Shows of a decision's form what the chosen kind needs. Without this script all fields are there, and the server says which one is too much.
(() => {
  const kind = document.querySelector("select[name=kind]");
  const fields = [...document.querySelectorAll("[data-for-kinds]")];
  if (!kind || !fields.length) return;

  const put = (field, isNeeded) => {
    const row = field.closest(".field");
    if (!row || row.hidden !== isNeeded) return;
    if (isNeeded) {
      field.value = field.dataset.chosen ?? field.value;
    } else {
      field.dataset.chosen = field.value; // comes back with the field
      field.value = "";
    }
    row.hidden = !isNeeded;
  };

  const update = () => {
    for (const field of fields) {
      const kinds = field.dataset.forKinds.split(" ");
      const isTold = field.closest(".field")?.querySelector(".errorlist");
      put(field, !kind.value || kinds.includes(kind.value) || Boolean(isTold));
    }
  };

  kind.addEventListener("change", update);
  update();
})();
