// The courier's phone: steps are kept and sent, pages of the day are kept for where there is no network.
import { startSharing } from "./position.js";
import { flush, onChange, tell } from "./queue.js";
import { PAGES, settings } from "./settings.js";
import { startSteps } from "./steps.js";
import { steps } from "./store.js";
import { followKept, renew, showQueue } from "./view.js";

const LAST_USER = "courier-user";
const LEAVE_PATIENCE = 10_000;

function canKeep() {
  return Boolean(settings.user && window.isSecureContext && window.indexedDB && navigator.serviceWorker);
}

/** Another person on this device sees no page that was kept for the one before. */
async function forgetOthers() {
  if (localStorage.getItem(LAST_USER) === settings.user) return;
  await caches.delete(PAGES);
  localStorage.setItem(LAST_USER, settings.user);
}

function showKept() {
  for (const note of document.querySelectorAll("[data-kept-note]")) note.hidden = false;
}

async function keepPages() {
  navigator.serviceWorker.addEventListener("message", showKept);
  await navigator.serviceWorker.register(settings.worker, { scope: settings.scope });
  const { active } = await navigator.serviceWorker.ready;
  const assets = performance.getEntriesByType("resource").map((entry) => entry.name);
  const styles = [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href);
  const stops = [...document.querySelectorAll("a.stop:not(.stop--done)")].map((stop) => stop.href);
  const pages = navigator.onLine ? [location.pathname, ...stops] : [];
  active.postMessage({ pages, assets: [...assets, ...styles] });
}

/** Pages are forgotten when the server has heard of it, never before: without network they stay of use. */
async function leave(form) {
  try {
    const signal = AbortSignal.timeout(LEAVE_PATIENCE);
    await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", signal });
  } catch {
    document.getElementById("no-network").showModal();
    return;
  }
  await caches.delete(PAGES);
  location.assign(settings.signIn);
}

function startSignOut() {
  const form = document.querySelector("form[action*='sign-out']");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const dialog = document.getElementById("unsent");
    if (dialog && (await steps(settings.user)).length) dialog.showModal();
    else await leave(form);
  });
  document.querySelector("[data-leave]")?.addEventListener("click", () => leave(form));
}

async function sendAndShow() {
  const { sent, rows } = await flush();
  const here = document.querySelector("[data-parcel]")?.dataset.parcel;
  if (sent.some(({ row }) => !here || row.parcel === here)) renew();
  else followKept(rows);
}

async function start() {
  startSteps(); // before anything is waited for: a press must never go past the queue
  document.documentElement.dataset.steps = "kept";
  await forgetOthers();
  onChange(showQueue);
  const waiting = await tell();
  if (!navigator.onLine) followKept(waiting);
  startSignOut();
  startSharing();
  window.addEventListener("online", sendAndShow);
  window.addEventListener("courier-send", sendAndShow);
  window.addEventListener("offline", () => tell());
  if (navigator.onLine) await sendAndShow();
  await keepPages();
}

if (canKeep()) start();
