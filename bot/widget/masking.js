// Personal numbers never leave the browser: bot/channels/personal_data.py, id_check.py and masking.py again, rule by rule.
// Names, digits of other scripts and words in traditional characters stay the server's. One table of cases
// (tests/channels/masking_cases.yml) and made-up texts by the thousand hold the two together.

const PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91";
const DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])";
const PLACE = new RegExp(`^${PROVINCE}|9)`);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const BIRTH_18 = new RegExp(`^${PROVINCE}|9\\d)\\d{4}(?:19|20)\\d\\d${DAY}`);
const BIRTH_15 = new RegExp(`^${PROVINCE})\\d{6}${DAY}\\d{3}$`);
const DATE_PART = new RegExp(`^(?:19|20)\\d\\d(?:${DAY})?$`);
const HOTLINE = /^(?:1[0-2]\d{3}|9[56]\d{3}|11\d|12\d)$/;
const LAST_DIGITS = /[后末尾前]|last|first|end/i;

const S = "[ \\-‐–—_.·・]";
const ANY = "[ \\-‐–—_.·・,/、|]";
const X = "[XxХх×]";
const GAP = "((?:号码|号|最后|[后末尾前]|[四六八468] ?位|位|数字|数|几|的|是|系|为|写|填|输|成|错|了|尾号"
  + "|\\b(?:no|number|card|is|was|are|ends?|ending|in|with|the|last|first|four|six|digits?|of|my|[468])\\b|[:=#,. ])*)";
const NOT_A_COUNT = "(?![\\d年月日元岁个天块张次])";

const re = (source, flags = "") => new RegExp(source, "g" + flags);
const always = (kind) => () => kind;

