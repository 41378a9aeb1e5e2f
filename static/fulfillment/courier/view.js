// What the courier sees of the queue: the badge, the list of what waits, stops that wait, the next step.
import { discard, tryAgain } from "./queue.js";
import { settings } from "./settings.js";

// The server has counted these tries: sent again the answer is the same, and nothing is lost with the step.
const ANSWERED = new Set(["identity_differs", "identity_attempts_used"]);
const parcel = document.querySelector("[data-parcel]");
let leaving = false;
window.addEventListener("beforeunload", () => (leaving = true));

/** Show what the server says now, unless the courier is on the way to another page already. */
export function renew() {
  if (!leaving) location.reload();
}

export function showQueue(rows, { signedOut = false, sending = false } = {}) {
  showBadge(rows.length);
  for (const box of document.querySelectorAll("[data-waiting]")) showList(box, rows, { signedOut, sending });
  for (const stop of document.querySelectorAll("a.stop")) {
    const code = stop.getAttribute("href").split("/").at(-2);
    stop.classList.toggle("stop--waiting", rows.some((row) => row.parcel === code));
    stop.dataset.note = settings.words.unsent;
  }
  for (const note of document.querySelectorAll("[data-offline-only]")) note.hidden = navigator.onLine;
  for (const form of document.querySelectorAll("[data-online]")) form.hidden = !navigator.onLine;
}

function showBadge(count) {
  const badge = document.querySelector("[data-offline-badge]");
  if (!badge) return;
  badge.hidden = navigator.onLine && !count;
  badge.querySelector("[data-offline-word]").hidden = navigator.onLine;
  badge.querySelector("[data-offline-count]").textContent = count ? String(count) : "";
}

function showList(box, rows, { signedOut, sending }) {
  const own = box.dataset.waiting === "*" ? rows : rows.filter((row) => row.parcel === box.dataset.waiting);
  const list = box.querySelector(".waiting__list");
  box.hidden = !own.length;
  const blocked = new Set(own.filter((row) => row.state === "refused").map((row) => row.parcel));
  const told = own.map((row) => ({ row, labels: [row.label], state: stateOf(row, blocked, sending) }));
  const shown = box.dataset.waiting === "*" ? gathered(told) : told;
  list.replaceChildren(...shown.map((each) => entry(box, each)));
  const link = box.querySelector("[data-sign-in-link]");
  link.hidden = !signedOut;
  link.href = `${settings.signIn}?next=${encodeURIComponent(location.pathname)}`;
}

function stateOf(row, blocked, sending) {
  if (row.state === "refused") return "refused";
  if (row.parcel && blocked.has(row.parcel)) return "held";
  return sending && navigator.onLine ? "sending" : "waiting";
}

/** What waits of one parcel is one line on the route; what was not accepted stands by itself, first. */
function gathered(told) {
  const refused = told.filter((each) => each.state === "refused");
  const lines = new Map();
  for (const each of told.filter((one) => one.state !== "refused")) {
    const name = each.row.parcel ? `${each.row.parcel} ${each.state}` : `${each.row.step} ${each.row.id}`;
    if (lines.has(name)) lines.get(name).labels.push(each.row.label);
    else lines.set(name, { ...each, labels: [each.row.label] });
  }
  return [...refused, ...lines.values()];
}

function entry(box, { row, labels, state }) {
  const item = box.querySelector("template").content.cloneNode(true).firstElementChild;
  const refused = state === "refused";
  item.dataset.state = state;
  const subject = box.dataset.waiting === "*" ? row.parcel || row.about : "";
  item.querySelector(".waiting__what").textContent = [subject, labels.join(", ")].filter(Boolean).join(" · ");
  item.querySelector(".waiting__state").textContent = settings.words[item.dataset.state];
  item.querySelector(".waiting__why").textContent = refused ? `${row.why} (${row.code})` : "";
  const counted = ANSWERED.has(row.code);
  item.querySelector(".waiting__tools").hidden = !refused;
  item.querySelector("[data-seen]").hidden = !counted;
  for (const tool of item.querySelectorAll("[data-again], [data-drop]")) tool.hidden = counted;
  item.querySelector("[data-seen]").addEventListener("click", () => discard(row.id).then(renew));
  item.querySelector("[data-again]").addEventListener("click", () => tryAgain(row.id));
  item.querySelector("[data-drop]").addEventListener("click", () => askToDiscard(row));
  return item;
}

/** What was done at the door cannot be done over by a press: the courier says twice that it may go. */
function askToDiscard(row) {
  const dialog = document.getElementById("discard");
  dialog.querySelector("[data-about]").textContent = [row.label, row.parcel || row.about].filter(Boolean).join(" · ");
  dialog.querySelector("[data-discard]").onclick = () => discard(row.id).then(renew);
  dialog.showModal();
}

/** A refusal of the step that was just made, told where the page tells it without scripts. */
export function showRefusal(row) {
  document.querySelector("[data-refusal]")?.remove();
  const box = document.createElement("div");
  box.className = "alert alert--danger";
  box.dataset.refusal = "";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.className = "alert__text";
  words.dataset.errorMessage = "";
  words.textContent = `${row.why} (${row.code})`;
  box.append(words);
  (parcel ?? document.querySelector(".courier"))?.prepend(box);
  box.scrollIntoView({ block: "center" });
}

/** Go on to what follows the kept steps of this parcel, as the server will when it hears of them. */
export function followKept(rows) {
  if (!parcel?.dataset.step) return; // another page, or one of a delivery that is over
  const own = rows.filter((row) => row.parcel === parcel.dataset.parcel);
  if (own.some((row) => row.state === "refused")) {
    show("decide");
    return;
  }
  let step = parcel.dataset.step;
  for (const row of own) step = after(step, row);
  show(own.some((row) => row.needsAnswer) ? "waits" : step);
}

function after(step, row) {
  if (row.step === "refuse" || row.step === "again") return "kept";
  if (row.step !== step) return step;
  const wanted = parcel.dataset.wanted.split(" ");
  return wanted[wanted.indexOf(step) + 1] ?? "kept";
}

function show(step) {
  for (const part of parcel.querySelectorAll("[data-at]")) {
    const appears = part.hidden && part.dataset.at === step;
    part.hidden = part.dataset.at !== step;
    if (appears) part.querySelector("[data-signature-clear]")?.click(); // the canvas takes its size when seen
  }
  for (const bar of document.querySelectorAll("[data-bar]")) bar.hidden = !bar.dataset.bar.split(" ").includes(step);
  const stands = step === "waits" || step === "decide";
  for (const more of document.querySelectorAll("[data-more]")) more.hidden = stands || step === "kept";
  if (stands) return; // so does the stepper, until the server has answered and the courier decided
  const wanted = parcel.dataset.wanted.split(" ");
  const at = step === "kept" ? wanted.length : wanted.indexOf(step);
  for (const [place, item] of [...parcel.querySelectorAll("[data-stepper] li")].entries()) {
    item.dataset.state = place < at ? "done" : place === at ? "now" : "next";
  }
}
