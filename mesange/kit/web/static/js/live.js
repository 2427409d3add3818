// Life: new posts wait behind a bar, numbers change in place, a lost line is retried and caught up by the last id.
// A line feeds one list, or the columns of a deck: then what it says of news begins with a line that names them.
import { tellTimes } from "./times.js";

const RETRY = 4_000;
const POLL_PAUSE = 2_000;
const bigger = (one, other) => one.length - other.length || (one > other ? 1 : -1);

// A list and the bar behind which its news wait. `cards` is where they are fetched; `caughtUp` is told when they are shown.
export function feedOf(root, cards, caughtUp) {
  const feed = root.querySelector("[data-feed]");
  const bar = root.querySelector("[data-fresh]");
  const waiting = new Set();
  let newest = root.dataset.newest;

  function arrive(cursor) {
    if (bigger(cursor, newest) > 0) waiting.add(cursor);
    announce();
  }

  function announce() {
    const words = waiting.size === 1 ? bar.dataset.one : bar.dataset.many.replace("{n}", waiting.size);
    bar.querySelector("span").textContent = words;
    bar.hidden = waiting.size === 0;
  }

  const news = () => postsAt(after(cards, newest));

  async function show() {
    const posts = await news();
    for (const post of posts.reverse()) {
      document.getElementById(post.id)?.remove();
      feed.prepend(post);
      window.htmx?.process(post);
      tellTimes(post);
    }
    newest = [...waiting].sort(bigger).at(-1) ?? newest;
    waiting.clear();
    announce();
    (root.closest("[data-column]") ?? document).querySelector(".empty")?.remove();
    (root.closest("[data-scroller]") ?? window).scrollTo({ top: 0 });
    feed.querySelector("article")?.focus({ preventScroll: true });
    caughtUp();
  }

  bar.addEventListener("click", show);
  return {
    arrive,
    ask: async () => (await news()).forEach((post) => arrive(post.dataset.cursor)),
    newest: () => newest,
    shown: () => [...feed.querySelectorAll("[data-status]")].map((post) => post.dataset.status),
  };
}

export function after(path, cursor) {
  const url = new URL(path, location.href);
  url.searchParams.set("after", cursor);
  return url;
}

// `fed` gives the feeds that the names in an event stand for; `address` is asked anew for each connection.
export function follow(address, fed, lost) {
  let source, again;

  function connect() {
    clearTimeout(again);
    source?.close();
    source = new EventSource(address());
    const hear = (kind, act) => source.addEventListener(kind, ({ data }) => act(JSON.parse(data.split("\n").at(-1)), data));
    source.addEventListener("open", () => (lost.hidden = true));
    source.addEventListener("error", () => {
      source.close();
      lost.hidden = false;
      soon(RETRY);
    });
    hear("post", ({ cursor }, data) => fed(data.split("\n")[0].split(" ")).forEach((feed) => feed.arrive(cursor)));
    hear("edit", ({ id }) => renew(id));
    hear("poll", ({ id }) => renewPoll(id));
    hear("gone", ({ id }) => postsOf(id).forEach((post) => post.remove()));
    hear("counts", recount);
    hear("unread", (count) => tellUnread("[data-unread-count]", count));
    hear("messages", (count) => tellUnread("[data-messages-count]", count));
  }

  function soon(pause) {
    clearTimeout(again);
    again = setTimeout(connect, pause);
  }

  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && connect());
  connect();
  return { connect, soon };
}

function followOne(root) {
  const cards = new URL(root.dataset.stream, location.href);
  cards.pathname += "/cards";
  const feed = feedOf(root, cards, () => line.connect());
  function address() {
    const url = after(root.dataset.stream, feed.newest());
    url.searchParams.set("ids", feed.shown().slice(0, 60));
    return url;
  }
  const line = follow(address, () => [feed], root.querySelector("[data-line-lost]"));
}

async function postsAt(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  const template = document.createElement("template");
  template.innerHTML = answer.ok ? await answer.text() : "";
  return [...template.content.querySelectorAll("article")];
}

const postsOf = (id) => document.querySelectorAll(`[data-status="${CSS.escape(id)}"]`);
const postNow = async (id) => (await postsAt(new URL(`/live/posts/cards?ids=${id}`, location.href)))[0];

async function renew(id) {
  const body = (await postNow(id))?.querySelector(".post-body");
  if (body) postsOf(id).forEach((old) => old.querySelector(".post-body").replaceWith(body.cloneNode(true)));
}

// Many may vote in one second: each page looks again at most every few seconds, and never under a half-made choice.
const looking = new Set();
function renewPoll(id) {
  if (looking.has(id)) return;
  looking.add(id);
  setTimeout(async () => {
    looking.delete(id);
    const poll = (await postNow(id))?.querySelector(".post-poll");
    for (const old of poll ? document.querySelectorAll(`[data-poll="${CSS.escape(id)}"]`) : []) {
      if (old.querySelector("input:checked, details[open]")) continue;
      const copy = poll.cloneNode(true);
      old.replaceWith(copy);
      window.htmx?.process(copy);
      tellTimes(copy);
    }
  }, POLL_PAUSE * Math.random());
}

function recount({ id, ...counts }) {
  for (const [kind, value] of Object.entries(counts)) {
    const numbers = document.querySelectorAll(`[data-count="${CSS.escape(`${id}-${kind}`)}"]`);
    numbers.forEach((number) => (number.textContent = value || ""));
  }
}

function tellUnread(badges, count) {
  for (const badge of document.querySelectorAll(badges)) {
    badge.textContent = count;
    badge.hidden = count === 0;
  }
}

document.querySelectorAll("[data-stream]").forEach(followOne);
