// <span class="countdown" data-until="2026-11-21T06:05:00Z" data-now="…server time…">: counts down in m:ss.
// The server's clock is what counts (a simulated day, a wrong phone clock), so the difference is taken once.
// When time is up it says data-over and sends the event "countdown:over" upwards.
const running = new Set();
let ticking;

function draw(element) {
  const left = Math.max(0, Math.round((element.until - (Date.now() + element.offset)) / 1000));
  const hours = Math.floor(left / 3600);
  const minutes = Math.floor((left % 3600) / 60);
  const seconds = String(left % 60).padStart(2, "0");
  const face = element.querySelector("[data-face]") || element;
  face.textContent = hours ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
  element.dataset.state = left === 0 ? "over" : left <= 120 ? "soon" : "on";
  if (left > 0) return;
  if (element.dataset.over) face.textContent = element.dataset.over;
  running.delete(element);
  element.dispatchEvent(new CustomEvent("countdown:over", { bubbles: true }));
}

function tick() {
  for (const element of running) {
    if (element.isConnected) draw(element);
    else running.delete(element);
  }
  if (running.size === 0) {
    clearInterval(ticking);
    ticking = undefined;
  }
}

export function startCountdowns(root) {
  const found = [...root.querySelectorAll("[data-until]")];
  if (root instanceof Element && root.matches("[data-until]")) found.push(root);
  for (const element of found) {
    if (running.has(element)) continue;
    element.until = Date.parse(element.dataset.until);
    if (Number.isNaN(element.until)) continue;
    element.offset = element.dataset.now ? Date.parse(element.dataset.now) - Date.now() : 0;
    running.add(element);
    draw(element);
  }
  if (running.size && !ticking) ticking = setInterval(tick, 1000);
}
