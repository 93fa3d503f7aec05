import { Failure } from "../../media/failure.ts";
import type { Cut } from "../extractor.ts";
import type { ConfiguredTools } from "../ffmpeg/binary.ts";
import type { MediaProbe } from "../ffmpeg/probe.ts";
import { readSubtitleStream } from "../ffmpeg/subtitle-streams.ts";
import { sidecarCuts, subtitleCuts } from "../subtitles.ts";

/** Everything that is said in writing along with a file: its own subtitle tracks and the files beside it. */
export async function* timedTextCuts(
  file: string,
  probe: MediaProbe,
  signal: AbortSignal,
  tools: ConfiguredTools,
): AsyncGenerator<Cut> {
  for (const stream of probe.subtitles) {
    try {
      yield* subtitleCuts(await readSubtitleStream(file, stream, signal, tools));
    } catch (error) {
      // A damaged track is no reason to give up the pictures.
      if (!(error instanceof Failure)) throw error;
    }
  }
  yield* await sidecarCuts(file);
}
