// Loaded on every page: wires the small modules to the page and again to every part that htmx brings.
import { startCountdowns } from "./countdown.js";
import { startDialogs } from "./dialog.js";
import { startScan } from "./scan.js";
import { startSignatures } from "./signature.js";
import { startToasts } from "./toast.js";
import { startTypeaheads } from "./typeahead.js";

function startWithin(root) {
  startCountdowns(root);
  startDialogs(root);
  startScan(root);
  startSignatures(root);
  startTypeaheads(root);
}

function startMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// On a phone the page that is open stands in sight, however long the row of pages is.
function showCurrentPage() {
  const current = document.querySelector(".console-bar__nav [aria-current=page]");
  if (!current) return;
  const row = current.closest(".console-bar__nav");
  const before = current.getBoundingClientRect().left - row.getBoundingClientRect().left;
  row.scrollLeft += before - (row.clientWidth - current.offsetWidth) / 2;
}

function startBackButtons() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-back]")) history.back();
  });
}

function startQuantities() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".quantity button[data-step]");
    if (!button) return;
    const input = button.closest(".quantity").querySelector("input");
    const before = input.value;
    if (Number(button.dataset.step) > 0) input.stepUp();
    else input.stepDown();
    if (input.value !== before) input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function startLoadingBar() {
  const bar = document.querySelector(".loading-bar");
  if (!bar) return;
  let waiting = 0;
  const show = (change) => {
    waiting = Math.max(0, waiting + change);
    bar.classList.toggle("is-on", waiting > 0);
  };
  document.body.addEventListener("htmx:beforeSend", () => show(1));
  document.body.addEventListener("htmx:afterRequest", () => show(-1));
}

// A form is sent once: a second press while the first is on its way would only earn a refusal.
function startSendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented || form.closest("[hx-post], [hx-put], [hx-delete]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

startToasts();
startMenus();
showCurrentPage();
startBackButtons();
startQuantities();
startLoadingBar();
startSendOnce();
startWithin(document);
document.body.addEventListener("htmx:load", (event) => startWithin(event.detail.elt));
