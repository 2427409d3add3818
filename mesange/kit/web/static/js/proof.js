// Solves the riddle of a form (kit/stamps.py) while it is filled in, then sends it. No third party learns of it.
import { leadingZeros, sha256 } from "./sha256.js";

const SLICE = 12; // milliseconds of work, so that typing stays smooth

async function solve(stamp, bits, begin = 0) {
  for (let number = begin; ; ) {
    const end = performance.now() + SLICE;
    while (performance.now() < end) {
      for (let turn = 0; turn < 200; turn++, number++) {
        if (leadingZeros(sha256(`${stamp}:${number}`)) >= bits) return String(number);
      }
    }
    await new Promise((resume) => setTimeout(resume));
  }
}

function prove(form) {
  const { stamp, proof } = form.elements;
  const told = form.querySelector("[data-proof]");
  let isWanted = false;
  const solved = solve(stamp.value, Number(form.dataset.effort)).then((number) => {
    proof.value = number;
    told.textContent = told.dataset.done;
    if (isWanted) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    if (proof.value) return;
    event.preventDefault();
    isWanted = true;
    told.textContent = told.dataset.working;
  });
  return solved;
}

document.querySelectorAll("form[data-effort]").forEach(prove);
