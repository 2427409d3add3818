// A double click sends once. What was sent did not arrive when a door answers: its draft stays (drafts.js).
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented) return;
  setTimeout(() => (button.disabled = true));
  addEventListener("pageshow", () => (button.disabled = false), { once: true });
});

if (document.querySelector("main.door")) sessionStorage.removeItem("draft-sent");
