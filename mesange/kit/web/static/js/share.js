// Share with what the device offers; where it offers nothing, or fails, the menu opens.
document.addEventListener("click", (event) => {
  const summary = event.target.closest("summary[data-share]");
  if (!summary || !navigator.share || summary.parentElement.open) return;
  event.preventDefault();
  navigator.share({ title: document.title, url: summary.dataset.share }).catch(({ name }) => {
    if (name !== "AbortError") summary.parentElement.open = true;
  });
});
