// A list of breaks that can be cleared without a mouse. Single keys work only while a row has the focus.
const STORE = "worklist:at";

function startList(form) {
  const rows = [...form.querySelectorAll("[data-row]")];
  const note = startNote(form);
  for (const button of form.querySelectorAll("button[name=action]")) {
    button.addEventListener("click", (event) => {
      if (!chooseFocused(form, rows)) event.preventDefault();
      else if (button.dataset.note) note.ask(event, button);
    });
  }
  form.addEventListener("change", () => tell(form));
  form.addEventListener("submit", () => remember(rows));
  form.querySelector("[data-all]")?.addEventListener("change", (event) => chooseAll(form, event.target.checked));
  form.addEventListener("keydown", (event) => onKey(event, form, rows));
  document.addEventListener("keydown", onPageKey);
  if (rows.length) focusFirst(rows);
  tell(form);
}

function boxes(form) {
  return [...form.querySelectorAll("input[type=checkbox][name=ids]:not(:disabled)")];
}

// Without a choice the row in focus is meant; on the page of one break it is that break.
function chooseFocused(form, rows) {
  if ("single" in form.dataset || boxes(form).some((box) => box.checked)) return true;
  const row = rows.find((one) => one.classList.contains("is-at"));
  const box = row?.querySelector("input[name=ids]:not(:disabled)");
  if (!box) return false;
  box.checked = true;
  tell(form);
  return true;
}

function chooseAll(form, on) {
  for (const box of boxes(form)) box.checked = on;
  tell(form);
}

function tell(form) {
  const count = form.querySelector("[data-count]");
  if (!count) return;
  const chosen = boxes(form).filter((box) => box.checked);
  count.textContent = chosen.length ? `${chosen.length} ${count.dataset.some} · ${sum(chosen)}` : count.dataset.none;
}

function sum(chosen) {
  const fen = chosen.reduce((total, box) => total + Number(box.closest("[data-row]")?.dataset.fen ?? 0), 0);
  const text = (Math.abs(fen) / 100).toLocaleString("en", { minimumFractionDigits: 2 });
  return `${fen < 0 ? "−" : ""}¥${text}`;
}

function go(rows, step) {
  const at = rows.findIndex((row) => row.classList.contains("is-at"));
  focusRow(rows, Math.min(Math.max(at + step, 0), rows.length - 1));
}

function focusRow(rows, index) {
  rows.forEach((row, n) => {
    row.classList.toggle("is-at", n === index);
    row.tabIndex = n === index ? 0 : -1;
  });
  rows[index].focus();
}

// Back from an action the focus stands where the work was.
function focusFirst(rows) {
  const saved = Number(sessionStorage.getItem(STORE) ?? 0);
  sessionStorage.removeItem(STORE);
  const hasOther = document.activeElement && document.activeElement !== document.body;
  for (const [n, row] of rows.entries()) row.addEventListener("focus", () => markAt(rows, n));
  if (!hasOther && matchMedia("(hover: hover)").matches) focusRow(rows, Math.min(saved, rows.length - 1));
  else rows[0].tabIndex = 0;
}

function markAt(rows, index) {
  rows.forEach((row, n) => row.classList.toggle("is-at", n === index));
}

function remember(rows) {
  const at = rows.findIndex((row) => row.classList.contains("is-at"));
  if (at >= 0) sessionStorage.setItem(STORE, String(at));
}

function onKey(event, form, rows) {
  const row = event.target.closest?.("[data-row]");
  if (!row || event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  const moves = { j: 1, arrowdown: 1, k: -1, arrowup: -1 };
  if (key in moves) go(rows, moves[key]);
  else if (key === "x" || key === " ") toggle(form, row);
  else if (key === "a") chooseAll(form, !boxes(form).every((box) => box.checked));
  else if (key === "enter") location.assign(row.dataset.href);
  else if (!press(form, key)) return;
  event.preventDefault();
}

function toggle(form, row) {
  const box = row.querySelector("input[name=ids]:not(:disabled)");
  if (box) box.checked = !box.checked;
  tell(form);
}

function press(form, key) {
  const button = form.querySelector(`button[data-key="${CSS.escape(key)}"]`);
  button?.click();
  return Boolean(button);
}

function onPageKey(event) {
  if (event.target.matches?.("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "/") document.getElementById("f-q")?.focus();
  else if (event.key === "?") document.getElementById("keys")?.showModal();
  else return;
  event.preventDefault();
}

// The reason is asked once for all that is chosen; Enter sends it.
function startNote(form) {
  const dialog = document.getElementById("note");
  let wanted = null;
  dialog?.querySelector("[data-note-form]").addEventListener("submit", () => {
    form.elements.note.value = dialog.querySelector("#why").value;
    const button = wanted;
    wanted = null;
    form.requestSubmit(button);
  });
  return {
    ask(event, button) {
      if (form.elements.note.value) return;
      event.preventDefault();
      wanted = button;
      dialog.querySelector("[data-title]").textContent = button.dataset.note;
      const chosen = boxes(form).filter((box) => box.checked);
      dialog.querySelector("[data-sum]").textContent = chosen.length ? `${chosen.length} · ${sum(chosen)}` : "";
      dialog.showModal();
      dialog.querySelector("#why").focus();
    },
  };
}

for (const form of document.querySelectorAll("[data-worklist]")) startList(form);
