// A calendar: arrows lead from day to day, Alt and arrows carry what stands there, the mouse drags it; what colleagues
// change shows itself. The page names the zone: a day here is a day of its clocks.
import { follow } from "./live.js";
import { tellTimes } from "./times.js";

const PAUSE = 1_000;
const calendar = document.querySelector("[data-calendar-at]");
const said = document.querySelector("[data-calendar-said]");
let isDragging = false;
let isStale = false;
let waiting = 0;
let renewed = 0;

// At once after a quiet while; at most once a second when much happens, and not by all pages in the same moment.
function renewSoon() {
  if (waiting) return;
  const pause = Math.max(PAUSE - (Date.now() - renewed), PAUSE * 0.2 * Math.random());
  waiting = setTimeout(() => {
    waiting = 0;
    renew();
  }, pause);
}

async function renew() {
  isStale = isDragging;
  if (isDragging) return;
  renewed = Date.now();
  const answer = await fetch(location.href, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const place = placeOf(document.activeElement);
  const chosen = [...calendar.querySelectorAll("[name=chosen]:checked")].map((box) => box.value);
  calendar.innerHTML = await answer.text();
  for (const box of calendar.querySelectorAll("[name=chosen]")) box.checked = chosen.includes(box.value);
  tellTimes(calendar);
  if (place) goTo(place.id ? document.getElementById(place.id) : cellAt(place.day, place.hour));
}

// Where the keyboard is, in words that are true of the next version too.
function placeOf(focused) {
  if (!calendar.contains(focused)) return;
  const { day, hour } = focused.closest("[data-day]")?.dataset ?? {};
  return focused.id ? { id: focused.id } : day && { day, hour };
}

const cellAt = (day, hour) =>
  calendar.querySelector(`[data-day="${CSS.escape(day)}"]${hour ? `[data-hour="${CSS.escape(hour)}"]` : ""}`);

function goTo(place) {
  if (!place) return;
  const target = place.matches("a") ? place : (place.querySelector(".calendar-number, .calendar-entry a, h3 a") ?? place);
  if (target === place && !place.matches("a")) place.tabIndex = -1;
  target.focus();
}

function neighbour(cell, key) {
  const isTurned = getComputedStyle(cell).direction === "rtl";
  const [down, along] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
  const row = cell.closest("tr");
  if (!row) {
    const days = [...calendar.querySelectorAll(".calendar-day")];
    return days[days.indexOf(cell) + down + along];
  }
  const cells = [...row.querySelectorAll("td")];
  const rows = [...row.parentNode.rows];
  const place = cells.indexOf(cell) + (isTurned ? -along : along);
  // A month goes on in the next line; hours end with their day.
  const all = row.closest(".calendar-month") && along ? rows.flatMap((each) => [...each.querySelectorAll("td")]) : cells;
  if (along) return all[all.indexOf(cell) + (isTurned ? -along : along)];
  return rows[rows.indexOf(row) + down]?.querySelectorAll("td")[place];
}

function pressKey(event) {
  const cell = event.target.closest("[data-day]");
  if (!cell || event.target.matches("input") || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" && event.target === cell && cell.dataset.new) location.assign(cell.dataset.new);
  if (!event.key.startsWith("Arrow")) return;
  const next = neighbour(cell, event.key);
  const entry = event.target.closest("[data-move]");
  if (event.altKey && !entry) return;
  event.preventDefault();
  if (!next) return;
  if (event.altKey) move(entry, next);
  else goTo(next);
}

async function move(entry, cell) {
  const { day, hour = "", label } = cell.dataset;
  const body = new URLSearchParams({ csrf: document.querySelector("#acts [name=csrf]").value, day, hour });
  const headers = { "HX-Request": "true" };
  const answer = await fetch(entry.dataset.move, { method: "POST", headers, body }).catch(() => null);
  tell((await answer?.text()) || calendar.dataset.failed, Boolean(answer?.ok), label);
  await renew();
}

function tell(words, isDone, label) {
  said.textContent = isDone ? `${words} ${label}` : words;
  if (isDone) return;
  const toast = Object.assign(document.createElement("p"), { className: "toast", textContent: words });
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), 8_000);
}

function drag() {
  let dragged;
  const over = (cell) => {
    calendar.querySelector(".calendar-over")?.classList.remove("calendar-over");
    cell?.classList.add("calendar-over");
  };
  calendar.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-move]");
    if (!dragged) return;
    isDragging = true;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector(".calendar-words").textContent);
    dragged.classList.add("calendar-dragged");
  });
  calendar.addEventListener("dragover", (event) => {
    const cell = dragged && event.target.closest("[data-day]");
    if (!cell) return;
    event.preventDefault();
    over(cell);
  });
  calendar.addEventListener("drop", (event) => {
    const cell = dragged && event.target.closest("[data-day]");
    if (!cell) return;
    event.preventDefault();
    isDragging = false;
    if (cell !== dragged.closest("[data-day]")) move(dragged, cell);
  });
  calendar.addEventListener("dragend", () => {
    isDragging = false;
    over();
    dragged?.classList.remove("calendar-dragged");
    dragged = undefined;
    if (isStale) renew();
  });
}

if (calendar) {
  calendar.addEventListener("keydown", pressKey);
  drag();
  // The server's own time of what is shown: what changed since is told as soon as the line is open.
  const since = () => calendar.querySelector("[data-since]").dataset.since;
  const address = () => new URL(`${calendar.dataset.calendarAt}&after=${since()}`, location.href);
  follow(address, () => [], document.querySelector("[data-line-lost]"), { publication: renewSoon });
}
