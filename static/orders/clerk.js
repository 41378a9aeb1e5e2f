// The counter by keyboard: Enter takes the first hit, Ctrl+Enter sells. What was taken leaves the search;
// a customer that is known brings name and address along, so that one press is left.
const sale = () => document.querySelector("#sale");
const scan = () => document.querySelector("[data-scan]");

// A reader types and presses Enter before any hit is there: Enter asks for the hits of exactly this text
// and takes the first when they have come.
let taking = false;

function takeFirst() {
  taking = false;
  document.querySelector("#hits [data-take], #hits [hx-get]")?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    sale()?.requestSubmit();
  } else if (event.target.matches("[data-scan]")) {
    event.preventDefault();
    taking = Boolean(event.target.value.trim());
    if (taking) event.target.form.requestSubmit();
  }
});

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-address]");
  if (chosen) fillAddress(chosen.dataset);
});

function fillAddress({ name, district, street, province, city }) {
  const fields = sale().elements;
  if (!fields.street) return;
  Object.assign(fields.name, { value: name });
  Object.assign(fields.district, { value: district });
  Object.assign(fields.street, { value: street });
  fillPlace(fields, { province, city });
}

// The cities of another province come from the server with the hand; the city is set when they have arrived,
// not when some other part of the page has.
function fillPlace(fields, { province, city }) {
  if (fields.province.value === province) {
    fields.city.value = city;
    return;
  }
  const arrived = ({ detail: { target } }) => {
    if (target.id !== "hand") return;
    document.body.removeEventListener("htmx:afterSettle", arrived);
    const now = sale().elements;
    if (now.province?.value === province) now.city.value = city;
  };
  document.body.addEventListener("htmx:afterSettle", arrived);
  fields.province.value = province;
  fields.province.dispatchEvent(new Event("change", { bubbles: true }));
}

function greet(part) {
  const known = part.querySelector("[data-known-name]");
  const fields = sale()?.elements;
  if (!known || !fields) return;
  if (!fields.name.value) fields.name.value = known.dataset.knownName;
  const first = part.querySelector("[data-address]");
  if (first && fields.street && !fields.street.value) fillAddress(first.dataset);
}

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "customer") greet(event.detail.target);
});

document.body.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (target.id !== "hits") return;
  const opened = target.querySelector("[data-kind]"); // by a button, not by what was typed
  if (!scan().value && !opened) target.replaceChildren(); // hits of what was taken meanwhile
  else if (taking) takeFirst();
});

document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful || !detail.pathInfo.requestPath.endsWith("/clerk/take/")) return;
  for (const id of ["hits", "sim"]) document.getElementById(id).replaceChildren();
  scan().value = "";
  scan().focus();
});
