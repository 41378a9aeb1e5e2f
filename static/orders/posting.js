// Post a parcel by keyboard: Ctrl+Enter takes it in. A sender that is known brings the name along.
const form = document.querySelector("#posting");
const fields = form.elements;

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// Enter goes on to the next field; it sends nothing half filled in.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !event.target.matches("input, select")) return;
  event.preventDefault();
  const all = [...form.querySelectorAll("input:not([type=hidden]), select, button")];
  all.slice(all.indexOf(event.target) + 1).find((field) => field.offsetParent)?.focus();
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  const known = event.target.querySelector?.("[data-known-name]");
  if (known && !fields.name.value) fields.name.value = known.dataset.knownName;
});
