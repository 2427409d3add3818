// Signs as the server counts them: grapheme clusters; an address counts 23, a far mention only its local part.
const ADDRESS = /https?:\/\/[^\s<>"]+/giu;
const FAR_MENTION = /(^|[^\p{L}\p{N}_/])@([a-z0-9_]+(?:[.-][a-z0-9_]+)*)@[\p{L}\p{N}.-]+\p{L}/giu;
const ADDRESS_SIGNS = "x".repeat(23);
const clusters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export function countSigns(text) {
  const counted = text.replace(/\r\n?/g, "\n").trim().replace(ADDRESS, ADDRESS_SIGNS).replace(FAR_MENTION, "$1@$2");
  let signs = 0;
  for (const _ of clusters.segment(counted)) signs += 1;
  return signs;
}
