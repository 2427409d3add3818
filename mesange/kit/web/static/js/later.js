// Hours are read by the clocks of this device's place until the person chooses another; the button says what it does.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const later of document.querySelectorAll("[data-later]")) {
  const told = later.querySelector("[data-zone]");
  if (told && zone) {
    told.value = zone;
    later.querySelector("[data-zone-name]").textContent = zone;
  }
  const submit = later.closest("form").querySelector("button.button-main");
  const words = submit.textContent;
  const date = later.querySelector("[name=scheduled_date]");
  const say = () => (submit.textContent = date.value ? later.dataset.words : words);
  date.addEventListener("input", say);
  say();
}
