// A picture alone on a dark ground: Escape closes, the arrows lead to its neighbours. Without a script its link opens it.
const WORDS = {
  en: { close: "Close", before: "Previous picture", after: "Next picture" },
  fr: { close: "Fermer", before: "Image précédente", after: "Image suivante" },
};
const words = WORDS[document.documentElement.lang] ?? WORDS.en;
let viewer, links, at;

function button(kind, sign, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `viewer-${kind}`;
  made.setAttribute("aria-label", words[kind]);
  made.textContent = sign;
  made.addEventListener("click", press);
  return made;
}

function make() {
  viewer = document.createElement("dialog");
  viewer.className = "viewer";
  viewer.append(document.createElement("img"), document.createElement("p"));
  viewer.append(button("before", "‹", () => turn(-1)), button("after", "›", () => turn(1)), button("close", "×", () => viewer.close()));
  viewer.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowLeft") turn(-1);
    if (key === "ArrowRight") turn(1);
  });
  viewer.addEventListener("click", ({ target }) => target.closest("button, p") || viewer.close());
  document.body.append(viewer);
}

function turn(by) {
  at = (at + by + links.length) % links.length;
  const [picture, text, before, after] = viewer.children;
  picture.src = links[at].href;
  picture.alt = text.textContent = links[at].dataset.words;
  before.hidden = after.hidden = links.length < 2;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-viewer]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (!viewer) make();
  links = [...link.closest(".media").querySelectorAll("a[data-viewer]")];
  at = links.indexOf(link);
  turn(0);
  viewer.showModal();
});