// Pattern, what kind a match is (none: it stays), and whether it is a part (word, gap, number) or a whole number.
const RULES = [
  [/[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+/g, always("email")],
  [re(`\\d{3,10}\\*{3,12}\\d{0,6}${X}?`), ([all]) => (all[0] === "1" && all.length <= 12 ? "mobile" : "id_number")],
  [re(`\\d{15,}${X}?|\\d{14}${X}|\\d{14}(?!\\d)`), ([all]) => kindOfDigits(digitsOf(all)), "whole"],
  [re(`\\d(?:${ANY}{0,3}\\d){13,24}(?:${ANY}?${X})?(?!\\d)`), ([all]) => separated(all), "whole"],
  [re(`(?<!\\d)(?:\\(?(?:\\+|00)?86\\)?${S}{0,2})?(1${S}?\\d(?:${S}?\\d){9})(?!${S}?\\d)`), ([, number]) => mobile(number)],
  [re(`(?<![\\d.])(?:\\+\\d{1,3}${S}?(?:\\d${S}?){7,12}`
    + `|\\(?0\\d{2,3}\\)?${S}?[1-9]\\d{2,3}${S}?\\d{4}(?:(?:${S}|转)\\d{1,6})?)(?!\\d)`), always("landline")],
  [re("(?<![A-Za-z0-9])(?:[A-Za-z]{1,3}\\d{7,12}|[HMCEGTPDShmcegtpds][A-Za-z]? \\d{7,10}"
    + "|[A-Za-z]{1,2}\\d{6} ?\\([0-9Aa]\\)|[A-Z]{3} ?\\d{4} \\d{4} \\d{4}|[157]\\d{6} ?\\(\\d\\)|[157]/\\d{6}/\\d)(?![A-Za-z0-9])"), always("permit_number")],
  [/[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{7,}/g, ([all]) => spoken(all)],
  [re("(身[份分]证|社会?保障?号码?|公民身份号码|\\bID(?: (?:card|number|no))?\\b|identity (?:card|number))"
    + `${GAP}(\\d(?:${S}?\\d){3,13}${X}?|\\d{3}${X})${NOT_A_COUNT}`, "i"), part("id_number"), "part"],
  [re("(银行卡|卡号|账号|账户|尾号|(?:card|account) (?:number|no))"
    + `${GAP}([A-Za-z]?\\d(?:${S}?\\d){3,13})${NOT_A_COUNT}`, "i"), part("card_number"), "part"],
  [re(`(护照|通行证|居住证|台胞证|回乡证|居留证|永居证|passport|permit)${GAP}([A-Z]{0,3} ?\\d(?:${S}?\\d){6,13})(?!\\d)`, "i"),
    part("permit_number"), "part"],
  [re(`(手机|电话|座机|联系方式|\\b(?:phone|mobile|tel)\\b)${GAP}(?![48]00)(\\d(?:${S}?\\d){6,11})(?!\\d)`, "i"),
    part("mobile"), "part"],
];

/** The text with `[kind]` in place of what is personal, in the words of `names`; the kinds found; and of each whole
    identity number whether it could be one. A text without any comes back as it was typed. */
export function mask(text, names) {
  const kinds = [];
  const verdicts = [];
  let masked = normalise(text);
  for (const [pattern, kindOf, form] of RULES) {
    masked = masked.replace(pattern, (...match) => {
      const kind = kindOf(match);
      if (!kind) return match[0];
      kinds.push(kind);
      if (kind === "id_number" && form === "whole") verdicts.push(judge(digitsOf(match[0])));
      return (form === "part" ? match[1] + match[2] : "") + `[${names[kind]}]`;
    });
  }
  return { text: kinds.length ? masked : text, kinds: [...new Set(kinds)], verdicts };
}

/** Half width, nothing invisible, single spaces. */
function normalise(text) {
  return text.replace(/[\p{Cf}\p{Co}\p{Cs}\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u180b-\u180f\u2800\u20e3\ufe00-\ufe0f]/gu, "")
    .normalize("NFKC")
    .replace(/\s+/g, " ").replace(/[\x00-\x1f\x7f-\x9f]/g, "").trim();
}

function digitsOf(text) {
  return text.replace(/\D/g, "") + (/\d$/.test(text) ? "" : "X");
}

function kindOfDigits(number) {
  const { length } = number;
  if (/^00861\d{10}$/.test(number)) return "mobile";
  if (BIRTH_18.test(number) || (!number.startsWith("62") && (number.endsWith("X") || length === 15 || length === 18))) return "id_number";
  if (length === 14) return null;
  return length <= 19 ? "bank_card" : "card_number";
}

function separated(text) {
  const groups = text.match(/\d+/g);
  const number = digitsOf(text);
  const listed = /[,/、|]/.test(text);
  if (BIRTH_18.test(number) && (!listed || (number.length >= 17 && number.length <= 19))) return "id_number";
  if (listed || number.length < 15 || number.length > 19) return null;
  if (BIRTH_15.test(number) || groupedLikeOne(groups.map((group) => group.length))) return kindOfDigits(number);
  if (groups.slice(0, -1).some((group) => group.length < 3) && !number.startsWith("62")) return null;
  if (groups.every((group) => DATE_PART.test(group) || HOTLINE.test(group) || group.endsWith("00"))) return null;
  return kindOfDigits(number);
}

function groupedLikeOne(sizes) {
  const last = sizes.at(-1);
  const first = sizes.slice(0, -1);
  return (["6,8", "6,4,2,2", "6,4,4"].includes(String(first)) && last >= 3 && last <= 5) || (first.length > 0 && first.every((size) => size === 1));
}

function mobile(number) {
  const sizes = number.match(/\d+/g).map((group) => group.length);
  const least = Math.min(...sizes);
  const spelled = sizes.every((size) => size === 1) && number[2] > "2";
  return least >= 3 || spelled || (sizes[0] === 3 && least === 2) ? "mobile" : null;
}

function spoken(text) {
  if (text.length >= 15) return [15, 17, 18].includes(text.length) ? "id_number" : "bank_card";
  return text.length === 11 && "一幺壹".includes(text[0]) ? "mobile" : "card_number";
}

/** A number after a word that says what it is; a year or a date is one only when the words say "the last digits". */
function part(kind) {
  return ([, , gap, written]) => {
    const number = written.replace(/\D/g, "");
    const date = /\d$/.test(written) && (DATE_PART.test(number) || HOTLINE.test(number));
    return date && !LAST_DIGITS.test(gap) ? null : kind;
  };
}

/** The first thing wrong with an identity number of digits and perhaps a final X, or that it is plausible. */
function judge(number) {
  if (number.length !== 15 && number.length !== 18) return "length";
  if (!PLACE.test(number)) return "place";
  const born = number.length === 18 ? number.slice(6, 14) : "19" + number.slice(6, 12);
  const date = new Date(born.replace(/(....)(..)(..)/, "$1-$2-$3"));
  if (born.startsWith("0000") || date.getUTCDate() !== Number(born.slice(6))) return "birth_date";
  if (number.length === 15) return "old_form";
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * number[place], 0);
  return number[17] === "10X98765432"[sum % 11] ? "plausible" : "check_digit";
}
