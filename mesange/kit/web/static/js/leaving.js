// What was sent leaves in a few seconds: they are counted, and the button to take it back goes when they are over.
for (const told of document.querySelectorAll("[data-leaves]")) {
  const words = told.querySelector("[role=status]");
  const end = performance.now() + told.dataset.leaves * 1000;
  const counting = setInterval(() => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left > 0) words.textContent = words.textContent.replace(/\d+/, left);
    else told.remove(clearInterval(counting));
  }, 250);
}
