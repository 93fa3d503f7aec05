const names = "january february march april may june july august september october november december".split(
  " ",
);
const chinese = "一 二 三 四 五 六 七 八 九 十 十一 十二".split(" ");

/** The month, 1 to 12, that a query word names: `march`, `mar`, `三月`, `3月`. */
function monthOf(word: string): number | undefined {
  const english = names.findIndex((name) => name === word || (word.length >= 3 && name.slice(0, 3) === word));
  if (english >= 0) return english + 1;
  const numeral = /^(.+)月(?:份)?$/u.exec(word)?.[1];
  if (numeral === undefined) return undefined;
  const month = chinese.indexOf(numeral) + 1 || Number(numeral);
  return month >= 1 && month <= 12 ? month : undefined;
}

/**
 * How a document may write the month that a query word names: 2026-03-14, 14.03.2026, 3月, 三月, Mar, March.
 * Undefined for a word that names none. Days and months written with slashes are ambiguous: both orders count.
 */
export function monthPattern(word: string): RegExp | undefined {
  const month = monthOf(word);
  if (month === undefined) return undefined;
  const digits = `0?${month}`;
  const name = names[month - 1] ?? "";
  const forms = [
    `(?<![\\d])\\d{4}[-/.年]\\s?${digits}(?!\\d)`,
    `(?<![\\d])\\d{1,2}[./-]${digits}[./-]\\d{2,4}`,
    `(?<![\\d])${digits}[/]\\d{1,2}[/]\\d{2,4}`,
    `(?<![\\d])${digits}\\s?月`,
    `(?<!十)${chinese[month - 1]}\\s?月`,
    `(?<!\\p{L})(?:${name}|${name.slice(0, 3)}\\.?)(?!\\p{L})`,
  ];
  return new RegExp(forms.join("|"), "iu");
}
