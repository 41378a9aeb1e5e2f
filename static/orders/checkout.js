// Shows the part of the form that belongs to the chosen answer: data-shown-for="field=value".
// A field that is not on the page counts as chosen, so a first address needs no choice.
const parts = document.querySelectorAll("[data-shown-for]");

function chosen(name) {
  const inputs = [...document.querySelectorAll(`input[name="${name}"]`)];
  if (!inputs.length) return null;
  return inputs.find((input) => input.checked)?.value ?? "";
}

function show() {
  for (const part of parts) {
    const [name, value] = part.dataset.shownFor.split("=");
    const answer = chosen(name);
    part.hidden = answer !== null && answer !== value;
  }
}

document.addEventListener("change", show);
show();
