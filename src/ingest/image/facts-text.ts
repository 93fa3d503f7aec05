import { fileNameWords } from "../video/facts-text.ts";
import type { PictureTags } from "./tags.ts";

const longDate = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const chineseDate = new Intl.DateTimeFormat("zh-CN", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** What a picture's file says about itself, as one text to search: the date in words of both languages. */
export function pictureFactsText(path: string, tags: PictureTags): string {
  const lines = [
    fileNameWords(path),
    tags.title,
    tags.description,
    tags.takenLocally && `taken ${dateInWords(tags.takenLocally)}`,
    tags.placeName && `place ${tags.placeName}`,
    tags.place && `at ${tags.place.latitude.toFixed(5)}, ${tags.place.longitude.toFixed(5)}`,
    tags.camera && `camera ${tags.camera}`,
  ];
  return lines.filter((line) => line !== undefined && line !== "").join("\n");
}

/** "Thursday 5 March 2026, 2026-03-05 14:03, 2026年3月5日星期四". */
export function dateInWords(local: Date): string {
  const stamp = local.toISOString().slice(0, 16).replace("T", " ");
  return `${longDate.format(local).replace(",", "")}, ${stamp}, ${chineseDate.format(local)}`;
}
