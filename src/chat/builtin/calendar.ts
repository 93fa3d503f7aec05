/** A range of days that a question names. */
export interface DateWish {
  /** ISO dates, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** No year was named: the latest such month or season that has begun was taken. */
  readonly yearGuessed: boolean;
  /** How the date may stand in a text: "march", "三月", "2025". For search and for choosing a page. */
  readonly words: readonly string[];
}

export const monthNames = [
  "january|jan",
  "february|feb",
  "march|mar",
  "april|apr",
  "may",
  "june|jun",
  "july|jul",
  "august|aug",
  "september|sept|sep",
  "october|oct",
  "november|nov",
  "december|dec",
];
const chineseMonths = [
  "一月",
  "二月",
  "三月",
  "四月",
  "五月",
  "六月",
  "七月",
  "八月",
  "九月",
  "十月",
  "十一月",
  "十二月",
];
const seasons = {
  spring: 3,
  summer: 6,
  autumn: 9,
  fall: 9,
  winter: 12,
  春天: 3,
  春季: 3,
  夏天: 6,
  夏季: 6,
  秋天: 9,
  秋季: 9,
  冬天: 12,
  冬季: 12,
};

/** The same month or season a year earlier. */
export function yearBefore(date: DateWish): DateWish {
  const shift = (iso: string) => `${Number(iso.slice(0, 4)) - 1}${iso.slice(4)}`;
  return { ...date, from: shift(date.from), to: shift(date.to) };
}

function range(fromMs: number, toMs: number, words: readonly string[], yearGuessed = false): DateWish {
  const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { from: iso(fromMs), to: iso(toMs), words, yearGuessed };
}

export function day(y = "", m: string | number = "", d = ""): DateWish | undefined {
  const at = Date.UTC(Number(y), Number(m) - 1, Number(d));
  if (new Date(at).getUTCDate() !== Number(d)) return undefined;
  return range(at, at, [...monthWords(Number(m)), y]);
}

export function monthOf(
  y: string | undefined,
  m: number | undefined,
  yearGuessed = false,
): DateWish | undefined {
  if (!m || m > 12) return undefined;
  const words = [...monthWords(m), ...(yearGuessed ? [] : [String(y)])];
  return range(Date.UTC(Number(y), m - 1, 1), Date.UTC(Number(y), m, 0), words, yearGuessed);
}

export function latestMonth(m: number | undefined, now: Date): DateWish | undefined {
  if (!m) return undefined;
  const begun = m - 1 <= now.getUTCMonth();
  return monthOf(String(now.getUTCFullYear() - (begun ? 0 : 1)), m, true);
}

export function year(y: number): DateWish {
  return range(Date.UTC(y, 0, 1), Date.UTC(y, 12, 0), [String(y)]);
}

export function seasonOf(y: number, name = "", yearGuessed = false): DateWish | undefined {
  const first = Object.entries(seasons).find(([key]) => key === name.toLowerCase())?.[1];
  if (!first) return undefined;
  return range(Date.UTC(y, first - 1, 1), Date.UTC(y, first + 2, 0), [], yearGuessed);
}

export function relativeSeason(
  which: string | undefined,
  name: string | undefined,
  now: Date,
): DateWish | undefined {
  const wish = seasonOf(now.getUTCFullYear(), name, true);
  const notYet = wish && Date.parse(which?.toLowerCase() === "this" ? wish.from : wish.to) > now.getTime();
  return wish && notYet ? yearBefore(wish) : wish;
}

export function relative(word = "", now: Date): DateWish {
  const [y, m, d] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const monday = d - ((now.getUTCDay() + 6) % 7);
  const days = (from: number, to: number) => range(Date.UTC(y, m, from), Date.UTC(y, m, to), []);
  switch (word.toLowerCase().replace(/\s+/g, " ")) {
    case "today":
    case "今天":
      return days(d, d);
    case "yesterday":
    case "昨天":
      return days(d - 1, d - 1);
    case "前天":
      return days(d - 2, d - 2);
    case "last week":
    case "上周":
      return days(monday - 7, monday - 1);
    case "this week":
    case "这周":
    case "本周":
      return days(monday, d);
    case "last month":
    case "上个月":
    case "上月":
      return range(Date.UTC(y, m - 1, 1), Date.UTC(y, m, 0), []);
    case "this month":
    case "这个月":
    case "本月":
      return range(Date.UTC(y, m, 1), Date.UTC(y, m, d), []);
    case "last year":
    case "去年":
      return year(y - 1);
    case "前年":
      return year(y - 2);
    default:
      return year(y);
  }
}

export function chineseYear(word: string | undefined, now: Date): number {
  const back = word === "今年" ? 0 : word === "去年" ? 1 : 2;
  return now.getUTCFullYear() - back;
}

export function monthNumber(name = ""): number {
  return 1 + monthNames.findIndex((names) => names.split("|").includes(name.toLowerCase()));
}

export function chineseMonth(text = ""): number {
  return /^\d/.test(text) ? Number(text) : 1 + chineseMonths.indexOf(`${text}月`);
}

function monthWords(m: number): readonly string[] {
  return [monthNames[m - 1]?.split("|")[0] ?? "", chineseMonths[m - 1] ?? ""];
}
