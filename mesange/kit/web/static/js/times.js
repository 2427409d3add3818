// "5 min" grows older while the page is open; the exact moment is said in the reader's own time zone.
const language = document.documentElement.lang;
const day = language === "fr" ? "j" : "d";
const exact = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
const STEPS = [[86400, day], [3600, "h"], [60, "min"]];

function since(seconds) {
  const step = STEPS.find(([size]) => seconds >= size);
  return step && `${Math.floor(seconds / step[0])}\u00a0${step[1]}`;
}

export function tellTimes(root = document) {
  for (const time of root.querySelectorAll("time")) {
    const moment = new Date(time.dateTime);
    time.title = exact.format(moment);
    if ("told" in time.dataset) continue; // By the clocks that the page names.
    if (!("since" in time.dataset)) {
      time.textContent = time.title;
      continue;
    }
    const seconds = (Date.now() - moment) / 1000;
    if (seconds >= 60 && seconds < 7 * 86400) time.textContent = since(seconds);
  }
}

tellTimes();
setInterval(tellTimes, 30_000);
