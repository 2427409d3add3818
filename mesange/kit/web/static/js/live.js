// Life: new posts wait behind a bar, numbers change in place, a lost line is retried and caught up by the last id.
import { tellTimes } from "./times.js";

const RETRY = 4_000;

function follow(root) {
  const feed = root.querySelector("[data-feed]");
  const bar = root.querySelector("[data-fresh]");
  const lost = root.querySelector("[data-line-lost]");
  const waiting = new Map();
  let newest = root.dataset.newest;

  function connect() {
    const address = new URL(root.dataset.stream, location.href);
    if (newest) address.searchParams.set("after", newest);
    const source = new EventSource(address);
    source.addEventListener("open", () => (lost.hidden = true));
    source.addEventListener("error", () => {
      lost.hidden = false;
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY);
    });
    source.addEventListener("post", arrive);
    source.addEventListener("edit", (event) => replace(fragment(event.data)));
    source.addEventListener("gone", (event) => vanish(event.data));
    source.addEventListener("counts", (event) => recount(JSON.parse(event.data)));
    source.addEventListener("unread", (event) => unread(Number(event.data)));
    addEventListener("pagehide", () => source.close(), { once: true });
  }

  function arrive(event) {
    newest = event.lastEventId || newest;
    const post = fragment(event.data);
    if (document.getElementById(post.id)) return;
    waiting.set(post.id, post);
    announce();
  }

  function announce() {
    const words = waiting.size === 1 ? bar.dataset.one : bar.dataset.many.replace("{n}", waiting.size);
    bar.querySelector("span").textContent = words;
    bar.hidden = waiting.size === 0;
  }

  function show() {
    for (const post of waiting.values()) {
      feed.prepend(post);
      window.htmx?.process(post);
      tellTimes(post);
    }
    waiting.clear();
    announce();
    document.querySelector(".empty")?.remove();
    scrollTo({ top: 0 });
    feed.querySelector("article")?.focus({ preventScroll: true });
  }

  function vanish(id) {
    for (const [key, post] of waiting) if (post.dataset.status === id) waiting.delete(key);
    document.querySelectorAll(`[data-status="${CSS.escape(id)}"]`).forEach((post) => post.remove());
    announce();
  }

  bar.addEventListener("click", show);
  connect();
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.querySelector("article");
}

function replace(post) {
  const body = post.querySelector(".post-body");
  document.querySelectorAll(`[data-status="${CSS.escape(post.dataset.status)}"] .post-body`).forEach((old) => {
    old.replaceWith(body.cloneNode(true));
  });
}

function recount({ id, ...counts }) {
  for (const [kind, value] of Object.entries(counts)) {
    document.querySelectorAll(`[data-count="${CSS.escape(`${id}-${kind}`)}"]`).forEach((number) => (number.textContent = value));
  }
}

function unread(count) {
  for (const badge of document.querySelectorAll("[data-unread-count]")) {
    badge.textContent = count;
    badge.hidden = count === 0;
  }
}

document.querySelectorAll("[data-stream]").forEach(follow);
