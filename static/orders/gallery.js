// [data-gallery]: a press on a thumbnail ([data-picture], address without "-640.webp") shows it large.
for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const main = gallery.querySelector(".gallery__main img");
  gallery.addEventListener("click", (event) => {
    const thumb = event.target.closest("[data-picture]");
    if (!thumb) return;
    const base = thumb.dataset.picture;
    main.srcset = [160, 320, 640, 1200].map((width) => `${base}-${width}.webp ${width}w`).join(", ");
    main.src = `${base}-640.webp`;
    for (const other of gallery.querySelectorAll("[data-picture]")) other.removeAttribute("aria-current");
    thumb.setAttribute("aria-current", "true");
  });
}
