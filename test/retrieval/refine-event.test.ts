import { describe, expect, test } from "vitest";
import type { ActivityEvent } from "../../src/media/activity-event.ts";
import { Failure } from "../../src/media/failure.ts";
import type { Pixels } from "../../src/media/pixels.ts";
import { crossingTime, edgeStrip } from "../../src/retrieval/edge-crossing.ts";
import { refineEvent } from "../../src/retrieval/refine-event.ts";
import { openPaintedPictures } from "../fakes/picture-reader.ts";
import { mediaItem, neverAborted } from "./colour-world.ts";

const [width, height] = [160, 90];
const video = mediaItem("road.mp4", { durationMs: 20_000 });

interface Drive {
  /** Left edge and width of the car, in pixels. */
  readonly x: number;
  readonly wide: number;
  /** When its front, or its rear on leaving, is at the picture's edge. */
  readonly entersMs: number;
  readonly leavesMs: number;
  readonly up: boolean;
  readonly paint: readonly [number, number, number];
}

const long = 20;
const speed = 0.03;

function drive(from: Partial<Drive>): Drive {
  const { entersMs = 5000 } = from;
  const leavesMs = entersMs + (height + long) / speed;
  return { x: 60, wide: 30, up: true, paint: [200, 20, 30], leavesMs, ...from, entersMs };
}

/** A speckled road under changing light; each car throws a shadow of eight pixels all around. */
function road(drives: readonly Drive[], timeMs: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  const light = 1 + 0.06 * Math.sin(timeMs / 900);
  const put = (x: number, y: number, paint: (c: number) => number) => {
    for (let c = 0; c < 3; c++) data[(y * width + x) * 3 + c] = Math.min(255, paint(c));
  };
  const ground = (x: number, y: number) => light * (90 + ((x * 7 + y * 13) % 11));
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) put(x, y, () => ground(x, y));
  for (const car of drives) {
    const run = (timeMs - car.entersMs) * speed;
    const top = car.up ? height - run : run - long;
    for (let y = Math.max(0, Math.floor(top - 8)); y < Math.min(height, top + long + 8); y++) {
      for (let x = car.x - 8; x < car.x + car.wide + 8; x++) {
        const body = y >= top && y < top + long && x >= car.x && x < car.x + car.wide;
        put(x, y, (c) => (body ? light * (car.paint[c] ?? 0) : 0.5 * ground(x, y)));
      }
    }
  }
  return { width, height, data };
}

function passing(car: Drive, offsetMs: number, over: Partial<ActivityEvent> = {}): ActivityEvent {
  const [startMs, endMs] = [car.entersMs + offsetMs, car.leavesMs + offsetMs];
  const [side, towards] = car.up ? (["bottom", "top"] as const) : (["top", "bottom"] as const);
  const presence = { startMs, endMs };
  return {
    kind: "moves",
    startMs,
    endMs,
    track: 0,
    presence,
    side,
    towards,
    size: "large",
    area: 0.1,
    colour: "red",
    ...over,
  };
}

describe("an event's bounds, decoded again", () => {
  test.each([-600, -300, 0, 300, 600])(
    "lie within 0.2 s when they were %i ms off, shadow and light aside",
    async (offset) => {
      const car = drive({});
      const pictures = openPaintedPictures((_, timeMs) => road([car], timeMs));
      const refined = await refineEvent(pictures, video, passing(car, offset), neverAborted);
      expect(Math.abs(refined.startMs - car.entersMs)).toBeLessThan(200);
      expect(Math.abs(refined.endMs - car.leavesMs)).toBeLessThan(200);
      expect(refined.presence).toEqual({ startMs: refined.startMs, endMs: refined.endMs });
    },
  );

  test("follow the object's own lane while another car crosses the same edge", async () => {
    const car = drive({ x: 100 });
    const other = drive({ x: 20, entersMs: 4500, paint: [220, 220, 220] });
    const pictures = openPaintedPictures((_, timeMs) => road([car, other], timeMs));
    const box = { x: 100 / width, y: 0.7, width: 30 / width, height: 0.3 };
    const enters = passing(car, 250, { kind: "enters", box });
    const refined = await refineEvent(pictures, video, enters, neverAborted);
    expect(Math.abs(refined.startMs - car.entersMs)).toBeLessThan(200);
    expect(refined.endMs).toBe(enters.endMs);
  });

  test("stay as they were where the edge is never quiet, and where nothing crosses", async () => {
    const crowd = [3000, 3700, 4400, 5100, 5800].map((entersMs) => drive({ entersMs }));
    const busy = openPaintedPictures((_, timeMs) => road(crowd, timeMs));
    const event = passing(drive({}), 100, { kind: "enters" });
    expect(await refineEvent(busy, video, event, neverAborted)).toEqual(event);
    const empty = openPaintedPictures((_, timeMs) => road([], timeMs));
    expect(await refineEvent(empty, video, event, neverAborted)).toEqual(event);
    const inside = passing(drive({}), 100, { kind: "appears" });
    expect(await refineEvent(busy, video, inside, neverAborted)).toEqual(inside);
  });

  test("stay as they were when the file is gone, and a bug escapes", async () => {
    const event = passing(drive({}), 0);
    const failing = (error: Error) =>
      openPaintedPictures(() => {
        throw error;
      });
    const gone = new Failure({ code: "not-found", message: "road.mp4 is gone", remedy: "Bring it back." });
    expect(await refineEvent(failing(gone), video, event, neverAborted)).toEqual(event);
    await expect(refineEvent(failing(new TypeError("bug")), video, event, neverAborted)).rejects.toThrow(
      "bug",
    );
  });
});

test("the strip of an edge is as wide as the object, where its box reaches the edge", () => {
  expect(edgeStrip("bottom")).toEqual({ x: 0, y: 0.92, width: 1, height: 0.08 });
  const strip = edgeStrip("left", { x: 0, y: 0.4, width: 0.2, height: 0.2 });
  expect(strip).toMatchObject({ x: 0, width: 0.08 });
  expect(strip.y).toBeCloseTo(0.35);
  expect(strip.height).toBeCloseTo(0.3);
  expect(edgeStrip("right", { x: 0, y: 0.4, width: 0.2, height: 0.2 }).height).toBe(1);
});

test("too few frames tell no crossing", () => {
  expect(
    crossingTime(
      [
        { timeMs: 0, value: 0 },
        { timeMs: 100, value: 1 },
      ],
      "rise",
    ),
  ).toBeUndefined();
});
