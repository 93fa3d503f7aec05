import path from "node:path";
import { timeSpan, wholeSpan } from "../../media/span.ts";
import { formatTimeCode } from "../../media/time-code.ts";
import type { Cut } from "../extractor.ts";
import type { MediaProbe } from "../ffmpeg/probe.ts";

/** "IMG_2024-beach day.mp4" → "IMG 2024 beach day". */
export function fileNameWords(file: string): string {
  return path
    .basename(file, path.extname(file))
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/[\p{Cc}_.\-\s]+/gu, " ")
    .trim();
}

/** What a file says about itself, as one text to search, and each chapter with its time. */
export function factCuts(file: string, probe: MediaProbe): Cut[] {
  const { facts } = probe;
  const lines = [
    fileNameWords(file),
    facts.title,
    probe.artist,
    probe.album,
    probe.comment,
    facts.takenAt !== undefined &&
      `taken ${new Date(facts.takenAt).toISOString().slice(0, 16).replace("T", " ")}`,
    facts.place && `at ${facts.place.latitude.toFixed(5)}, ${facts.place.longitude.toFixed(5)}`,
    facts.camera && `camera ${facts.camera}`,
    facts.durationMs !== undefined && `length ${formatTimeCode(facts.durationMs)}`,
    probe.video && `${probe.video.width}×${probe.video.height} ${probe.video.codec}`,
    probe.audioCodec && `sound ${probe.audioCodec}`,
  ];
  const text = lines.filter((line) => line !== undefined && line !== false && line !== "").join("\n");
  return [
    { span: wholeSpan, source: "metadata", text },
    ...probe.chapters
      .filter(({ title }) => title !== "")
      .map(
        ({ startMs, endMs, title }): Cut => ({
          span: timeSpan(startMs, endMs),
          source: "metadata",
          text: `chapter: ${title}`,
        }),
      ),
  ];
}
