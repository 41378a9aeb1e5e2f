// A dealer's numbers: tick all of the page, and say how many are ticked, also in the question that follows.
function start(form) {
  const boxes = () => [...form.querySelectorAll("input[name=number]")];
  const all = form.querySelector("[data-all]");
  const count = form.querySelector("[data-count]");
  if (!count) return;
  const tell = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    count.textContent = ticked ? `${ticked} ${count.dataset.some}` : count.dataset.none;
    for (const note of document.querySelectorAll("[data-chosen]")) note.textContent = count.textContent;
    if (all) all.checked = ticked > 0 && ticked === boxes().length;
  };
  if (all && boxes().length) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
      tell();
    });
  }
  form.addEventListener("change", tell);
  tell();
}

for (const form of document.querySelectorAll("[data-numbers]")) start(form);
