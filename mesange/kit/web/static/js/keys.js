// The keys people know from elsewhere; "?" shows them.
// On a deck: within the column where one is.
const column = () => document.activeElement?.closest("[data-column]") ?? document;
const posts = () => [...column().querySelectorAll("article.post")];
const within = (selector) => document.activeElement?.closest("article.post")?.querySelector(selector);
const open = (address) => () => address && location.assign(address);

function move(step) {
  const all = posts();
  const here = all.indexOf(document.activeElement?.closest("article.post"));
  const next = all[here < 0 ? 0 : Math.min(all.length - 1, Math.max(0, here + step))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center" });
}

function write() {
  const text = document.querySelector(".composer-text");
  if (text) text.focus();
  else location.assign("/compose");
}

function search() {
  const box = [...document.querySelectorAll("[data-search]")].find((each) => each.offsetParent);
  if (box) box.focus();
  else location.assign("/search");
}

const FRESH = "[data-fresh]:not([hidden])";
const ALONE = {
  j: () => move(1),
  k: () => move(-1),
  n: write,
  "/": search,
  ".": () => (column().querySelector(FRESH) ?? document.querySelector(FRESH))?.click(),
  r: () => within(".act-reply")?.click(),
  f: () => within(".act-favourite")?.click(),
  b: () => within(".act-boost")?.click(),
  o: () => within("a[rel=bookmark]")?.click(),
  "?": () => document.getElementById("keys")?.showModal(),
};
const AFTER_G = { h: open("/"), l: open("/local"), n: open("/notifications"), d: open("/deck"), b: open("/bookmarks"), m: open("/messages"), s: open("/settings/profile") };

let isAfterG = false;

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, dialog");
  if (document.documentElement.dataset.keys === "off" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = (isAfterG ? AFTER_G : ALONE)[event.key];
  isAfterG = event.key === "g" && !isAfterG;
  if (act) {
    event.preventDefault();
    act();
  }
});
