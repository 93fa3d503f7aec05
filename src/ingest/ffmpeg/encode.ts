import { Readable } from "node:stream";
import type { ConfiguredTools } from "./binary.ts";
import { h264Encoder, runBuilt, startBuilder } from "./fluent.ts";
import { replaceWhenWhole } from "./replace-when-whole.ts";
import { fileArgument } from "./safe-input.ts";

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
