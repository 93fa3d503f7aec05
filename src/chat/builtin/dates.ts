import {
  chineseMonth,
  chineseYear,
  type DateWish,
  day,
  latestMonth,
  monthNames,
  monthNumber,
  monthOf,
  relative,
  relativeSeason,
  seasonOf,
  year,
} from "./calendar.ts";

export interface DateReading {
  readonly date?: DateWish;
  /** The question without the date. */
  readonly rest: string;
}

type Reader = (match: RegExpExecArray, now: Date) => DateWish | undefined;

const month = monthNames.join("|");
const season = "spring|summer|autumn|fall|winter";
const lead = "(?:\\b(?:from|in|of|on|during|for|since)\\s+)?";
const yearPart = "(?:19|20)\\d{2}";

/** The first that matches wins: the most exact come first. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  [new RegExp(`(${yearPart})[-/.年](\\d{1,2})[-/.月](\\d{1,2})[日号]?`, "u"), ([, y, m, d]) => day(y, m, d)],
  [
    new RegExp(`${lead}\\b(${month})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(${yearPart})\\b`, "iu"),
    ([, m, d, y]) => day(y, monthNumber(m), d),
  ],
  [
    new RegExp(`${lead}\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(${month})\\s+(${yearPart})\\b`, "iu"),
    ([, d, m, y]) => day(y, monthNumber(m), d),
  ],
  [
    new RegExp(`(${yearPart})\\s*年\\s*(\\d{1,2}|十[一二]?|[一二三四五六七八九])\\s*月份?`, "u"),
    ([, y, m]) => monthOf(y, chineseMonth(m)),
  ],
  [new RegExp(`(${yearPart})-(\\d{2})\\b`, "u"), ([, y, m]) => monthOf(y, Number(m))],
  [
    new RegExp(`${lead}\\b(${month})\\.?,?\\s+(?:of\\s+)?(${yearPart})\\b`, "iu"),
    ([, m, y]) => monthOf(y, monthNumber(m)),
  ],
  [
    /(去年|今年|前年)(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?/u,
    ([, y, m], now) => monthOf(String(chineseYear(y, now)), chineseMonth(m)),
  ],
  [
    new RegExp(`${lead}(?:the\\s+)?\\b(last|this)\\s+(${season})\\b`, "iu"),
    ([, which, s], now) => relativeSeason(which, s, now),
  ],
  [
    /(去年|今年|前年)的?(春天|夏天|秋天|冬天|春季|夏季|秋季|冬季)/u,
    ([, y, s], now) => seasonOf(chineseYear(y, now), s),
  ],
  [
    new RegExp(`${lead}(?:the\\s+)?\\b(${season})\\s+(?:of\\s+)?(${yearPart})\\b`, "iu"),
    ([, s, y]) => seasonOf(Number(y), s),
  ],
  [
    new RegExp(`${lead}(?:the\\s+)?\\b(?:last|this)\\s+(${month})\\b`, "iu"),
    ([, m], now) => latestMonth(monthNumber(m), now),
  ],
  [
    new RegExp(
      `\\b(?:from|in|of|during|for|since)\\s+(${month})\\b|\\b(${month.replace("|may|", "|").replace("march|mar|", "")})\\b`,
      "iu",
    ),
    ([, a, b], now) => latestMonth(monthNumber(a ?? b), now),
  ],
  [/\b(May|March)\b/u, ([, m], now) => latestMonth(monthNumber(m), now)],
  [
    /(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?!\p{Letter}*日)/u,
    ([, m], now) => latestMonth(chineseMonth(m), now),
  ],
  [
    new RegExp(`${lead}\\b(today|yesterday|(?:last|this)\\s+(?:week|month|year))\\b`, "iu"),
    ([, word], now) => relative(word, now),
  ],
  [
    /(今天|昨天|前天|上周|这周|本周|上个?月|这个月|本月|去年|今年|前年)/u,
    ([, word], now) => relative(word, now),
  ],
  [
    new RegExp(`${lead}(?:the\\s+)?(?:year\\s+)?(?<![\\d:.])(${yearPart})(?:\\s*年)?(?![\\d:.]\\d)`, "iu"),
    ([, y]) => year(Number(y)),
  ],
  [
    new RegExp(
      `\\b(?:from|in|of|during)\\s+(?:the\\s+)?(${season})\\b|(春天|夏天|秋天|冬天)(?=拍|的照片|的视频)`,
      "iu",
    ),
    ([, s, z], now) => relativeSeason("last", s ?? z, now),
  ],
];

/** Finds the date in a question. Days are calendar days in UTC, as files' dates without a zone are. */
export function readDate(text: string, now: Date): DateReading {
  for (const [pattern, read] of readers) {
    const match = pattern.exec(text);
    const date = match ? read(match, now) : undefined;
    if (match && date)
      return { date, rest: `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}` };
  }
  return { rest: text };
}
