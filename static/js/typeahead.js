// .typeahead[data-url]: a text field and a list below it. The list is what the server answers to
// GET data-url?q=…: elements with role="option". A link is followed; a button with data-value puts that into the
// field, and sends its form where the box has data-submits. Such a field offers its first options when it is
// entered. Arrow keys choose, Enter takes, Escape closes.
const WAIT_MS = 150;

function start(box) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  let timer;
  let chosen = -1;
  let asked = 0;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => {
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    chosen = -1;
  };
  const choose = (index) => {
    const all = options();
    if (!all.length) return;
    chosen = (index + all.length) % all.length;
    all.forEach((option, i) => {
      option.id ||= `${list.id}-${i}`;
      option.setAttribute("aria-selected", String(i === chosen));
    });
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  };
  const fills = !input.closest("form[role=search]");
  const submits = "submits" in box.dataset;
  const ask = async () => {
    const words = input.value.trim();
    if (!words && !fills) return close();
    const mine = ++asked;
    const url = new URL(box.dataset.url, location.href);
    url.searchParams.set("q", words);
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" } });
      if (mine !== asked) return undefined;
      if (!answer.ok || (fills && document.activeElement !== input)) return close();
      list.innerHTML = await answer.text();
      chosen = -1;
      input.setAttribute("aria-expanded", String(options().length > 0));
    } catch {
      close(); // offline: the plain search still works when the line is back
    }
    return undefined;
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  if (fills) input.addEventListener("focus", ask);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-value]");
    if (!option) return;
    event.stopPropagation(); // a menu around it stays open: the option is gone when the click gets there
    input.value = option.dataset.value;
    asked += 1;
    close();
    if (submits) input.form.requestSubmit();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1);
    } else if (event.key === "Escape") {
      close();
    } else if (event.key === "Enter" && (chosen >= 0 || submits)) {
      event.preventDefault();
      options()[Math.max(chosen, 0)]?.click();
    }
  });
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) setTimeout(close, 150);
  });
}

export function startTypeaheads(root) {
  for (const box of root.querySelectorAll(".typeahead[data-url]")) {
    if (box.dataset.started || !box.dataset.url) continue;
    box.dataset.started = "yes";
    start(box);
  }
}
