// What was typed survives a lost session or a closed tab, on this device only, in every form that names its draft.
const AGE = 3 * 24 * 3600 * 1000;
const KINDS = "textarea, input:is([type=text], [type=date], [type=time], :not([type]))";

function keep(form) {
  const key = `draft-${form.dataset.draft}`;
  const fields = [...form.querySelectorAll(KINDS)].filter((field) => field.name && !field.readOnly);
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  if (kept?.typed && Date.now() - kept.at < AGE) {
    for (const field of fields) restore(field, kept.typed[field.name]);
    form.dispatchEvent(new Event("restored"));
  }
  form.addEventListener("input", () => {
    const changed = fields.filter((field) => field.value !== field.defaultValue);
    const typed = Object.fromEntries(changed.map((field) => [field.name, [field.defaultValue, field.value]]));
    if (changed.length) localStorage.setItem(key, JSON.stringify({ typed, at: Date.now() }));
    else localStorage.removeItem(key);
  });
  form.addEventListener("submit", () => sessionStorage.setItem("draft-sent", key));
}

// Only over what stood there when it was typed, so that a change made elsewhere since is not undone.
function restore(field, [before, value] = []) {
  if (value === undefined || (field.value && field.value !== before)) return;
  field.value = value;
  field.closest("details")?.setAttribute("open", "");
}

// The draft is forgotten once the page that follows its sending is not the form again, with what is wrong in it.
const sent = sessionStorage.getItem("draft-sent");
sessionStorage.removeItem("draft-sent");
if (sent && !document.querySelector("form[data-draft] [aria-invalid=true]")) localStorage.removeItem(sent);

document.querySelectorAll("form[data-draft]").forEach(keep);
