// A dialog closes by Escape, by a press beside it, and by what keeps everything as it is.
// "Are you sure?" stands on the page one is on. Without a script, or when it does not arrive, the link leads to its own page.
document.addEventListener("click", async (event) => {
  const { target } = event;
  if (isBeside(event) || target.closest?.("dialog [data-close]")) {
    event.preventDefault();
    target.closest("dialog").close();
  }
  const link = target.closest?.("a[data-ask]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.status);
    show(await answer.text(), link);
  } catch {
    location.assign(link.href);
  }
});

function isBeside({ target, clientX, clientY }) {
  if (!target.matches?.("dialog.dialog")) return false;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

function show(sheet, link) {
  document.body.insertAdjacentHTML("beforeend", sheet);
  const dialog = document.body.lastElementChild;
  dialog.addEventListener("close", () => {
    dialog.remove();
    (link.closest("details.menu")?.querySelector("summary") ?? link).focus();
  });
  dialog.showModal();
  // The way that loses nothing is the one that is ready.
  dialog.querySelector("[data-close]").focus();
}
