/** Labels of the sum that is meant by "how much", most telling first. */
const labels: readonly RegExp[] = [
  /\b(?:grand\s+total|total\s+(?:amount\s+)?due|amount\s+due|balance\s+due|total\s+to\s+pay|total\s+payable|amount\s+payable)\b/giu,
  /应付(?:金额|总额)?|价税合计|总计|合计(?:金额)?|总金额|总额|共计/gu,
  /\btotal\b(?!\s*(?:pages|items|qty|quantity))/giu,
  /\b(?:amount|sum|price|balance|paid|fee|charge)\b|金额|价格|费用|实付/giu,
];
const currency = "(?:[€$£¥₩₹元]|US\\$|CHF|EUR|USD|GBP|CNY|RMB|JPY|人民币)";
const figure = "\\d{1,3}(?:[ ,.'’]\\d{3})+(?:[.,]\\d{2})?|\\d+(?:[.,]\\d{2})?";
const money = new RegExp(
  `${currency}\\s*(?:${figure})(?!\\d)|(?<![\\d.,])(?:${figure})\\s*${currency}`,
  "giu",
);
const bareSum = /(?<![\d.,/-])(?:\d{1,3}(?:[ ,.'’]\d{3})+(?:[.,]\d{2})?|\d+[.,]\d{2})(?![\d/%-])/gu;
/** An amount stands at most this many characters behind its label. */
const reach = 40;

export interface Amount {
  /** As printed: "€1,234.50". */
  readonly text: string;
  /** The line it was taken from: label and amount. */
  readonly line: string;
}

/** The sum that a bill asks for: the last amount behind its most telling label, else the largest amount with a currency. */
export function amountIn(text: string): Amount | undefined {
  const flat = text.replace(/\s+/g, " ");
  for (const label of labels) {
    const found = [...flat.matchAll(label)].flatMap(
      (match) => behind(flat, match.index, match[0].length) ?? [],
    );
    const last = found.at(-1);
    if (last) return last;
  }
  const all = [...flat.matchAll(money)].map((match) => match[0].trim());
  const largest = all.sort((a, b) => sumOf(b) - sumOf(a))[0];
  return largest ? { text: largest, line: largest } : undefined;
}

function behind(text: string, at: number, length: number): Amount | undefined {
  const rest = text.slice(at + length, at + length + reach);
  const withCurrency = [...rest.matchAll(money)][0];
  const bare = [...rest.matchAll(bareSum)][0];
  const match = withCurrency && (!bare || withCurrency.index <= bare.index + 4) ? withCurrency : bare;
  if (!match) return undefined;
  const sum = match[0].trim();
  return { text: sum, line: text.slice(at, at + length + match.index + match[0].length).trim() };
}

/** "1.234,50" and "1,234.50" → 1234.5. */
function sumOf(text: string): number {
  const digits = text.replace(/[^\d.,]/g, "");
  const cents = /[.,](\d{2})$/.exec(digits);
  const whole = (cents ? digits.slice(0, -3) : digits).replace(/[.,]/g, "");
  return Number(whole) + (cents ? Number(cents[1]) / 100 : 0);
}
