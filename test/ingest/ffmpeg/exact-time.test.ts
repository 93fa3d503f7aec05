import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodePass } from "../../../src/ingest/ffmpeg/decode-pass.ts";
import { readFramesAt, readFramesBetween } from "../../../src/ingest/ffmpeg/frame-reader.ts";
import { probeMedia } from "../../../src/ingest/ffmpeg/probe.ts";
import type { Frame } from "../../../src/media/pixels.ts";
import {
  collect,
  ffmpeg,
  makeNumberedClip,
  makeTurnedClip,
  makeVariableClip,
  readNumber,
  type TemporaryFolder,
  temporaryFolder,
  testTools,
  tone,
} from "../../media-makers/clips.ts";

const signal = AbortSignal.timeout(300_000);
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

/** A clip with its truth: when the picture with number n comes on, in ms from the start of the file. */
interface Case {
  readonly name: string;
  make(): Promise<string>;
  truth(number: number): number;
  /** Numbers of the pictures that the file holds. */
  readonly numbers: readonly number[];
  readonly turned?: 0 | 90 | 180 | 270;
  readonly size?: readonly [number, number];
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const atRate =
  (rate: number, lateMs = 0) =>
  (number: number) =>
    (number * 1000) / rate + lateMs;

const constant = (rate: number, frames: number): Case => ({
  name: `${rate.toFixed(3)} frames a second`,
  make: () =>
    makeNumberedClip({ outPath: folder.at(`rate-${rate.toFixed(3)}.mp4`), frames, framesPerSecond: rate }),
  truth: atRate(rate),
  numbers: range(0, frames),
});

const base = (name: string, extraArgs: readonly string[] = []) =>
  makeNumberedClip({ outPath: folder.at(name), frames: 240, framesPerSecond: 30, extraArgs });

const turned = (degrees: 90 | 180 | 270): Case => ({
  name: `turned by ${degrees}°`,
  make: async () =>
    makeTurnedClip(await base(`upright-${degrees}.mp4`), degrees, folder.at(`turned-${degrees}.mp4`)),
  truth: atRate(30),
  numbers: range(0, 240),
  turned: degrees,
  size: degrees === 180 ? [96, 66] : [66, 96],
});

/** Stands still for four seconds in the middle, then runs, then thins out. */
const variable = (number: number) => number < 40 || (number > 160 && number < 200) || number % 23 === 0;

function variableRate(name: string, extraArgs: readonly string[]): Case {
  return {
    name: `a variable rate in ${name}`,
    make: () =>
      makeVariableClip({
        outPath: folder.at(name),
        frames: 300,
        framesPerSecond: 30,
        keep: "lt(n,40)+between(n,161,199)+not(mod(n,23))",
        extraArgs,
      }),
    truth: atRate(30),
    numbers: range(0, 300).filter(variable),
  };
}

const cases: readonly Case[] = [
  constant(24_000 / 1001, 200),
  constant(25, 200),
  constant(30_000 / 1001, 240),
  constant(12.5, 100),
  variableRate("variable.mkv", []),
  // An MP4 that the writer cannot look back in ends with its last decoding time: B-frames after a gap would be cut.
  variableRate("variable.mp4", ["-bf", "0"]),
  turned(90),
  turned(180),
  turned(270),
  {
    name: "a transport stream that starts late",
    make: async () => {
      await ffmpeg("-i", await base("for-ts.mp4"), "-c", "copy", folder.at("late.ts"));
      return folder.at("late.ts");
    },
    truth: atRate(30),
    numbers: range(0, 240),
  },
  {
    name: "a late start in Matroska",
    make: async () => {
      const source = await base("for-late.mp4");
      await ffmpeg("-i", source, "-c", "copy", "-output_ts_offset", "7.3", folder.at("late.mkv"));
      return folder.at("late.mkv");
    },
    truth: atRate(30),
    numbers: range(0, 240),
  },
  {
    name: "pictures that begin half a second after the sound",
    make: async () => {
      const source = await base("for-delay.mp4");
      await ffmpeg(
        ...tone(9),
        ...["-itsoffset", "0.5", "-i", source, "-map", "0:a", "-map", "1:v"],
        ...["-c:v", "copy", "-c:a", "pcm_s16le", folder.at("delay.mkv")],
      );
      return folder.at("delay.mkv");
    },
    truth: atRate(30, 500),
    numbers: range(0, 240),
  },
  {
    name: "an edit list that hides the first frames",
    make: async () => {
      const source = await base("for-edit.mp4");
      await ffmpeg(...tone(8), "-i", source, "-c:v", "copy", "-c:a", "aac", folder.at("sound.mp4"));
      await ffmpeg("-ss", "3.2", "-i", folder.at("sound.mp4"), "-c", "copy", folder.at("edit.mp4"));
      return folder.at("edit.mp4");
    },
    truth: atRate(30, -3200),
    numbers: range(96, 240),
  },
  {
    name: "odd width and height",
    make: () =>
      makeNumberedClip({
        outPath: folder.at("odd.mp4"),
        frames: 100,
        framesPerSecond: 25,
        width: 97,
        height: 67,
        extraArgs: ["-pix_fmt", "yuv444p"],
      }),
    truth: atRate(25),
    numbers: range(0, 100),
    size: [97, 67],
  },
  {
    name: "a single frame",
    make: () => makeNumberedClip({ outPath: folder.at("one.mp4"), frames: 1, framesPerSecond: 25 }),
    truth: atRate(25),
    numbers: [0],
  },
  {
    name: "sound beside the pictures",
    make: async () => {
      const source = await base("for-sound.mp4");
      await ffmpeg("-i", source, ...tone(8), "-c:v", "copy", "-c:a", "aac", folder.at("with-sound.mp4"));
      return folder.at("with-sound.mp4");
    },
    truth: atRate(30),
    numbers: range(0, 240),
  },
  {
    name: "hours on the clock",
    make: async () => {
      const source = await base("for-hours.mp4", ["-bf", "0"]);
      await ffmpeg(
        ...["-f", "lavfi", "-i", "aevalsrc=0:s=8000:d=10802", "-itsoffset", "10794.017", "-i", source],
        ...["-map", "0:a", "-map", "1:v", "-c:v", "copy", "-c:a", "pcm_u8", folder.at("hours.mkv")],
      );
      return folder.at("hours.mkv");
    },
    truth: atRate(30, 10_794_017),
    numbers: range(0, 240),
  },
];

/** Containers round times to their own ticks, a millisecond in Matroska. */
const within = 1;

function expectTruth(found: Frame, { truth, turned: degrees }: Case) {
  const number = readNumber(found.pixels, degrees);
  expect(Math.abs(found.timeMs - truth(number)), `picture ${number} at ${found.timeMs}`).toBeLessThanOrEqual(
    within,
  );
  return number;
}

function onScreen(timeMs: number, { numbers, truth }: Case): readonly number[] {
  const surely = numbers.findLast((number) => truth(number) <= timeMs - within) ?? numbers[0] ?? -1;
  const perhaps = numbers.findLast((number) => truth(number) <= timeMs + within) ?? numbers[0] ?? -1;
  return [surely, perhaps];
}

describe.each(cases)("$name", (clip) => {
  let file = "";
  beforeAll(async () => {
    file = await clip.make();
  });

  test("the decode pass gives each picture its own time, from the first to the last", async () => {
    const { video } = await probeMedia(file, signal, testTools);
    expect([video?.width, video?.height]).toEqual(clip.size ?? [96, 66]);
    const options = { framesPerSecond: 8, longestSide: 96, tools: testTools };
    const frames = await collect(decodePass(file, video!, options, signal));
    const seen = frames.map((frame) => expectTruth(frame, clip));
    expect(seen).toEqual(firstOfSlots(clip, 8));
  });

  test("a frame asked for by time is the one on screen", async () => {
    const last = clip.truth(clip.numbers.at(-1) ?? 0);
    const first = clip.truth(clip.numbers[0] ?? 0);
    const asked = [0.02, 0.35, 0.5, 0.83, 0.999].map((part) => Math.round(first + part * (last - first)));
    const times = [...asked, Math.round(last) + 60_000, Math.max(0, Math.round(first) - 300)];
    const frames = await readFramesAt(file, times, signal, { tools: testTools });
    for (const [index, frame] of frames.entries()) {
      expect(onScreen(times[index] ?? 0, clip)).toContain(expectTruth(frame, clip));
    }
  });

  test("a range read again gives the frames of that range", async () => {
    const middle = Math.round(clip.truth(clip.numbers[Math.floor(clip.numbers.length / 2)] ?? 0));
    const asked = { startMs: middle, endMs: middle + 900, framesPerSecond: 100 };
    const frames = await collect(readFramesBetween(file, asked, signal, { tools: testTools }));
    const seen = frames.map((frame) => expectTruth(frame, clip));
    const inside = clip.numbers.filter(
      (number) => Math.round(clip.truth(number)) >= middle && clip.truth(number) <= middle + 900,
    );
    expect(seen).toEqual(inside);
  });
});

/** Which pictures are the first of their slot of 1/rate s; ticks of the container may move one at a slot's very edge. */
function firstOfSlots({ numbers, truth }: Case, rate: number): unknown {
  const slot = (number: number, shift: number) => Math.floor(((truth(number) + shift) * rate) / 1000);
  const isFirst = (number: number, index: number, shift: number) =>
    index === 0 || slot(number, shift) > slot(numbers[index - 1] ?? 0, shift);
  const certain = numbers.filter((number, index) =>
    [-1, -0.5, 0, 0.5, 1].every((shift) => isFirst(number, index, shift)),
  );
  return expect.arrayContaining(certain);
}
