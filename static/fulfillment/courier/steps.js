// Each step's form: what it says is kept first, then sent. Without a network it stays kept and the page goes on.
import { dataUrl } from "./photo.js";
import { locate } from "./position.js";
import { discard, enqueue, flush } from "./queue.js";
import { followKept, renew, showRefusal } from "./view.js";

const SCANNED = "courier-scanned";

async function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken") continue;
    fields[name] = value instanceof File ? await dataUrl(value) : value;
  }
  return "position" in form.dataset ? { ...fields, ...(await locate()) } : fields;
}

function stepOf(form, fields) {
  const parcel = form.action.split("/").at(-3);
  const isParcels = form.dataset.keep !== "load";
  return {
    url: form.getAttribute("action"),
    step: form.dataset.keep,
    label: form.dataset.label,
    parcel: isParcels ? parcel : "",
    about: isParcels ? "" : (fields.code ?? ""),
    needsAnswer: "needsAnswer" in form.dataset,
  };
}

async function make(form) {
  const fields = await fieldsOf(form);
  const row = await enqueue(stepOf(form, fields), fields);
  form.closest("dialog")?.close();
  if ("scan" in form.dataset) {
    form.reset(); // the next scan begins with an empty field
    sessionStorage.setItem(SCANNED, "yes");
  }
  const { sent, refused, rows } = await flush();
  const own = refused.find((each) => each.id === row.id);
  if (own?.failed) {
    showRefusal(own);
    followKept(rows);
  } else if (own) {
    showRefusal(own);
    await discard(own.id);
    if (own.code === "identity_attempts_used") renew(); // the page says what is left to do
  } else if (sent.some((each) => each.row.id === row.id)) {
    renew();
  } else {
    followKept(rows);
  }
}

/** Who has just scanned scans again: the field has the focus when the page comes back. */
function goOnScanning() {
  if (sessionStorage.getItem(SCANNED)) document.querySelector("form[data-scan] input[name=code]")?.focus();
  sessionStorage.removeItem(SCANNED);
}

export function startSteps() {
  goOnScanning();
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!("keep" in form.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    try {
      await make(form);
    } finally {
      delete form.dataset.busy;
      delete form.dataset.sent;
    }
  });
  for (const input of document.querySelectorAll("[data-photo] input[type=file]")) {
    input.addEventListener("change", () => input.files.length && input.form.requestSubmit());
  }
}
