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
  let watch = null;
  let told = 0;
  const stop = () => {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    watch = null;
  };
  const begin = () => {
    if (watch !== null || !navigator.geolocation) return;
    watch = navigator.geolocation.watchPosition((place) => {
      if (Date.now() - told < SHARE_EVERY) return;
      told = Date.now();
      post(fields(place));
    }, stop);
  };
  if (localStorage.getItem(REMEMBERED) === settings.user) begin();
  if (!box) return;
  box.checked = localStorage.getItem(REMEMBERED) === settings.user;
  box.addEventListener("change", () => {
    if (box.checked) {
      localStorage.setItem(REMEMBERED, settings.user);
      begin();
    } else {
      localStorage.removeItem(REMEMBERED);
      stop();
      post({ position: "" });
    }
  });
}
