// Personal numbers never leave the browser: the plain cases of bot/channels/masking.py, which looks again and closer.

const GAP = "[ \\-‐–—_.·]?";
const KINDS = [
  ["email", /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ["id", /\d{6}\*{4,12}\d{0,4}[Xx]?/g],
  ["id", new RegExp(`(?<!\\d)[1-9]\\d{5}${GAP}(?:19|20)\\d{2}${GAP}\\d{2}${GAP}\\d{2}${GAP}\\d{3}${GAP}[\\dXx](?!\\d)`, "g")],
  ["id", /(?<!\d)(?:\d{15}|\d{18}|\d{14,17}[Xx])(?!\d)/g],
  ["bank", new RegExp(`(?<!\\d)(?:\\d{4}${GAP}){3,4}\\d{1,4}(?!\\d)`, "g")],
  ["bank", /(?<!\d)\d{16,}(?!\d)/g],
  ["mobile", new RegExp(`(?<!\\d)(?:\\+?86${GAP})?1[3-9]\\d${GAP}\\d{4}${GAP}\\d{4}(?!\\d)`, "g")],
  ["phone", /(?<!\d)\(?0\d{2,3}\)?-?[1-9]\d{6,7}(?!\d)/g],
  ["permit", /(?<![A-Za-z\d])[A-Z]{1,3}\d{7,10}(?!\d)/g],
];

/** The text with personal numbers replaced by `[kind]` in words, and whether there were any. */
export function mask(text, names) {
  const half = text.replace(/[０-９Ｘｘ－]/g, (character) => character.normalize("NFKC"));
  let masked = half;
  for (const [kind, pattern] of KINDS) masked = masked.replace(pattern, `[${names[kind]}]`);
  return masked === half ? { text, found: false } : { text: masked, found: true };
}
