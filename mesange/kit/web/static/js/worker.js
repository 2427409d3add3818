// Stands between the pages of a browser and the network: without a network, a navigation is answered with the page that
// says so; and what is pushed while no page is open is told, and leads to the notifications. Nothing of a person is ever kept; a new version of the program replaces the worker at once.
const PAGE = "/offline";
const KEPT = `offline ${location.search}`;
const version = new URL(location).searchParams.get("version");
const PARTS = ["style.css", "js/online.js", "images/bird.svg"].map((name) => `/static/${version}/${name}`);

async function keep() {
  const kept = await caches.open(KEPT);
  await kept.addAll([PAGE, ...PARTS].map((address) => new Request(address, { cache: "no-cache" })));
  await skipWaiting();
}

async function begin() {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  // The page is asked for while this worker starts: it costs no time.
  await registration.navigationPreload?.enable();
  await clients.claim();
}

async function answer(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    const kept = await caches.open(KEPT);
    return (await kept.match(event.request.mode === "navigate" ? PAGE : event.request)) ?? Response.error();
  }
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("fetch", (event) => {
  const { mode, url } = event.request;
  if (mode === "navigate" || PARTS.includes(new URL(url).pathname)) event.respondWith(answer(event));
});

function tell(event) {
  const { title, body, icon, notification_id: tag } = event.data.json();
  event.waitUntil(registration.showNotification(title, { body, icon, tag: String(tag), badge: icon }));
}

async function lead() {
  const [open] = await clients.matchAll({ type: "window" });
  const page = await open?.navigate("/notifications").catch(() => null);
  return page ? page.focus() : clients.openWindow("/notifications");
}

addEventListener("push", tell);
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead());
});
