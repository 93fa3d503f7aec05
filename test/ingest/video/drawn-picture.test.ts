import { expect, test } from "vitest";
import { watchStillness } from "../../../src/ingest/video/drawn-picture.ts";
import type { ActivityEvent } from "../../../src/media/activity-event.ts";

const presence = { startMs: 1000, endMs: 4000 };
const base = { ...presence, track: 0, presence, size: "medium", area: 0.1, colour: "blue" } as const;
const window: ActivityEvent = { ...base, kind: "appears" };
const visitor: ActivityEvent = { ...base, kind: "enters", side: "left" };

/** Ten pictures; `changes` says which differ from the one before, and by how much. */
function watched(changes: readonly number[]) {
  const watch = watchStillness();
  let value = 100;
  for (const change of changes) {
    value += change;
    watch.push({ width: 4, height: 4, data: new Uint8Array(48).fill(value) });
  }
  return watch;
}

test("a window that opens in a recorded screen is no object before a camera", () => {
  expect(watched([0, 0, 0, 40, 0, 0, 0, 0, 0, 0]).keepReal([window])).toEqual([]);
});

test("what appears before a camera, whose picture is never quite still, is kept", () => {
  expect(watched([0, 5, -5, 5, -5, 5, -5, 5, -5, 5]).keepReal([window])).toEqual([window]);
});

test("who crosses an edge of a very clean picture is kept, with all else in it", () => {
  expect(watched([0, 0, 0, 40, 0, 0, 0, 0, 0, 0]).keepReal([window, visitor])).toEqual([window, visitor]);
});
