import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { timeSpan } from "../media/span.ts";
import type { Cut } from "./extractor.ts";

export interface SubtitleCue {
  readonly startMs: number;
  readonly endMs: number;
  /** One line, without tags. */
  readonly text: string;
}

const largestFile = 16 * 1024 * 1024;

/** SubRip or WebVTT → its cues in order. What is no cue is passed over; a file without one gives none. */
export function parseSubtitles(text: string): SubtitleCue[] {
  const blocks = text.replace(/\r\n?/g, "\n").split(/\n{2,}/);
  const cues = blocks.flatMap(parseBlock).sort((a, b) => a.startMs - b.startMs);
  return withoutEchoes(cues);
}

const clock = String.raw`((?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3})`;
const timing = new RegExp(String.raw`^\s*${clock}\s*-->\s*${clock}`);

function parseBlock(block: string): SubtitleCue[] {
  const lines = block.split("\n");
  const at = lines.findIndex((line) => timing.test(line));
  const match = timing.exec(lines[at] ?? "");
  if (match?.[1] === undefined || match[2] === undefined) return [];
  const [startMs, endMs] = [parseClock(match[1]), parseClock(match[2])];
  const text = plainText(lines.slice(at + 1).join(" "));
  return text === "" || endMs < startMs ? [] : [{ startMs, endMs, text }];
}

/** "01:02:03,5" and "02:03.500" → ms. */
function parseClock(written: string): number {
  const [seconds = "0", fraction = "0"] = written
    .split(/[.,]/)
    .map((part, index, all) => (index === all.length - 1 ? part.padEnd(3, "0") : part));
  const whole = seconds.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return whole * 1000 + Number(fraction);
}

const entities: ReadonlyMap<string, string> = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&nbsp;", " "],
  ["&lrm;", ""],
  ["&rlm;", ""],
]);

/** HTML-like and ASS tags, and control characters, are taken out. */
function plainText(text: string): string {
  return text
    .replace(/<[^<>]*>|\{\\[^{}]*\}|\\[Nnh]/g, " ")
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => entities.get(entity) ?? entity)
    .replace(/[\p{Cc}\p{Cf}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** Captions that roll write each line again while it moves up: equal neighbours become one. */
function withoutEchoes(cues: readonly SubtitleCue[]): SubtitleCue[] {
  const kept: SubtitleCue[] = [];
  for (const cue of cues) {
    const last = kept.at(-1);
    if (last?.text === cue.text && cue.startMs - last.endMs <= 200) {
      kept[kept.length - 1] = { ...last, endMs: Math.max(last.endMs, cue.endMs) };
    } else kept.push(cue);
  }
  return kept;
}

/** Bytes of a subtitle file → text. UTF-8 and UTF-16 are told by their marks and validity; else GB 18030 or Latin. */
export function decodeSubtitles(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  // UTF-16 without a mark: SubRip begins with a digit, WebVTT with "W".
  if (first !== 0 && second === 0) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0 && second !== 0) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(looksChinese(bytes) ? "gb18030" : "windows-1252").decode(bytes);
  }
}

/** In GB 18030 bytes above 127 stand in pairs; in a Latin alphabet they are accents between plain letters. */
function looksChinese(bytes: Uint8Array): boolean {
  let [high, paired] = [0, 0];
  for (const [at, byte] of bytes.entries()) {
    if (byte < 128) continue;
    high += 1;
    if ((bytes[at - 1] ?? 0) >= 128 || (bytes[at + 1] ?? 0) >= 128) paired += 1;
  }
  return paired > high * 0.6;
}

/** The subtitle files that lie beside a media file: `name.srt`, `name.vtt`, `name.en.srt`, … Absolute, in order of name. */
export async function findSidecars(file: string): Promise<string[]> {
  const folder = path.dirname(file);
  const stem = path.basename(file, path.extname(file)).toLowerCase();
  const names = await readdir(folder);
  return names
    .filter((name) => {
      const lower = name.toLowerCase();
      const middle = lower.slice(stem.length, -4);
      return lower.startsWith(stem) && /\.(?:srt|vtt)$/.test(lower) && /^(?:\.[\w-]{1,20})?$/.test(middle);
    })
    .sort()
    .map((name) => path.join(folder, name));
}

/** The cues of all sidecar files, as cuts. One that vanished, or is too large for subtitles, is passed over. */
export async function sidecarCuts(file: string): Promise<Cut[]> {
  const cuts: Cut[] = [];
  for (const sidecar of await findSidecars(file)) {
    const size = await stat(sidecar).then(
      ({ size: bytes }) => bytes,
      () => Number.POSITIVE_INFINITY,
    );
    if (size <= largestFile)
      cuts.push(...subtitleCuts(parseSubtitles(decodeSubtitles(await readFile(sidecar)))));
  }
  return cuts;
}

export function subtitleCuts(cues: readonly SubtitleCue[]): Cut[] {
  return cues.map(({ startMs, endMs, text }) => ({
    span: timeSpan(startMs, endMs),
    source: "subtitle",
    text,
  }));
}
