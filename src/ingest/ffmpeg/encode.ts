import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { Failure } from "../../media/failure.ts";
import { formatTimeCode } from "../../media/time-code.ts";
import type { ConfiguredTools } from "./binary.ts";
import { printable } from "./error-lines.ts";
import { h264Encoder, runBuilt, startBuilder } from "./fluent.ts";
import { fileArgument, untrustedOptions } from "./safe-input.ts";

export interface EncodeOptions {
  /** Pixels; even numbers, as H.264 wants them. */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** The ending chooses the container: .mp4, .mkv, … An existing file is replaced, once the new one is whole. */
  readonly outPath: string;
  /** x264's quality, 0 (lossless) to 51; 20 if left out. */
  readonly crf?: number;
  /** Further ffmpeg output options, one word each. */
  readonly extraArgs?: readonly string[];
  readonly tools?: ConfiguredTools;
}

/** Pictures (interleaved 8-bit RGB, `width * height * 3` bytes each) → an H.264 video of constant rate. */
export async function encodeVideo(
  frames: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: EncodeOptions,
  signal: AbortSignal,
): Promise<void> {
  const { width, height, framesPerSecond, outPath, crf = 20, extraArgs = [], tools = {} } = options;
  await replaceWhenWhole(outPath, async (partial) => {
    const builder = await startBuilder(tools);
    const pictures = Readable.from(checked(frames, width * height * 3), { objectMode: false });
    const command = builder
      .input(pictures)
      .inputOptions("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${width}x${height}`)
      .inputOptions("-r", String(framesPerSecond))
      .outputOptions("-c:v", await h264Encoder(builder), "-preset", "veryfast", "-crf", String(crf))
      .outputOptions("-pix_fmt", "yuv420p", ...extraArgs)
      .output(fileArgument(partial));
    await runBuilt(command, { about: outPath, signal }).finally(() => pictures.destroy());
  });
}

export interface ExportOptions {
  readonly tools?: ConfiguredTools;
}

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
  await replaceWhenWhole(outPath, async (partial) => {
    const builder = await startBuilder(options.tools ?? {});
    const command = builder
      .input(fileArgument(file))
      .inputOptions("-ss", String(startMs / 1000), ...untrustedOptions)
      .outputOptions("-t", String((endMs - startMs) / 1000), "-map", "0:V:0", "-map", "0:a:0?", "-sn", "-dn")
      .outputOptions("-c:v", await h264Encoder(builder), "-preset", "veryfast", "-crf", "18")
      .outputOptions("-pix_fmt", "yuv420p", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:a", "aac")
      .outputOptions("-map_metadata", "-1", "-movflags", "+faststart")
      .output(fileArgument(partial));
    await runBuilt(command, { about: file, signal });
  });
}

/** A picture of another size would shift every later one: a bug of the caller, so it escapes as one. */
async function* checked(
  frames: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  for await (const frame of frames) {
    if (frame.length !== bytes)
      throw new RangeError(`A frame has ${frame.length} bytes instead of ${bytes}.`);
    yield frame;
  }
}

async function replaceWhenWhole(outPath: string, write: (partial: string) => Promise<void>): Promise<void> {
  const folder = path.dirname(path.resolve(outPath));
  const partial = path.join(folder, `.partial-${process.pid}-${path.basename(outPath)}`);
  try {
    await mkdir(folder, { recursive: true });
    await write(partial);
    await rename(partial, outPath);
  } catch (error) {
    await rm(partial, { force: true });
    throw asWriteFailure(outPath, error);
  }
}

function asWriteFailure(outPath: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!["EACCES", "EPERM", "EROFS", "ENOTDIR", "ENOSPC"].includes(code)) return error;
  return new Failure(
    {
      code: code === "ENOSPC" ? "disk-full" : "unreadable",
      message: `${printable(outPath)} cannot be written.`,
      remedy: "Choose a folder that you may write to and that has room.",
    },
    { cause: error },
  );
}
