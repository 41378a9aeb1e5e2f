// Nothing that a reader sends is lost while the last scan is under way, and what was not sent says so.
//
// While a station's answer is awaited the field is empty and free: whole scans wait in line and go one by one
// after each answer; half of one is carried into the fresh field. After a red answer those in line are dropped,
// which the answer says, because they were meant for another step. Without network the answer turns red and
// what was scanned stays selected in the field, so that the next scan or Enter sends it. Who was signed out, or
// lost the right to be here, gets the page that says so.
const waiting = [];
let busy = false;
let sent = "";

const station = () => document.getElementById("station");
const field = () => station()?.querySelector("input[data-scan]");

function onSubmit(event) {
  if (!station()?.contains(event.target)) return;
  if (busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = event.submitter?.name === "code" ? event.submitter.value : (field()?.value ?? "");
    if (text.trim()) waiting.push(text);
    if (field()) field().value = "";
  } else {
    sent = event.submitter?.name === "code" ? "" : (field()?.value ?? "");
  }
}

function begin(event) {
  if (!(event.target instanceof HTMLFormElement) || !station()?.contains(event.target)) return;
  busy = true;
  if (field()) field().value = "";
}

let carried = "";
function beforeSwap(event) {
  if (event.detail.target !== station()) return;
  carried = field()?.value ?? "";
  if (event.detail.xhr.responseText.includes("data-verdict")) return;
  event.detail.shouldSwap = false;
  location.reload();
}

function afterSwap(event) {
  if (event.detail.target === station() && field()) field().value = carried;
}

// The new form is htmx's own only when it has settled: submitted before, it would be an ordinary page. The pages
// let it settle in the very swap (htmx-config in base.html), so no scan falls between an answer and its form.
function afterSettle(event) {
  if (event.detail.target !== station()) return;
  busy = false;
  const isBad = station().querySelector('[data-verdict="bad"]');
  if (isBad && waiting.length) {
    waiting.length = 0;
    const words = station().querySelector("[data-dropped]");
    if (words) words.hidden = false;
  }
  const input = field();
  if (!input || !waiting.length) return;
  const begun = input.value;
  input.value = waiting.shift();
  input.form.requestSubmit();
  input.value = begun;
}

function notSent(event) {
  if (!station()?.contains(event.target)) return;
  event.stopPropagation(); // no second message beside the red answer
  if (!busy) return;
  busy = false;
  const status = event.detail.xhr?.status ?? 0;
  if (status === 403 || status === 404) {
    location.reload();
    return;
  }
  waiting.length = 0;
  const red = document.getElementById("not-sent")?.content.cloneNode(true);
  if (red) station().querySelector("#verdict").replaceChildren(red);
  const input = field();
  if (!input) return;
  input.value = sent;
  input.focus();
  input.select();
}

// An idle station looks by itself whether there is something to do, unless somebody is typing.
const LOOK_AGAIN_MS = 10000;
function lookAgain() {
  const input = field();
  if (busy || !input || input.value || document.hidden || !station().querySelector("[data-idle]")) return;
  const kept = new URLSearchParams(new FormData(input.form));
  kept.delete("csrfmiddlewaretoken");
  kept.delete("code");
  window.htmx.ajax("GET", `${location.pathname}?${kept}`, { target: "#station", swap: "innerHTML" });
}

document.addEventListener("submit", onSubmit, true);
document.body.addEventListener("htmx:beforeRequest", begin);
document.body.addEventListener("htmx:beforeSwap", beforeSwap);
document.body.addEventListener("htmx:afterSwap", afterSwap);
document.body.addEventListener("htmx:afterSettle", afterSettle);
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, notSent, true);
}
setInterval(lookAgain, LOOK_AGAIN_MS);
