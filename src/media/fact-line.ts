import type { MediaItem } from "./media-item.ts";
import { plainText } from "./plain-text.ts";
import { formatTimeCode } from "./time-code.ts";

/** When a file was taken, else when it was last changed. */
export const dateOf = (item: MediaItem): number => item.takenAt ?? item.modifiedAt;

/** A file's facts in a line, as lists of files tell them: "video, 2026-03-02, 0:21.6, 1280×720". */
export function factLine(item: MediaItem): string {
  const facts = [
    item.kind,
    new Date(dateOf(item)).toISOString().slice(0, 10),
    item.durationMs === undefined ? "" : formatTimeCode(item.durationMs),
    item.width === undefined ? "" : `${item.width}×${item.height}`,
    item.pages === undefined ? "" : `${item.pages} p.`,
    plainText(item.placeName ?? "", 60),
    plainText(item.camera ?? "", 40),
    plainText(item.title ?? "", 60),
  ];
  return facts.filter((fact) => fact !== "").join(", ");
}
