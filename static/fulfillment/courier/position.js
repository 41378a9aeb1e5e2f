// Where this device is: a fix with its accuracy, or why there is none. It never holds up the work for long.
import { cookie, settings } from "./settings.js";

const ASK = { enableHighAccuracy: true, timeout: 8000, maximumAge: 30_000 };
const PATIENCE = 9000;
const SHARE_EVERY = 60_000;
const REMEMBERED = "courier-share-place";

function fields(place) {
  const { latitude, longitude, accuracy } = place.coords;
  return { position: "fixed", latitude, longitude, accuracy: Math.round(accuracy) };
}

export function locate() {
  if (!navigator.geolocation) return Promise.resolve({ position: "unavailable" });
  return new Promise((resolve) => {
    setTimeout(() => resolve({ position: "unavailable" }), PATIENCE);
    navigator.geolocation.getCurrentPosition(
      (place) => resolve(fields(place)),
      (error) => resolve({ position: error.code === error.PERMISSION_DENIED ? "refused" : "unavailable" }),
      ASK,
    );
  });
}

function post(values) {
  const body = new URLSearchParams(values);
  const headers = { "X-CSRFToken": cookie("csrftoken") };
  return fetch(settings.position, { method: "POST", body, headers }).catch(() => {
    // The next minute has its own place; one that was not sent is of no use later.
  });
}

/** The switch "show customers where I am": while it is on, this page tells the place once a minute. */
export function startSharing() {
  const box = document.querySelector("[data-share-place]");
  const note = document.querySelector("[data-share-refused]");
  let watch = null;
  let told = 0;
  let last = null;
  let waits = null;
  const stop = () => {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    clearTimeout(waits);
    watch = waits = null;
  };
  const share = () => {
    waits = null;
    told = Date.now();
    post(fields(last));
  };
  // Once a minute; who stops within the minute is shown where they stopped, not where they were before.
  const seen = (place) => {
    last = place;
    const wait = told + SHARE_EVERY - Date.now();
    if (wait <= 0) share();
    else waits ??= setTimeout(share, wait);
  };
  const forget = () => {
    localStorage.removeItem(REMEMBERED);
    stop();
  };
  const lacks = (error) => {
    // In a tunnel the watch goes on by itself; a browser that may not tell the place never will.
    if (error && error.code !== error.PERMISSION_DENIED) return;
    forget();
    if (box) box.checked = false;
    if (note) note.hidden = false;
  };
  const begin = () => {
    if (watch !== null) return;
    if (note) note.hidden = true;
    if (!navigator.geolocation) return lacks();
    watch = navigator.geolocation.watchPosition(seen, lacks, ASK);
  };
  if (localStorage.getItem(REMEMBERED) === settings.user) begin();
  if (!box) return;
  box.checked = localStorage.getItem(REMEMBERED) === settings.user;
  box.addEventListener("change", () => {
    if (box.checked) {
      localStorage.setItem(REMEMBERED, settings.user);
      begin();
    } else {
      forget();
      post({ position: "" });
    }
  });
}
