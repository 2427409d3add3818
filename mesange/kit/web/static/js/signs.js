// Signs as the server counts them: grapheme clusters; an address counts 23, a far mention only its local part.
// The server has the last word: in the rarest texts the two differ by a few signs.
const HOST = String.raw`(?:[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}_\-]*[\p{L}\p{M}\p{N}])?\.)+\p{L}{2,}(?::\d+)?`;
const PATH = String.raw`(?:/(?:[^\s<>()?"]|\([^\s()]*\))*)?`;
const ADDRESS = new RegExp(String.raw`(?<![0-9A-Za-z@＠$#＃])https?://(?:t\.co/[0-9a-z]+|${HOST}${PATH}(?:\?[^\s<>"{}\\]*)?)`, "giu");
const FAR_MENTION = /(?<![\p{L}\p{N}_=/!#$%&*@＠])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*/giu;
const TAIL = /[!?*'「」();:=+,.$%[\]~&|@^]+$/u;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/gu;
const ADDRESS_SIGNS = "x".repeat(23);
const clusters = Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: "grapheme" });

export function countSigns(text) {
  const counted = text
    .replace(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replace(CONTROLS, "")
    .trimEnd()
    .replace(ADDRESS, (address) => ADDRESS_SIGNS + (/\)$/.test(address) ? "" : (TAIL.exec(address)?.[0] ?? "")))
    .replace(FAR_MENTION, "@$1");
  return [...(clusters?.segment(counted) ?? counted)].length;
}
