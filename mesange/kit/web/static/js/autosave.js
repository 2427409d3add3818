// What is being written is kept on the server as a draft, a few seconds after the last key.
const PAUSE = 4_000;

function keep(form) {
  const told = form.querySelector("[data-kept]");
  let waiting;
  let isSaving = false;

  function fieldsOf() {
    const fields = new FormData(form);
    for (const name of [...fields.keys()]) if (name.startsWith("files")) fields.delete(name);
    fields.set("do", "autosave");
    return new URLSearchParams(fields);
  }

  async function save() {
    const isEmpty = [...form.querySelectorAll("textarea")].every((text) => !text.value.trim());
    if (isEmpty || isSaving) return;
    isSaving = true;
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { "HX-Request": "true" }, body: fieldsOf() });
      if (answer.ok) note(await answer.text());
    } catch {
      // Away for a moment: the browser still holds the words, and the next key tries again.
    }
    isSaving = false;
  }

  function note(id) {
    let field = form.querySelector("[name=draft_id]");
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name: "draft_id" });
      form.append(field);
    }
    field.value = id;
    if (told) told.hidden = false;
  }

  form.addEventListener("input", () => {
    if (told) told.hidden = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}

document.querySelectorAll("form[data-autosave]").forEach(keep);
