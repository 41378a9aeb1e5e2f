// Short news at the foot of the page. Three ways in: django messages (already in the page), the answer
// header HX-Trigger: {"toast": {"message": "…", "kind": "ok"}}, and toast("…", "danger") from a module.
// An htmx answer that is an error becomes a toast with the words of its [data-error-message] element.
const STAY_MS = 6000;

function region() {
  return document.querySelector(".toasts");
}

function fadeLater(element) {
  if (element.classList.contains("toast--danger")) return;
  let timer = setTimeout(() => element.remove(), STAY_MS);
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  element.addEventListener("focusin", () => clearTimeout(timer));
  element.addEventListener("pointerleave", () => {
    timer = setTimeout(() => element.remove(), STAY_MS);
  });
}

export function toast(message, kind = "ok") {
  const template = document.getElementById("toast-template");
  if (!template || !message) return;
  const element = template.content.firstElementChild.cloneNode(true);
  element.classList.add(`toast--${kind}`);
  element.querySelector(".toast__text").textContent = message;
  if (kind === "danger") element.setAttribute("role", "alert");
  region().append(element);
  fadeLater(element);
}

function wordsOf(xhr) {
  const type = xhr.getResponseHeader("Content-Type") || "";
  if (type.includes("json")) {
    try {
      const body = JSON.parse(xhr.responseText);
      return body.error?.message || body.message || body.detail;
    } catch {
      return undefined;
    }
  }
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return page.querySelector("[data-error-message]")?.textContent.trim();
}

export function startToasts() {
  const box = region();
  if (!box) return;
  box.addEventListener("click", (event) => {
    if (event.target.closest(".toast__close")) event.target.closest(".toast").remove();
  });
  box.querySelectorAll(".toast").forEach(fadeLater);
  document.body.addEventListener("toast", (event) => toast(event.detail.message, event.detail.kind));
  document.body.addEventListener("htmx:responseError", (event) => {
    toast(wordsOf(event.detail.xhr) || box.dataset.failed, "danger");
  });
  document.body.addEventListener("htmx:sendError", () => toast(box.dataset.offline, "danger"));
}
