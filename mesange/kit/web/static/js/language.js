// Guesses the language of a post while it is typed, from its letters and its smallest words, here and without the network.
// What one chooses by hand stands, and is the first guess for this account from then on.
const LETTERS = {
  ja: /[\u3040-\u30ff]/, ko: /[\uac00-\ud7af]/, zh: /[\u4e00-\u9fff]/, uk: /[іїєґ]/i, ru: /[\u0400-\u04ff]/,
  ar: /[\u0600-\u06ff]/, he: /[\u0590-\u05ff]/, el: /[\u0370-\u03ff]/, hi: /[\u0900-\u097f]/, th: /[\u0e00-\u0e7f]/,
};
const WORDS = {
  fr: "le la les un une des du de et est en que qui dans pour pas sur au aux avec ce cette je tu il elle nous vous on ne se sont mais ou où plus très c’est c'est j’ai j'ai à été",
  en: "the a an of and is are in to that it for on with this was not be have you we they he she but at from by or my your its it's will there",
  de: "der die das und ist ein eine nicht ich wir sie es zu den dem mit auf für von im auch sich als wie aber oder wird sind noch",
  es: "el la los las un una de y es en que no se por con para del al lo su como más pero está muy son ya me mi hay",
  it: "il lo la gli le un una di e è che in non per con del della sono si da al più ma come questo anche ho ci nel",
  pt: "o a os as um uma de e é que em não para com do da no na se por mais como mas foi são está muito ao você",
  nl: "de het een en van is dat in op te niet met voor zijn er aan ook maar als bij naar om dit ik je we wat nog",
};
const LEAST = 3;
const known = Object.fromEntries(Object.entries(WORDS).map(([code, words]) => [code, new Set(words.split(" "))]));

function guess(text) {
  const said = text.replace(/https?:\S+|[@#]\S+/g, " ").toLowerCase();
  for (const [code, letters] of Object.entries(LETTERS)) if (letters.test(said)) return code;
  const words = said.match(/[\p{L}'’]+/gu) ?? [];
  if (words.length < LEAST) return "";
  const found = Object.keys(known).map((code) => [words.filter((word) => known[code].has(word)).length, code]);
  const [[best, code], [second]] = found.sort(([one], [other]) => other - one);
  return best > second ? code : "";
}

for (const choice of document.querySelectorAll("[data-language]")) {
  const form = choice.closest("form");
  const kept = `language-${form.dataset.draft.split("-")[0]}`;
  let isChosen = choice.value !== "";
  if (!isChosen) choice.value = localStorage.getItem(kept) ?? "";
  choice.addEventListener("change", () => {
    isChosen = true;
    localStorage.setItem(kept, choice.value);
  });
  form.addEventListener("input", ({ target }) => {
    if (isChosen || target.tagName !== "TEXTAREA") return;
    const texts = [...form.querySelectorAll("textarea")].map((text) => text.value);
    choice.value = guess(texts.join(" ")) || (localStorage.getItem(kept) ?? "");
  });
}
