// Keys and printing at the stations. A control with data-hotkey="F2" (or "Alt+1") is pressed by that key, from
// anywhere on the page, so that no mouse is needed. A link with data-print prints its paper through a hidden
// frame; data-print="now" does so by itself, as a station's label printer expects.

import "./scans.js";

function hotkey(event) {
  const wanted = event.altKey && /^Digit\d$/.test(event.code) ? `Alt+${event.code.slice(5)}` : event.key;
  if (event.ctrlKey || event.metaKey || (event.altKey && !wanted.startsWith("Alt+"))) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && document.querySelector("details.menu[open]")) return;
  const control = [...document.querySelectorAll("[data-hotkey]")].find((each) => each.dataset.hotkey === wanted);
  if (!control) return;
  event.preventDefault();
  control.click();
}

function paperFrame() {
  document.getElementById("paper")?.remove();
  const frame = document.createElement("iframe");
  frame.id = "paper";
  frame.hidden = true;
  frame.title = "";
  frame.tabIndex = -1;
  document.body.append(frame);
  return frame;
}

function print(address) {
  const frame = paperFrame();
  frame.addEventListener("load", () => {
    try {
      frame.contentWindow.print();
    } catch (error) {
      console.warn("the browser does not print by itself", error);
    }
  });
  frame.src = address;
}

function onClick(event) {
  const link = event.target.closest("a[data-print]");
  if (!link) return;
  event.preventDefault();
  print(link.href);
}

function printNow(root) {
  const link = root.querySelector?.('a[data-print="now"]:not([data-printed])');
  if (!link) return;
  link.dataset.printed = "yes";
  print(link.href);
}

document.addEventListener("keydown", hotkey);
document.addEventListener("click", onClick);
document.body.addEventListener("htmx:load", (event) => printNow(event.detail.elt.parentElement ?? document));
printNow(document);
