// Shows the part of the form that belongs to the chosen answer: data-shown-for="field=value".
// A field that is not on the page counts as chosen, so a first address needs no choice. A choice that
// gets hidden while it is chosen gives way to the first one of its kind.
function chosen(name) {
  const inputs = [...document.querySelectorAll(`input[name="${name}"]`)];
  if (!inputs.length) return null;
  return inputs.find((input) => input.checked)?.value ?? "";
}

function giveWay(part) {
  const input = part.querySelector("input[type=radio]:checked");
  if (!part.matches(".choice") || !input) return;
  document.querySelector(`input[name="${input.name}"]:not(:checked)`).checked = true;
}

function show() {
  for (const part of document.querySelectorAll("[data-shown-for]")) {
    const [name, value] = part.dataset.shownFor.split("=");
    const answer = chosen(name);
    part.hidden = answer !== null && answer !== value;
    if (part.hidden) giveWay(part);
  }
}

document.addEventListener("change", show);
show();
