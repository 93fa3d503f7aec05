import { parseTimeCode } from "../../media/time-code.ts";
import type { DateWish } from "./calendar.ts";
import { readDate } from "./dates.ts";

/** Parts of a question that mean themselves and are no words to look up. */
export interface Literals {
  readonly quoted: readonly string[];
  readonly fileNames: readonly string[];
  readonly page?: number;
  /** A time that the question names, in ms: "at 0:15", "第15秒". */
  readonly atMs?: number;
  readonly date?: DateWish;
}

const endings =
  "mp4|m4v|mov|mkv|webm|avi|mpg|mpeg|jpg|jpeg|png|webp|avif|gif|tiff?|heic|pdf|txt|md|markdown|docx?|mp3|wav|m4a|flac|ogg";
const fileName = new RegExp(
  `[\\p{Letter}\\p{Number}_][\\p{Letter}\\p{Number}_.()/-]*\\.(?:${endings})(?![\\p{Script=Latin}\\p{Number}])`,
  "giu",
);
/** Chinese goes on without a space: 视频street.mp4里有什么. */
const beforeName = /^(?:视频|录像|照片|图片|文件|文档|音频|在|从|把|给|和)+(?=[A-Za-z0-9])/u;
const quotation =
  /"([^"]+)"|“([^”]+)”|「([^」]+)」|『([^』]+)』|《([^》]+)》|‘([^’]{2,})’|(?<![\p{Letter}\p{Number}])'([^']{2,})'(?!\p{Letter})/gu;
const pagePattern = /\bp(?:age|\.)\s*(\d{1,4})\b|第\s*(\d{1,4})\s*页/iu;
const timePattern = /(?:\b(?:at|around|about)\s+)?(?<![\d.])(\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?)(?![\d:])/u;
const secondsPattern =
  /(?:\b(?:at|around|second)\s+)(\d+(?:\.\d+)?)\s*(?:s\b|sec(?:ond)?s?\b)|第?\s*(\d+(?:\.\d+)?)\s*秒/iu;

/** Takes the literals out of a question; `rest` is what remains to be read as words. */
export function takeLiterals(text: string, now: Date): { literals: Literals; rest: string } {
  let rest = text.normalize("NFC");
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const match = pattern.exec(rest) ?? undefined;
    if (match) rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
    return match;
  };
  const quotations: string[] = [];
  rest = rest.replace(quotation, (all: string, ...groups: unknown[]) => {
    quotations.push(String(groups.slice(0, 7).find((group) => group !== undefined) ?? all));
    return " ";
  });
  const quotedNames = quotations.filter((quote) => new RegExp(`\\.(?:${endings})$`, "i").test(quote));
  const fileNames = [...quotedNames];
  rest = rest.replace(fileName, (name) => {
    const [lead = ""] = beforeName.exec(name) ?? [];
    fileNames.push(name.slice(lead.length));
    return `${lead} `;
  });
  const page = take(pagePattern);
  const time = take(timePattern);
  const seconds = time ? undefined : take(secondsPattern);
  const atMs = parseTimeCode(time?.[1] ?? seconds?.[1] ?? seconds?.[2] ?? "");
  const { date, rest: words } = readDate(rest, now);
  return {
    rest: words,
    literals: {
      quoted: quotations.filter((quote) => !quotedNames.includes(quote)),
      fileNames,
      ...(page ? { page: Number(page[1] ?? page[2]) } : {}),
      ...(atMs === undefined ? {} : { atMs }),
      ...(date ? { date } : {}),
    },
  };
}
