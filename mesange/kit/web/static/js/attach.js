// Files are sent as soon as they are chosen, pasted or dropped, and described while they travel.
const MOST = 4;

function watch(box) {
  const part = box.closest("[data-part]");
  const form = box.closest("form");
  const list = box.querySelector("[data-attached-list]");
  const told = box.querySelector("[data-attach-told]");
  const input = part.querySelector("input[type=file]");

  function tell(text) {
    told.textContent = text;
    told.hidden = !text;
  }

  async function send(file) {
    const waiting = document.createElement("li");
    waiting.className = "attached attached-waiting";
    waiting.textContent = file.name;
    waiting.setAttribute("aria-busy", "true");
    list.append(waiting);
    const body = new FormData();
    body.set("csrf", form.elements.csrf.value);
    body.set("suffix", box.dataset.attach);
    body.set("files", file);
    try {
      const answer = await fetch("/compose/files", { method: "POST", body, headers: { "HX-Request": "true" } });
      const text = await answer.text();
      if (answer.ok) {
        waiting.insertAdjacentHTML("beforebegin", text);
        waiting.previousElementSibling.querySelector("[data-alt]").focus({ preventScroll: true });
      } else tell(answer.status === 422 ? text : told.dataset.wordsFailed);
    } catch {
      tell(told.dataset.wordsFailed);
    }
    waiting.remove();
  }

  async function take(files) {
    tell("");
    const free = MOST - list.children.length;
    if (files.length > free) tell(told.dataset.wordsMany);
    for (const file of [...files].slice(0, Math.max(0, free))) await send(file);
  }

  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    await take(files);
  });
  part.addEventListener("paste", ({ clipboardData }) => clipboardData.files.length && take(clipboardData.files));
  part.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  part.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-attached]");
    if (event.target.closest("[data-take]")) {
      event.preventDefault();
      row.remove();
      input.focus();
    } else if (row && event.target.matches("img")) aim(row, event, told.dataset.wordsChosen);
  });
  form.addEventListener("submit", (event) => {
    const isPosting = !event.submitter?.name;
    const empty = [...list.querySelectorAll("[data-alt]")].find((field) => !field.value.trim());
    if (!isPosting || !empty || told.dataset.reminded) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    told.dataset.reminded = "true";
    tell(told.dataset.wordsMissing);
    empty.focus();
  }, { capture: true });
}

// A press on the picture says what must stay in sight; the list of places does the same by keyboard.
function aim(row, event, words) {
  const box = event.target.getBoundingClientRect();
  const x = (((event.clientX - box.left) / box.width) * 2 - 1).toFixed(2);
  const y = (1 - ((event.clientY - box.top) / box.height) * 2).toFixed(2);
  const places = row.querySelector("[data-focus]");
  const chosen = places.querySelector("[data-chosen]") ?? places.appendChild(document.createElement("option"));
  chosen.dataset.chosen = "";
  chosen.textContent = words;
  chosen.value = `${x},${y}`;
  chosen.selected = true;
  places.dispatchEvent(new Event("change", { bubbles: true }));
}

// The point is drawn on the picture wherever it was set.
function mark(places) {
  const look = places.closest("[data-attached]").querySelector(".attached-look");
  const [x, y] = places.value.split(",").map(Number);
  look.dataset.aimed = "";
  look.style.setProperty("--x", (x + 1) / 2);
  look.style.setProperty("--y", (1 - y) / 2);
}

document.addEventListener("change", ({ target }) => target.matches?.("[data-focus]") && mark(target));
document.querySelectorAll("[data-attach]").forEach(watch);
