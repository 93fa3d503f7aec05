import type { FfmpegCommand } from "fluent-ffmpeg";
import { type ConfiguredTools, findTool } from "./binary.ts";
import { decodeFailure, ErrorLines } from "./error-lines.ts";
import { StallWatch } from "./stall-watch.ts";
import { stalled } from "./stalled.ts";

/** An empty fluent-ffmpeg command that starts our ffmpeg and no other. */
export async function startBuilder(tools: ConfiguredTools): Promise<FfmpegCommand> {
  const [{ default: fluent }, tool] = await Promise.all([import("fluent-ffmpeg"), findTool("ffmpeg", tools)]);
  return fluent().setFfmpegPath(tool.path);
}

const h264Encoders = ["libx264", "h264_videotoolbox", "libopenh264", "mpeg4"] as const;

/** The best H.264 encoder that this ffmpeg was built with; MPEG-4 part 2 in a build that has none. */
export function h264Encoder(builder: FfmpegCommand): Promise<string> {
  return new Promise((resolve, reject) => {
    builder.getAvailableEncoders((error, encoders) => {
      if (error instanceof Error) reject(error);
      else resolve(h264Encoders.find((name) => name in encoders) ?? "mpeg4");
    });
  });
}

export interface BuiltRun {
  /** The file that a failure names. */
  readonly about: string;
  readonly signal: AbortSignal;
  /** Longest time without a word from ffmpeg; a minute if left out. */
  readonly stallMs?: number;
}

/** Runs a built command to its end. The program is killed on abort and when it stalls. */
export function runBuilt(command: FfmpegCommand, run: BuiltRun): Promise<void> {
  const { about, signal, stallMs = 60_000 } = run;
  const lines = new ErrorLines();
  return new Promise((resolve, reject) => {
    let reason: unknown;
    const stop = (why: unknown) => {
      reason ??= why;
      command.kill("SIGKILL");
    };
    const watch = new StallWatch(stallMs, () => stop(stalled(about, stallMs)));
    const onAbort = () => stop(signal.reason);
    const settle = (finish: () => void) => {
      watch.pause();
      signal.removeEventListener("abort", onAbort);
      finish();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    command
      .on("start", () => (signal.aborted ? stop(signal.reason) : watch.start()))
      .on("stderr", (line: string) => {
        watch.start();
        lines.add(line);
      })
      .on("end", () => settle(resolve))
      .on("error", (error: Error & { inputStreamError?: unknown }) =>
        settle(() => reject(reason ?? error.inputStreamError ?? decodeFailure(about, lines.text()))),
      );
    if (signal.aborted) settle(() => reject(signal.reason));
    else command.outputOptions("-nostdin", "-y", "-hide_banner").run();
  });
}
