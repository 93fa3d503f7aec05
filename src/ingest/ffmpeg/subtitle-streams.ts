import { parseSubtitles, type SubtitleCue } from "../subtitles.ts";
import { type ConfiguredTools, findTool } from "./binary.ts";
import type { SubtitleStream } from "./probe.ts";
import { collectRun } from "./run.ts";
import { fileArgument, untrustedOptions } from "./safe-input.ts";

/** Streams of text; subtitles that are pictures (DVD, Blu-ray) are not among them. */
const textCodecs: ReadonlySet<string> = new Set([
  "subrip",
  "srt",
  "ass",
  "ssa",
  "mov_text",
  "webvtt",
  "text",
  "microdvd",
  "subviewer",
]);

/** The cues of a subtitle track inside a video; none for a track of pictures. Throws `Failure`. */
export async function readSubtitleStream(
  file: string,
  stream: SubtitleStream,
  signal: AbortSignal,
  tools: ConfiguredTools = {},
): Promise<SubtitleCue[]> {
  if (!textCodecs.has(stream.codec)) return [];
  const tool = await findTool("ffmpeg", tools);
  const args = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+error", ...untrustedOptions];
  const output = await collectRun(
    {
      tool,
      args: [...args, "-i", fileArgument(file), "-map", `0:${stream.index}`, "-f", "srt", "pipe:1"],
      about: file,
      signal,
      // Cues are sparse: a long film is read through before much is written.
      stallMs: 300_000,
    },
    16 * 1024 * 1024,
  );
  return parseSubtitles(output.toString("utf8"));
}
