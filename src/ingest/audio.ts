import type { Extractor } from "./extractor.ts";
import type { ConfiguredTools } from "./ffmpeg/binary.ts";
import { probeMedia } from "./ffmpeg/probe.ts";
import { factCuts } from "./video/facts-text.ts";
import { timedTextCuts } from "./video/timed-text.ts";

export interface AudioDeps {
  readonly tools?: ConfiguredTools;
}

/** Sound files: what they say about themselves, and the subtitles that lie beside them. */
export function openAudioExtractor({ tools = {} }: AudioDeps = {}): Extractor {
  return {
    kind: "audio",
    async probe(path, signal) {
      return (await probeMedia(path, signal, tools)).facts;
    },
    async *extract(item, signal) {
      const probe = await probeMedia(item.path, signal, tools);
      yield* factCuts(item.path, probe);
      yield* timedTextCuts(item.path, probe, signal, tools);
    },
  };
}
