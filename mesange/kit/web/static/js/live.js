// Life: new posts wait behind a bar, numbers change in place, a lost line is retried and caught up by the last id.
import { tellTimes } from "./times.js";

const RETRY = 4_000;
const POLL_PAUSE = 2_000;
const bigger = (one, other) => one.length - other.length || (one > other ? 1 : -1);

function follow(root) {
  const feed = root.querySelector("[data-feed]");
  const bar = root.querySelector("[data-fresh]");
  const lost = root.querySelector("[data-line-lost]");
  const waiting = new Set();
  let newest = root.dataset.newest;
  let source;

  function address(piece = "") {
    const url = new URL(root.dataset.stream, location.href);
    url.pathname += piece;
    url.searchParams.set("after", newest);
    return url;
  }

  function connect() {
    source?.close();
    const url = address();
    url.searchParams.set("ids", [...feed.querySelectorAll("[data-status]")].map((post) => post.dataset.status).slice(0, 60));
    source = new EventSource(url);
    source.addEventListener("open", () => (lost.hidden = true));
    source.addEventListener("error", () => {
      source.close();
      lost.hidden = false;
      setTimeout(connect, RETRY);
    });
    source.addEventListener("post", (event) => arrive(JSON.parse(event.data).cursor));
    source.addEventListener("edit", (event) => renew(JSON.parse(event.data).id));
    source.addEventListener("poll", (event) => renewPoll(JSON.parse(event.data).id));
    source.addEventListener("gone", (event) => postsOf(JSON.parse(event.data).id).forEach((post) => post.remove()));
    source.addEventListener("counts", (event) => recount(JSON.parse(event.data)));
    source.addEventListener("unread", (event) => tellUnread("[data-unread-count]", Number(event.data)));
    source.addEventListener("messages", (event) => tellUnread("[data-messages-count]", Number(event.data)));
  }

  function arrive(cursor) {
    if (bigger(cursor, newest) > 0) waiting.add(cursor);
    announce();
  }

  function announce() {
    const words = waiting.size === 1 ? bar.dataset.one : bar.dataset.many.replace("{n}", waiting.size);
    bar.querySelector("span").textContent = words;
    bar.hidden = waiting.size === 0;
  }

  async function show() {
    const posts = await postsAt(address("/cards"));
    for (const post of posts.reverse()) {
      document.getElementById(post.id)?.remove();
      feed.prepend(post);
      window.htmx?.process(post);
      tellTimes(post);
    }
    newest = [...waiting].sort(bigger).at(-1) ?? newest;
    waiting.clear();
    announce();
    document.querySelector(".empty")?.remove();
    scrollTo({ top: 0 });
    feed.querySelector("article")?.focus({ preventScroll: true });
    connect();
  }

  async function renew(id) {
    const [post] = await postsAt(new URL(`/live/posts/cards?ids=${id}`, location.href));
    const body = post?.querySelector(".post-body");
    if (body) postsOf(id).forEach((old) => old.querySelector(".post-body").replaceWith(body.cloneNode(true)));
  }

  // Many may vote in one second: each page looks again at most every few seconds, and never under a half-made choice.
  const looking = new Set();
  function renewPoll(id) {
    if (looking.has(id)) return;
    looking.add(id);
    setTimeout(async () => {
      looking.delete(id);
      const [post] = await postsAt(new URL(`/live/posts/cards?ids=${id}`, location.href));
      const poll = post?.querySelector(".post-poll");
      for (const old of poll ? document.querySelectorAll(`[data-poll="${CSS.escape(id)}"]`) : []) {
        if (old.querySelector("input:checked, details[open]")) continue;
        const copy = poll.cloneNode(true);
        old.replaceWith(copy);
        window.htmx?.process(copy);
        tellTimes(copy);
      }
    }, POLL_PAUSE * Math.random());
  }

  bar.addEventListener("click", show);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && connect());
  connect();
}

async function postsAt(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  const template = document.createElement("template");
  template.innerHTML = answer.ok ? await answer.text() : "";
  return [...template.content.querySelectorAll("article")];
}

const postsOf = (id) => document.querySelectorAll(`[data-status="${CSS.escape(id)}"]`);

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

document.querySelectorAll("[data-stream]").forEach(follow);
