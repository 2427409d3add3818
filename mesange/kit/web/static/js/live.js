// Life: new posts wait behind a bar, numbers change in place, a lost line is retried and caught up by the last id.
// A line feeds one list, or the columns of a deck: then what it says of news begins with a line that names them.
import { tellTimes } from "./times.js";

const language = document.documentElement.lang;
const FIRST_PAUSE = 1_000;
const LAST_PAUSE = 60_000;
const HIDDEN_FOR = 5 * 60_000;
const LOOK = 30_000;
const POLL_PAUSE = 2_000;
const GATHER = 200;
const MOST_WAITING = 40; // As many as the server gives at once: see edges/pages/live.py.
const bigger = (one, other) => one.length - other.length || (one > other ? 1 : -1);

// A list and the bar behind which its news wait. `cards` is where they are fetched; `caughtUp` is told when they are shown.
export function feedOf(root, cards, caughtUp) {
  const feed = root.querySelector("[data-feed]");
  const bar = root.querySelector("[data-fresh]");
  const waiting = new Set();
  let newest = root.dataset.newest;
  let isBehind = false;
  let isShowing = false;

  function arrive(cursor) {
    if (bigger(cursor, newest) > 0) waiting.add(cursor);
    announce();
  }

  // More came than one page holds: what lies between would be missing, so that the list is read anew.
  function fallBehind() {
    isBehind = true;
    announce();
  }

  function announce() {
    isBehind ||= waiting.size > MOST_WAITING;
    const words = waiting.size === 1 ? bar.dataset.one : bar.dataset.many.replace("{n}", waiting.size);
    bar.querySelector("span").textContent = isBehind ? bar.dataset.behind : words;
    bar.hidden = waiting.size === 0 && !isBehind;
  }

  const news = () => postsAt(after(cards, newest));

  async function show() {
    if (isShowing) return;
    if (isBehind) return readAnew();
    isShowing = true;
    const asked = [...waiting];
    const posts = await news();
    isShowing = false;
    if (posts) put(posts, asked);
    caughtUp();
  }

  function put(posts, asked) {
    for (const post of posts.reverse()) {
      document.getElementById(post.id)?.remove();
      feed.prepend(post);
      window.htmx?.process(post);
      tellTimes(post);
    }
    newest = [newest, ...asked, ...posts.map((post) => post.dataset.cursor)].sort(bigger).at(-1);
    for (const cursor of [...waiting]) if (bigger(cursor, newest) <= 0 || cursor === newest) waiting.delete(cursor);
    announce();
    (root.closest("[data-column]") ?? document).querySelector(".empty")?.remove();
    (root.closest("[data-scroller]") ?? window).scrollTo({ top: 0 });
    feed.querySelector("article")?.focus({ preventScroll: true });
  }

  // Only the list itself knows whether it has news: asked once for whatever comes together.
  let asking;
  function ask(until) {
    clearTimeout(asking);
    asking = setTimeout(async () => {
      const address = after(cards, newest);
      address.searchParams.set("until", until);
      for (const post of (await postsAt(address)) ?? []) arrive(post.dataset.cursor);
    }, GATHER);
  }

  bar.addEventListener("click", show);
  return {
    arrive,
    fallBehind,
    ask,
    newest: () => newest,
    shown: () => [...feed.querySelectorAll("[data-status]")].map((post) => post.dataset.status),
  };
}

function readAnew() {
  history.scrollRestoration = "manual";
  location.reload();
}

export function after(path, cursor) {
  const url = new URL(path, location.href);
  url.searchParams.set("after", cursor);
  return url;
}

// `fed` gives the feeds that the names in an event stand for; `address` is asked anew for each connection. A lost line
// is tried again after ever longer pauses, never all pages at once; a page that nobody looks at lets its line go.
// `others` are kinds of events that one page alone knows, and what it does about them.
export function follow(address, fed, lost, others = {}) {
  let source, again, hiding;
  let tries = 0;
  let looked = Date.now();

  function connect() {
    clearTimeout(again);
    source?.close();
    source = new EventSource(address());
    const hear = (kind, act) => source.addEventListener(kind, ({ data }) => act(JSON.parse(data.split("\n").at(-1)), data));
    const feeds = (data) => fed(data.split("\n")[0].split(" "));
    source.addEventListener("open", () => {
      tries = 0;
      lost.hidden = true;
    });
    source.addEventListener("error", lose);
    hear("post", ({ cursor }, data) => feeds(data).forEach((feed) => feed.arrive(cursor)));
    hear("ask", ({ cursor }, data) => feeds(data).forEach((feed) => feed.ask(cursor)));
    hear("behind", (_, data) => feeds(data).forEach((feed) => feed.fallBehind()));
    hear("edit", ({ id }) => renew(id));
    hear("poll", ({ id }) => renewPoll(id));
    hear("gone", ({ id }) => postsOf(id).forEach((post) => post.remove()));
    hear("counts", recount);
    hear("unread", (count) => tellUnread("[data-unread-count]", count));
    hear("messages", (count) => tellUnread("[data-messages-count]", count));
    for (const [kind, act] of Object.entries(others)) hear(kind, act);
  }

  function lose() {
    source.close();
    lost.hidden = false;
    soon(Math.min(LAST_PAUSE, FIRST_PAUSE * 2 ** tries) * (0.5 + Math.random() / 2));
    tries += 1;
  }

  function soon(pause) {
    clearTimeout(again);
    again = setTimeout(connect, pause);
  }

  function rest() {
    source.close();
    clearTimeout(again);
  }

  // A device that slept may not know that its line is dead.
  function look() {
    const slept = Date.now() - looked > 4 * LOOK;
    looked = Date.now();
    if (slept && !document.hidden) connect();
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(rest, HIDDEN_FOR);
    else if (source.readyState === EventSource.CLOSED) connect();
  });
  addEventListener("offline", lose);
  addEventListener("online", connect);
  lost.querySelector("button").addEventListener("click", connect);
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && connect());
  setInterval(look, LOOK);
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

// The posts, or nothing when they cannot be had now.
async function postsAt(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  return [...template.content.querySelectorAll("article")];
}

const postsOf = (id) => document.querySelectorAll(`[data-status="${CSS.escape(id)}"]`);
const postNow = async (id) => (await postsAt(new URL(`/live/posts/cards?ids=${id}`, location.href)))?.[0];

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
    for (const number of numbers) {
      number.textContent = value ? inShort(value) : "";
      number.title = value < 1_000 ? "" : value.toLocaleString(language);
    }
  }
}

// As the server writes them: 1.2k, 3M.
function inShort(value) {
  const [size, suffix] = value < 1_000 ? [1, ""] : value < 1_000_000 ? [1_000, "k"] : [1_000_000, "M"];
  const tenths = Math.floor((value * 10) / size);
  const text = (tenths < 100 ? tenths / 10 : Math.floor(tenths / 10)).toLocaleString(language, { useGrouping: false });
  return suffix ? text + (language === "fr" ? "\u00a0" : "") + suffix : text;
}

function tellUnread(badges, count) {
  for (const badge of document.querySelectorAll(badges)) {
    badge.textContent = count;
    badge.hidden = count === 0;
  }
}

document.querySelectorAll("[data-stream]").forEach(followOne);
