// input[data-scan]: the field a barcode reader types into. It takes the focus back whenever no other field,
// button or dialog is in use, and what is typed while a button or link has the focus goes into it, so that a
// scan is never lost and its Enter presses nothing else. After an htmx answer that holds
// [data-verdict="ok|bad"] a short tone tells green from red without looking.
let wired = false;

function field() {
  return document.querySelector("input[data-scan]:not([disabled])");
}

function isFree() {
  const active = document.activeElement;
  return !document.querySelector("dialog[open]") && (!active || active === document.body || !active.isConnected);
}

function focusField() {
  const input = field();
  if (input && isFree()) input.focus({ preventScroll: true });
}

function onKey(event) {
  const input = field();
  const printable = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!input || !printable || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === " " && event.target.closest("button, a, summary")) return;
  input.focus();
}

let sound;
function tone(verdict) {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  try {
    sound ??= new AudioContext();
    const oscillator = sound.createOscillator();
    const volume = sound.createGain();
    oscillator.frequency.value = verdict === "ok" ? 880 : 196;
    oscillator.type = verdict === "ok" ? "sine" : "square";
    volume.gain.setValueAtTime(0.15, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + (verdict === "ok" ? 0.15 : 0.5));
    oscillator.connect(volume).connect(sound.destination);
    oscillator.start();
    oscillator.stop(sound.currentTime + 0.5);
  } catch (error) {
    console.warn("no sound", error);
  }
}

function wire() {
  wired = true;
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusout", () => setTimeout(focusField, 150));
  document.addEventListener("close", focusField, true);
  window.addEventListener("focus", focusField);
}

export function startScan(root) {
  if (!field()) return;
  if (!wired) wire();
  focusField();
  const element = root instanceof Element ? root : document.body;
  const verdict = element.matches("[data-verdict]") ? element : element.querySelector("[data-verdict]");
  if (verdict && !verdict.dataset.heard && ["ok", "bad"].includes(verdict.dataset.verdict)) {
    verdict.dataset.heard = "yes";
    tone(verdict.dataset.verdict);
  }
}
