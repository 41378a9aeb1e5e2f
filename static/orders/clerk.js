// The counter by keyboard: Enter takes the first hit, Ctrl+Enter sells; a known address fills the form.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    document.querySelector("#sale")?.requestSubmit();
  } else if (event.key === "Enter" && event.target.matches("[data-scan]")) {
    event.preventDefault();
    const take = document.querySelector("#hits [data-take]");
    if (take) {
      take.click();
      event.target.value = "";
    }
  }
});

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-address]");
  if (!chosen) return;
  const form = document.querySelector("#sale");
  for (const name of ["name", "district", "street"]) form.elements[name].value = chosen.dataset[name];
  fillPlace(form, chosen.dataset);
});

// The cities of another province come from the server; the city is set when they have arrived.
function fillPlace(form, { province, city }) {
  if (form.elements.province.value === province) {
    form.elements.city.value = city;
    return;
  }
  form.elements.province.value = province;
  document.body.addEventListener(
    "htmx:afterSettle",
    () => (document.querySelector("#sale").elements.city.value = city),
    { once: true },
  );
  form.elements.province.dispatchEvent(new Event("change", { bubbles: true }));
}
