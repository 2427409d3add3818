// A double click sends once.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented) return;
  setTimeout(() => (button.disabled = true));
  addEventListener("pageshow", () => (button.disabled = false), { once: true });
});
