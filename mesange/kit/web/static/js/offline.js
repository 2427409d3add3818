// The worker that answers without a network: one for each version, language and colours.
const root = document.documentElement;
const version = new URL(import.meta.url).pathname.split("/")[2];
const words = new URLSearchParams({ version, language: root.lang, theme: root.dataset.theme ?? "" });

if (navigator.serviceWorker) addEventListener("load", () => navigator.serviceWorker.register(`/worker.js?${words}`).catch(() => {}));
