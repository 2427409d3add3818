// What was typed survives a lost session or a closed tab, on this device only.
const AGE = 3 * 24 * 3600 * 1000;

function keep(form) {
  const key = `draft-${form.dataset.draft}`;
  const text = form.querySelector("textarea");
  const started = text.value;
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  if (kept && !started && Date.now() - kept.at < AGE) {
    text.value = kept.text;
    form.dispatchEvent(new Event("restored"));
  }
  form.addEventListener("input", () => {
    if (text.value && text.value !== started) localStorage.setItem(key, JSON.stringify({ text: text.value, at: Date.now() }));
    else localStorage.removeItem(key);
  });
  form.addEventListener("submit", () => sessionStorage.setItem("draft-sent", key));
}

// The draft is forgotten once the page that follows its sending is not the form again.
const sent = sessionStorage.getItem("draft-sent");
if (sent) {
  const isHere = [...document.querySelectorAll("form[data-draft]")].some((form) => `draft-${form.dataset.draft}` === sent);
  const hasFailed = document.querySelector(".composer [aria-invalid=true]") || document.querySelector("main.door");
  if (!hasFailed) localStorage.removeItem(sent);
  if (!hasFailed || isHere) sessionStorage.removeItem("draft-sent");
}

document.querySelectorAll("form[data-draft]").forEach(keep);
