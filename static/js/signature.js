// .signature[data-name]: a canvas to sign on with finger, pen or mouse. The drawing goes as a PNG data URL
// into the hidden input inside; a form whose signature is still empty is not sent when data-required is set.
function sized(canvas) {
  const scale = window.devicePixelRatio || 1;
  const box = canvas.getBoundingClientRect();
  canvas.width = Math.round(box.width * scale);
  canvas.height = Math.round(box.height * scale);
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.lineWidth = 2.5;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = "#10201f";
  return pen;
}

function start(box) {
  const canvas = box.querySelector("canvas");
  const input = box.querySelector("input[type=hidden]");
  const warning = box.querySelector("[data-signature-missing]");
  let pen = sized(canvas);
  let last = null;

  const at = (event) => {
    const edge = canvas.getBoundingClientRect();
    return { x: event.clientX - edge.left, y: event.clientY - edge.top };
  };
  const clear = () => {
    pen = sized(canvas);
    input.value = "";
    delete box.dataset.signed;
  };
  const line = (from, to) => {
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    line(last, { x: last.x + 0.1, y: last.y });
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const points = event.getCoalescedEvents?.() ?? [];
    for (const point of points.length ? points : [event]) {
      const next = at(point);
      line(last, next);
      last = next;
    }
  });
  const lift = () => {
    if (!last) return;
    last = null;
    input.value = canvas.toDataURL("image/png");
    box.dataset.signed = "yes";
    if (warning) warning.hidden = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  box.querySelector("[data-signature-clear]")?.addEventListener("click", clear);
  input.form?.addEventListener(
    "submit",
    (event) => {
      if (!("required" in box.dataset) || input.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (warning) warning.hidden = false;
      canvas.focus();
    },
    true,
  );
}

export function startSignatures(root) {
  const found = [...root.querySelectorAll(".signature")];
  if (root instanceof Element && root.matches(".signature")) found.push(root);
  for (const box of found) {
    if (box.dataset.started) continue;
    box.dataset.started = "yes";
    start(box);
  }
}
