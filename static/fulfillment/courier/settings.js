// What the page tells the modules: who is signed in, the addresses and the words.
const meta = document.querySelector("meta[name=courier]");

export const settings = {
  user: meta?.content ?? "",
  worker: meta?.dataset.worker ?? "",
  scope: meta?.dataset.scope ?? "/courier/",
  position: meta?.dataset.position ?? "",
  signIn: meta?.dataset.signIn ?? "",
  words: meta?.dataset.words ? JSON.parse(meta.dataset.words) : {},
};

export const PAGES = "courier-pages";

export function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
