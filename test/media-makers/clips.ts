import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type ConfiguredTools, findTool, keepTimesOption } from "../../src/ingest/ffmpeg/binary.ts";
import { encodeVideo } from "../../src/ingest/ffmpeg/encode.ts";
import type { Pixels } from "../../src/media/pixels.ts";

/** The whole suite can be run with another ffmpeg: SIGHTLINE_FFMPEG and SIGHTLINE_FFPROBE. */
export const testTools: ConfiguredTools = {
  ...(process.env.SIGHTLINE_FFMPEG && { ffmpeg: process.env.SIGHTLINE_FFMPEG }),
  ...(process.env.SIGHTLINE_FFPROBE && { ffprobe: process.env.SIGHTLINE_FFPROBE }),
};

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
  at(name: string): string;
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sightline-test-"));
  return {
    path: folder,
    at: (name) => path.join(folder, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Runs ffmpeg as a test's tool, with the arguments as they are. */
export async function ffmpeg(...args: readonly string[]): Promise<void> {
  const tool = await findTool("ffmpeg", testTools);
  await promisify(execFile)(tool.path, ["-nostdin", "-v", "error", "-y", ...args]);
}

const columns = 4;
const rows = 3;

/** A picture whose number is written in it as twelve black or white blocks, the lowest bit first. */
export function numberedPicture(number: number, width = 96, height = 66): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const block = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
      const value = (number >> block) & 1 ? 235 : 20;
      data.fill(value, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return data;
}

/** The number in a picture, which may have been scaled, or turned clockwise by `turned` degrees. */
export function readNumber({ width, height, data }: Pixels, turned: 0 | 90 | 180 | 270 = 0): number {
  let number = 0;
  for (let block = 0; block < columns * rows; block += 1) {
    const across = ((block % columns) + 0.5) / columns;
    const down = (Math.floor(block / columns) + 0.5) / rows;
    const [x, y] = {
      0: [across, down],
      90: [1 - down, across],
      180: [1 - across, 1 - down],
      270: [down, 1 - across],
    }[turned] as [number, number];
    const value = data[(Math.floor(y * height) * width + Math.floor(x * width)) * 3] ?? 0;
    if (value > 128) number |= 1 << block;
  }
  return number;
}

export interface NumberedClip {
  readonly outPath: string;
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly width?: number;
  readonly height?: number;
  readonly extraArgs?: readonly string[];
}

/** A video whose frame n shows the number n. B-frames and a long distance between keyframes unless said otherwise. */
export async function makeNumberedClip(clip: NumberedClip): Promise<string> {
  const { outPath, frames, framesPerSecond, width = 96, height = 66, extraArgs = [] } = clip;
  await encodeVideo(
    numberedPictures(frames, width, height),
    {
      width,
      height,
      framesPerSecond,
      outPath,
      crf: 12,
      extraArgs: ["-bf", "3", "-g", "60", ...extraArgs],
      tools: testTools,
    },
    AbortSignal.timeout(60_000),
  );
  return outPath;
}

function* numberedPictures(count: number, width: number, height: number): Generator<Uint8Array> {
  for (let number = 0; number < count; number += 1) yield numberedPicture(number, width, height);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The same with frames left out, so that the rate varies; the rest keep their times. `keep` is a `select` expression. */
export async function makeVariableClip(clip: NumberedClip & { readonly keep: string }): Promise<string> {
  const keepTimes = keepTimesOption(await findTool("ffmpeg", testTools));
  const extraArgs = [...(clip.extraArgs ?? []), "-vf", `select='${clip.keep}'`, ...keepTimes];
  return makeNumberedClip({ ...clip, extraArgs });
}

/** The same video, with a note for the player to turn it clockwise. */
export async function makeTurnedClip(
  source: string,
  degrees: 90 | 180 | 270,
  outPath: string,
): Promise<string> {
  const tool = await findTool("ffmpeg", testTools);
  // Debian goes on building 5.1, which is as old as its number says.
  const numbered = /^n?(\d+)\./.exec(tool.version);
  if (numbered ? Number(numbered[1]) >= 6 : tool.year >= 2023)
    await ffmpeg("-display_rotation", String(-degrees), "-i", source, "-c", "copy", outPath);
  else await ffmpeg("-i", source, "-c", "copy", "-metadata:s:v:0", `rotate=${360 - degrees}`, outPath);
  return outPath;
}

/** A tone of `seconds`, the audio of the clips that have one. */
export const tone = (seconds: number): readonly string[] => ["-f", "lavfi", "-i", `sine=d=${seconds}`];
