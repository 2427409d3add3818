// Ctrl-K (⌘-K): every place by a few letters of its name; what is no place is searched for. The list is a page too.
const WORDS = {
  en: { title: "Go to", hint: "A page, @somebody, #hashtag, or words to search", search: (asked) => `Search for “${asked}”` },
  fr: { title: "Aller à", hint: "Une page, @quelqu’un, #hashtag, ou des mots à chercher", search: (asked) => `Chercher «\u00a0${asked}\u00a0»` },
}[document.documentElement.lang] ?? {};
const MOST = 9;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

let places = [];

async function look() {
  if (!places.length) {
    const answer = await fetch("/everywhere", { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = document.createElement("template");
    page.innerHTML = await answer.text();
    places = [...page.content.querySelectorAll("a")].map((link) => ({
      url: link.getAttribute("href"),
      words: link.textContent.trim(),
      icon: link.querySelector("svg"),
      group: link.closest("[data-places]").dataset.places,
    }));
  }
}

function beyond(asked) {
  if (/^@[\w.@-]+$/.test(asked)) return [{ url: `/${asked}`, words: asked, group: "" }];
  if (/^#\S+$/u.test(asked)) return [{ url: `/tags/${encodeURIComponent(asked.slice(1))}`, words: asked, group: "" }];
  return asked ? [{ url: `/search?q=${encodeURIComponent(asked)}`, words: WORDS.search(asked), group: "" }] : [];
}

function matching(asked) {
  const letters = plain(asked);
  const begins = (place) => (plain(place.words).startsWith(letters) ? 0 : 1);
  const found = places.filter((place) => plain(`${place.words} ${place.group}`).includes(letters));
  return [...found.sort((one, other) => begins(one) - begins(other)).slice(0, MOST), ...beyond(asked.trim())];
}

function option(place, number) {
  const line = document.createElement("li");
  line.id = `palette-${number}`;
  line.role = "option";
  line.dataset.url = place.url;
  const icon = place.icon ?? document.querySelector('[data-name="search"]');
  if (icon) line.append(icon.cloneNode(true));
  const words = document.createElement("span");
  words.textContent = place.words;
  words.dir = "auto";
  const group = document.createElement("small");
  group.textContent = place.group;
  line.append(words, group);
  return line;
}

function build() {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog palette";
  dialog.ariaLabel = WORDS.title;
  dialog.innerHTML = `<input class="input" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" spellcheck="false" autofocus><ul id="palette-list" role="listbox"></ul><div aria-hidden="true">${`<span class="skeleton"></span>`.repeat(3)}</div>`;
  const [box, list, waiting] = dialog.children;
  box.placeholder = box.ariaLabel = WORDS.hint;
  list.ariaLabel = WORDS.title;
  let here = 0;

  function point(number) {
    const lines = [...list.children];
    here = lines.length ? (number + lines.length) % lines.length : 0;
    lines.forEach((line, place) => (line.ariaSelected = String(place === here)));
    box.setAttribute("aria-activedescendant", lines[here]?.id ?? "");
    lines[here]?.scrollIntoView({ block: "nearest" });
  }

  function show() {
    list.replaceChildren(...matching(box.value).map(option));
    waiting.hidden = places.length > 0;
    point(0);
  }

  const go = (line) => line && location.assign(line.dataset.url);
  const KEYS = { ArrowDown: () => point(here + 1), ArrowUp: () => point(here - 1), Enter: () => go(list.children[here]) };
  box.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.isComposing) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  list.addEventListener("click", (event) => go(event.target.closest("li")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  show();
  return show;
}

// It opens at once: what is typed while the places are on their way counts.
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (document.querySelector("dialog[open]")) return;
  const show = build();
  look().then(show, () => location.assign("/everywhere"));
});
