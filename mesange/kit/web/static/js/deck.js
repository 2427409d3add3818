// A deck: columns are moved by mouse and by keyboard, saved at once and said aloud; the tab of the one in sight is lit.
import { after, feedOf, follow } from "./live.js";

const PATIENCE = 200;
const deck = document.querySelector("[data-deck]");
const FAR = 6;
const EDGE = 60;
const columns = () => [...deck.querySelectorAll("[data-column]")];
const placeOf = (column) => columns().indexOf(column);
let saving = Promise.resolve();

function put(column, place) {
  const others = columns().filter((each) => each !== column);
  const focused = document.activeElement;
  const scrolled = column.querySelector("[data-scroller]").scrollTop;
  const last = others.at(-1);
  if (others[place]) others[place].before(column);
  else last?.after(column);
  column.querySelector("[data-scroller]").scrollTop = scrolled;
  if (column.contains(focused)) focused.focus({ preventScroll: true });
  for (const [at, each] of columns().entries()) {
    const tab = document.querySelector(`[data-tab="${each.dataset.column}"]`);
    tab.parentNode.insertBefore(tab, tab.parentNode.children[at]);
    each.querySelector('[data-move="-1"]').disabled = at === 0;
    each.querySelector('[data-move="1"]').disabled = at === others.length;
  }
}

function save(column) {
  const place = placeOf(column);
  const csrf = document.querySelector("#acts [name=csrf]").value;
  const send = () =>
    fetch(`${column.dataset.at}/place`, {
      method: "POST",
      headers: { "HX-Request": "true" },
      body: new URLSearchParams({ csrf, place }),
    }).then((answer) => answer.ok || location.reload(), () => location.reload());
  saving = saving.then(send);
  const words = { title: column.dataset.title, place: place + 1, count: columns().length };
  document.querySelector("[data-deck-said]").textContent = deck.dataset.moved.replace(/\{(\w+)\}/g, (_, name) => words[name]);
}

function step(column, by) {
  const place = placeOf(column) + by;
  if (place < 0 || place >= columns().length) return;
  put(column, place);
  column.scrollIntoView({ inline: "nearest", block: "nearest" });
  save(column);
}

function moveByButton(event) {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  event.preventDefault();
  step(button.closest("[data-column]"), Number(button.dataset.move));
  if (button.disabled) button.closest(".menu").querySelector("summary").focus();
}

function moveByKey(event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const head = event.target.closest("[data-grip]");
  if (!by || !event.altKey || !head) return;
  event.preventDefault();
  step(head.closest("[data-column]"), by);
}

function grip(pressed) {
  const head = pressed.target.closest("[data-grip]");
  if (!head || pressed.button || pressed.target.closest(".menu") || deck.clientWidth < head.offsetWidth * 1.5) return;
  const column = head.closest("[data-column]");
  const from = placeOf(column);
  let isDragged = false;

  function drag(event) {
    if (!isDragged && Math.abs(event.clientX - pressed.clientX) < FAR) return;
    isDragged = true;
    column.classList.add("column-dragged");
    const box = deck.getBoundingClientRect();
    if (event.clientX > box.right - EDGE) deck.scrollBy(EDGE / 3, 0);
    if (event.clientX < box.left + EDGE) deck.scrollBy(-EDGE / 3, 0);
    const middles = columns().filter((each) => each !== column).map((each) => each.getBoundingClientRect());
    const place = middles.filter(({ left, width }) => left + width / 2 < event.clientX).length;
    if (place !== placeOf(column)) put(column, place);
  }

  function leave() {
    removeEventListener("pointermove", drag);
    removeEventListener("pointerup", drop);
    removeEventListener("pointercancel", giveUp);
    removeEventListener("keydown", escape);
    column.classList.remove("column-dragged");
  }

  function drop() {
    leave();
    if (isDragged) swallowClick();
    if (placeOf(column) !== from) save(column);
  }

  function giveUp() {
    leave();
    put(column, from);
  }

  const escape = (event) => event.key === "Escape" && giveUp();
  addEventListener("pointermove", drag);
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", giveUp);
  addEventListener("keydown", escape);
}

// What was a drag is no press of the link in the head.
function swallowClick() {
  const swallow = (event) => event.preventDefault();
  addEventListener("click", swallow, { capture: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
}

// One line for all columns: a browser opens six to a server at most.
function live() {
  const feeds = new Map();
  for (const column of deck.querySelectorAll("[data-column]:has([data-newest])")) {
    const root = column.querySelector("[data-newest]");
    feeds.set(column.dataset.column, feedOf(root, `${column.dataset.at}/cards`, () => line.soon(PATIENCE)));
  }
  const newest = () => [...feeds].map(([id, feed]) => `${id}:${feed.newest()}`).join();
  const fed = (columns) => columns.map((id) => feeds.get(id)).filter(Boolean);
  const line = follow(() => after(`${deck.dataset.deck}/live`, newest()), fed, document.querySelector("[data-line-lost]"));
}

// The same post may stand in several columns: what was pressed in one is pressed in all where one acts.
function pressEverywhere({ target }) {
  const post = target.closest?.("[data-status]");
  const acts = post?.querySelector(".post-acts");
  if (!acts) return;
  for (const twin of deck.querySelectorAll(`[data-status="${CSS.escape(post.dataset.status)}"]`)) {
    const old = twin.querySelector(".post-acts");
    if (twin === post || !old?.querySelector("button")) continue;
    const copy = acts.cloneNode(true);
    old.replaceWith(copy);
    window.htmx?.process(copy);
  }
}

// Notifications that stand in sight are read, here and in every client.
function noteRead(column) {
  const root = column.querySelector("[data-reads]");
  if (!root || document.hidden) return;
  delete root.dataset.reads;
  const body = new URLSearchParams({ csrf: document.querySelector("#acts [name=csrf]").value, until: root.dataset.newest });
  fetch("/notifications/read", { method: "POST", headers: { "HX-Request": "true" }, body });
}

function lightTabs() {
  const watch = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        const tab = document.querySelector(`.deck-tabs [href="#${target.id}"]`);
        if (isIntersecting) tab.setAttribute("aria-current", "true");
        else tab.removeAttribute("aria-current");
        if (isIntersecting) noteRead(target);
        if (isIntersecting) tab.parentNode.scrollTo({ left: tab.offsetLeft - tab.parentNode.clientWidth / 3 });
      }
    },
    { root: deck, threshold: 0.6 },
  );
  deck.querySelectorAll(".column").forEach((column) => watch.observe(column));
}

if (deck) {
  live();
  lightTabs();
  document.addEventListener("htmx:after:swap", pressEverywhere);
  if (deck.dataset.moved) {
    deck.addEventListener("click", moveByButton);
    deck.addEventListener("keydown", moveByKey);
    deck.addEventListener("pointerdown", grip);
    deck.addEventListener("dragstart", (event) => event.target.closest("[data-grip]") && event.preventDefault());
  }
}
