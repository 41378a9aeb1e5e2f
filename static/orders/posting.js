// Post a parcel by keyboard: Ctrl+Enter takes it in. A sender that is known brings the name along; an address
// of theirs, pressed, is where the parcel goes.
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

form.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-address]");
  if (!chosen) return;
  const { name, district, street, province, city } = chosen.dataset;
  Object.assign(fields.to_name, { value: name });
  Object.assign(fields.district, { value: district });
  Object.assign(fields.street, { value: street });
  goTo({ province, city });
});

// The cities of another province come from the server; the city is set when they have arrived.
function goTo({ province, city }) {
  if (fields.province.value === province) {
    fields.city.value = city;
    return;
  }
  fields.province.value = province;
  const arrived = (event) => {
    if (event.target.id !== "cities") return;
    fields.city.value = city;
    document.body.removeEventListener("htmx:afterSettle", arrived);
  };
  document.body.addEventListener("htmx:afterSettle", arrived);
  fields.province.dispatchEvent(new Event("change", { bubbles: true }));
}

document.body.addEventListener("htmx:afterSettle", (event) => {
  const known = event.target.querySelector?.("[data-known-name]");
  if (known && !fields.name.value) fields.name.value = known.dataset.knownName;
});
