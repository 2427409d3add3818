// A publication that several write: who else is at it, and that it changed; nobody's words are touched by this page.
import { follow } from "./live.js";

const SAY_EVERY = 5_000;
const page = document.querySelector("[data-publication]");

async function lookWho() {
  const answer = await fetch(`${page.dataset.publication}/writers`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok) page.querySelector("[data-writers]").innerHTML = await answer.text();
}

function say(left = "") {
  const csrf = document.querySelector("#acts [name=csrf]").value;
  const body = new URLSearchParams({ csrf, left });
  return fetch(`${page.dataset.publication}/writing`, { method: "POST", headers: { "HX-Request": "true" }, body, keepalive: true }).catch(() => null);
}

function tellOthers(form) {
  let told = 0;
  form.addEventListener("input", () => {
    if (Date.now() - told < SAY_EVERY) return;
    told = Date.now();
    say();
  });
  addEventListener("pagehide", () => told && say("1"));
}

if (page) {
  const form = page.querySelector("[data-writing]");
  if (form) tellOthers(form);
  const changed = () => (page.querySelector("[data-publication-changed]").hidden = false);
  const address = () => new URL(`${page.dataset.publication}/live?after=${page.dataset.revision}`, location.href);
  follow(address, () => [], page.querySelector("[data-line-lost]"), { publication: changed, writers: lookWho });
  setInterval(() => page.querySelector(".presence") && lookWho(), 2 * SAY_EVERY);
}
