// Native <dialog>: data-open-dialog="id" opens, data-close-dialog or a press on the backdrop closes.
// A dialog with data-auto-open opens as it arrives (an htmx answer, for instance).
let wired = false;

function wire() {
  wired = true;
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open-dialog]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.openDialog)?.showModal();
      return;
    }
    if (event.target.closest("[data-close-dialog]")) {
      event.target.closest("dialog")?.close();
      return;
    }
    if (event.target instanceof HTMLDialogElement && event.target.open) event.target.close();
  });
}

export function startDialogs(root) {
  if (!wired) wire();
  const found = [...root.querySelectorAll("dialog[data-auto-open]")];
  if (root instanceof HTMLDialogElement && root.matches("[data-auto-open]")) found.push(root);
  for (const dialog of found) {
    if (!dialog.open) dialog.showModal();
  }
}
