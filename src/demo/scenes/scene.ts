import type { ActivityKind, PictureSide } from "../../media/activity-event.ts";
import type { ColourName } from "../../media/colour-name.ts";
import { type Canvas, createCanvas, type Extent, stage } from "./canvas.ts";

/** What really happens in a scene: milliseconds from its start, spans as `ActivityEvent` defines them. */
export interface TrueEvent {
  readonly kind: ActivityKind;
  readonly startMs: number;
  readonly endMs: number;
  readonly side?: PictureSide;
  readonly towards?: PictureSide;
  readonly colour?: ColourName;
  /** In words, for people: "a person in a red shirt". */
  readonly what: string;
}

export interface Scene {
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly durationMs: number;
  /** In time order. */
  readonly truth: readonly TrueEvent[];
  /** Interleaved RGB, a fresh array a frame; frame `n` is shown at `n * 1000 / framesPerSecond`. */
  frames(): Iterable<Uint8Array>;
}

export interface SceneOptions {
  /** Picture width in pixels (the height follows, 16:9); 640 by default. */
  readonly width?: number;
}

export const visibleAnyPart = (extent: Extent): boolean =>
  extent[2] > 0 && extent[0] < stage.width && extent[3] > 0 && extent[1] < stage.height;

const visibleWhole = (extent: Extent): boolean => extent[0] >= 0 && extent[2] <= stage.width;

export interface Visit {
  readonly what: string;
  readonly colour?: ColourName;
  /** Where the body is at a time, also outside the stage. */
  extentAt(timeMs: number): Extent;
}

const sideOf = (extent: Extent): PictureSide =>
  (extent[0] + extent[2]) / 2 < stage.width / 2 ? "left" : "right";

/** Enter, leave and the whole visit of a body that comes in and goes out over the picture's left or right edge. */
export function truthOfVisit(visit: Visit, durationMs: number, framesPerSecond: number): TrueEvent[] {
  const times: number[] = [];
  for (let frame = 0; (frame * 1000) / framesPerSecond < durationMs; frame++)
    times.push((frame * 1000) / framesPerSecond);
  const seen = times.filter((time) => visibleAnyPart(visit.extentAt(time)));
  const whole = times.filter((time) => visibleWhole(visit.extentAt(time)));
  const step = 1000 / framesPerSecond;
  const startMs = seen[0]!;
  const endMs = seen.at(-1)! + step;
  const label = { what: visit.what, ...(visit.colour && { colour: visit.colour }) };
  const side = sideOf(visit.extentAt(startMs));
  const towards = sideOf(visit.extentAt(endMs - step));
  return [
    { ...label, kind: "enters", startMs, endMs: whole[0] ?? startMs, side },
    { ...label, kind: "moves", startMs, endMs, side, towards },
    { ...label, kind: "leaves", startMs: (whole.at(-1) ?? endMs - step) + step, endMs, side: towards },
  ];
}

export interface SceneScript {
  readonly name: string;
  readonly framesPerSecond: number;
  readonly durationMs: number;
  readonly truth: readonly TrueEvent[];
  /** Called once a run: whatever it keeps (noise, backdrop) starts anew, so that two runs are equal. */
  prepare(pixelWidth: number): (canvas: Canvas, timeMs: number) => void;
}

export function renderScene(script: SceneScript, options: SceneOptions = {}): Scene {
  const pixelWidth = options.width ?? stage.width;
  const { width, height } = createCanvas(pixelWidth);
  const { name, framesPerSecond, durationMs } = script;
  function* frames(): Iterable<Uint8Array> {
    const paint = script.prepare(pixelWidth);
    const canvas = createCanvas(pixelWidth);
    for (let frame = 0; (frame * 1000) / framesPerSecond < durationMs; frame++) {
      paint(canvas, (frame * 1000) / framesPerSecond);
      yield new Uint8Array(canvas.data);
    }
  }
  const truth = [...script.truth].sort((a, b) => a.startMs - b.startMs);
  return { name, width, height, framesPerSecond, durationMs, truth, frames };
}
