import { Failure } from "../../media/failure.ts";
import { formatTimeCode } from "../../media/time-code.ts";
import { type ConfiguredTools, findTool } from "./binary.ts";
import { h264Encoder, startBuilder } from "./fluent.ts";
import { replaceWhenWhole } from "./replace-when-whole.ts";
import { collectRun } from "./run.ts";
import { fileArgument, untrustedOptions } from "./safe-input.ts";

export interface ExportOptions {
  readonly tools?: ConfiguredTools;
}

/** Decoding begins this much before the clip: without an index a seek may land late. */
const runUpSeconds = 10;

/**
 * The part [startMs, endMs) of a video as a file of its own, encoded again so that both bounds are exact to the
 * frame. Times count from the video's start, as everywhere. Throws `Failure`.
 */
export async function exportClip(
  file: string,
  startMs: number,
  endMs: number,
  outPath: string,
  signal: AbortSignal,
  options: ExportOptions = {},
): Promise<void> {
  if (!(startMs >= 0 && endMs > startMs)) {
    throw new Failure({
      code: "invalid-input",
      message: `A clip needs an end after its start; ${formatTimeCode(startMs)}–${formatTimeCode(endMs)} is none.`,
      remedy: "Give a start and a later end, such as 0:12–0:18.",
    });
  }
  const tools = options.tools ?? {};
  const tool = await findTool("ffmpeg", tools);
  const encoder = await h264Encoder(await startBuilder(tools));
  const [start, end] = [startMs / 1000, endMs / 1000];
  // Cut by the container's own times, half a millisecond early for those that are rounded, and moved to 0 together.
  const within = (a: string) =>
    `${a}trim=start=${start - 0.0005}:end=${end - 0.0005},${a}setpts=PTS-${start}/TB`;
  await replaceWhenWhole(outPath, async (partial) => {
    await collectRun(
      {
        tool,
        args: [
          ..."-nostdin -hide_banner -nostats -loglevel level+info -y -copyts -start_at_zero".split(" "),
          ...["-noaccurate_seek", "-ss", String(Math.max(0, start - runUpSeconds))],
          ...[...untrustedOptions, "-i", fileArgument(file), "-map", "0:V:0", "-map", "0:a:0?", "-sn", "-dn"],
          // H.264 wants even sizes. `showinfo` says a line a frame, which shows that the work goes on.
          ...["-vf", `${within("")},pad=ceil(iw/2)*2:ceil(ih/2)*2,showinfo`, "-af", within("a")],
          ...["-c:v", encoder, "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p", "-c:a", "aac"],
          ...["-map_metadata", "-1", "-movflags", "+faststart", fileArgument(partial)],
        ],
        about: file,
        signal,
        onLine: (line) => line.startsWith("[Parsed_showinfo"),
      },
      0,
    );
  });
}
