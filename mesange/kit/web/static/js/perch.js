// The perch: the bird hops along the line as signs are typed; yellow at 20 left, red past the limit.
import { countSigns } from "./signs.js";

const TOLD_AT = [20, 10, 0];

function watch(form) {
  const most = Number(form.dataset.maxSigns);
  const text = form.querySelector("textarea");
  const warning = form.querySelector("[name=spoiler_text]");
  const perch = form.querySelector(".perch");
  const bird = perch.querySelector(".perch-bird");
  const shown = form.querySelector("[data-signs]");
  const told = form.querySelector("[data-signs-told]");
  const submit = form.querySelector("button.button-main");
  let before = most;

  function hop() {
    const left = most - countSigns(text.value) - countSigns(warning?.value ?? "");
    const state = left < 0 ? "none" : left <= 20 ? "few" : "many";
    perch.style.setProperty("--place", Math.min(1, Math.max(0, (most - left) / most)));
    perch.dataset.left = shown.dataset.left = state;
    shown.firstChild.data = left;
    submit.disabled = left < 0;
    if (left !== before) {
      bird.classList.remove("hop");
      requestAnimationFrame(() => bird.classList.add("hop"));
      announce(left);
    }
    before = left;
  }

  function announce(left) {
    const passed = TOLD_AT.some((mark) => left <= mark && before > mark);
    if (left < 0 && before >= 0) told.textContent = told.dataset.wordsOver.replace("{n}", -left);
    else if (passed) told.textContent = told.dataset.words.replace("{n}", left);
    else if (left > 20) told.textContent = "";
  }

  form.addEventListener("input", hop);
  form.addEventListener("restored", hop);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !submit.disabled) form.requestSubmit(submit);
  });
  hop();
}

document.querySelectorAll("form[data-max-signs]").forEach(watch);
