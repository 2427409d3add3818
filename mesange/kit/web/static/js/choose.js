// One box ticks all boxes of its form. Without scripts it stays hidden: the others are enough.
for (const all of document.querySelectorAll("input[data-choose]")) {
  const boxes = () => [...all.form.querySelectorAll(`input[name="${all.dataset.choose}"]`)];
  const agree = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.closest("[hidden]").hidden = false;
  all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
  all.form.addEventListener("change", (event) => event.target !== all && agree());
  addEventListener("pageshow", agree);
}
