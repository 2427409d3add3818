// The perch: the bird hops along the line as signs are typed; yellow at 20 left, red past the limit. One for each part.
import { countSigns } from "./signs.js";

const TOLD_AT = [20, 10, 0];

function watch(form) {
  const submit = form.querySelector("button.button-main");
  const parts = [...form.querySelectorAll("[data-part]")].map((part) => perchOf(part, Number(form.dataset.maxSigns)));

  function hop() {
    const left = parts.map((part) => part());
    submit.disabled = left.some((signs) => signs < 0);
  }

  form.addEventListener("input", hop);
  form.addEventListener("restored", hop);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !submit.disabled) form.requestSubmit(submit);
  });
  hop();
}

// Returns what shows and gives the signs that are left in one part.
function perchOf(part, most) {
  const text = part.querySelector("textarea");
  const warning = part.querySelector("[name^=spoiler_text]");
  const perch = part.querySelector(".perch");
  const bird = perch.querySelector(".perch-bird");
  const shown = part.querySelector("[data-signs]");
  const told = part.querySelector("[data-signs-told]");
  let before = most;

  function announce(left) {
    const passed = TOLD_AT.some((mark) => left <= mark && before > mark);
    if (left < 0 && before >= 0) told.textContent = told.dataset.wordsOver.replace("{n}", -left);
    else if (passed) told.textContent = told.dataset.words.replace("{n}", left);
    else if (left > 20) told.textContent = "";
  }

  return function hop() {
    const left = most - countSigns(text.value) - countSigns(warning?.value ?? "");
    const state = left < 0 ? "none" : left <= 20 ? "few" : "many";
    perch.style.setProperty("--place", Math.min(1, Math.max(0, (most - left) / most)));
    perch.dataset.left = shown.dataset.left = state;
    shown.firstChild.data = left;
    if (left !== before) {
      bird.classList.remove("hop");
      requestAnimationFrame(() => bird.classList.add("hop"));
      announce(left);
    }
    before = left;
    return left;
  };
}

document.querySelectorAll("form[data-max-signs]").forEach(watch);
