// A chosen picture is seen before it is sent.
for (const picture of document.querySelectorAll("[data-preview-of]")) {
  document.getElementById(picture.dataset.previewOf).addEventListener("change", ({ target }) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      picture.src = reader.result;
      picture.hidden = false;
    });
    if (target.files[0]) reader.readAsDataURL(target.files[0]);
  });
}

// What others will see of a profile, while one types. Pictures stay here until they are saved.
const PAUSE = 500;
const seen = document.querySelector("[data-seen]");
let waiting, asking;

seen?.closest("form").addEventListener("input", ({ currentTarget }) => {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE, currentTarget);
});

async function look(form) {
  asking?.abort();
  asking = new AbortController();
  const typed = new FormData(form);
  for (const picture of ["avatar", "header"]) typed.delete(picture);
  try {
    const answer = await fetch(seen.dataset.seen, { method: "POST", body: typed, headers: { "HX-Request": "true" }, signal: asking.signal });
    if (answer.ok) seen.innerHTML = await answer.text();
  } catch {
    // The next sign asks again, and "Look at it first" says what is wrong.
  }
}
