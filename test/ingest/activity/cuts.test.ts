import { expect, test } from "vitest";
import { roomThreePeople } from "../../../src/demo/scenes/room.ts";
import type { Scene } from "../../../src/demo/scenes/scene.ts";
import { activityStream, createActivityAnalyser } from "../../../src/ingest/activity/analyser.ts";
import type { ActivityFrame } from "../../../src/ingest/activity/planes.ts";
import { shrink } from "../../../src/ingest/video/picture-grid.ts";
import type { ActivityEvent } from "../../../src/media/activity-event.ts";

const stepMs = 1000 / activityStream.framesPerSecond;
const scene = roomThreePeople(31);
const [first, second] = scene.truth.filter(({ kind }) => kind === "moves");
if (!first || !second) throw new Error("The scene has fewer than two visits");
const middleOf = ({ startMs, endMs }: { startMs: number; endMs: number }) => (startMs + endMs) / 2;

type Picture = Omit<ActivityFrame, "timeMs">;

function pictures(of: Scene, fromMs: number, toMs: number): readonly Picture[] {
  const kept: Picture[] = [];
  let nextMs = fromMs;
  let index = 0;
  for (const data of of.frames()) {
    const timeMs = (index++ * 1000) / of.framesPerSecond;
    if (timeMs >= toMs) break;
    if (timeMs < nextMs) continue;
    nextMs += stepMs;
    kept.push(shrink({ width: of.width, height: of.height, data }, activityStream.longestSide));
  }
  return kept;
}

/** A picture in which nothing is to be seen, as a title card is. */
function card({ width, height }: Picture): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at += 3) data.set([32, 48, 80], at);
  return { width, height, data };
}

function withoutFeet({ width, height, data }: Picture): Picture {
  const rows = Math.round(height * 0.8);
  return { width, height: rows, data: data.slice(0, width * rows * 3) };
}

function analyse(shots: readonly (readonly Picture[])[], toldOfCuts: boolean) {
  const analyser = createActivityAnalyser();
  const cutsMs: number[] = [];
  let timeMs = 0;
  for (const [number, shot] of shots.entries()) {
    if (number > 0) cutsMs.push(timeMs);
    for (const [index, picture] of shot.entries()) {
      analyser.push({ timeMs, ...picture, startsShot: toldOfCuts && number > 0 && index === 0 });
      timeMs += stepMs;
    }
  }
  return { events: analyser.finish(timeMs), cutMs: cutsMs[0] ?? 0 };
}

const arrivals = (events: readonly ActivityEvent[], atMs: number) =>
  events.filter(
    ({ kind, startMs }) =>
      ["enters", "appears", "disappears"].includes(kind) && Math.abs(startMs - atMs) < 1500,
  );

test("who walks out when a title card is cut away did not come in, and was not there before", () => {
  const room = pictures(scene, first.endMs - 1400, second.startMs);
  const { events, cutMs } = analyse([Array.from({ length: 64 }, () => card(room[0]!)), room], true);
  expect(arrivals(events, cutMs)).toEqual([]);
  expect(events.every(({ presence }) => presence.startMs >= cutMs)).toBe(true);
  expect(events.filter(({ kind }) => kind === "leaves")).toHaveLength(1);
});

test("a visit ends where the shot ends, and nothing of it disappears there", () => {
  const room = pictures(scene, 0, middleOf(first));
  const { events, cutMs } = analyse([room, Array.from({ length: 64 }, () => card(room[0]!))], true);
  expect(events.map(({ kind }) => kind)).toEqual(["enters", "moves"]);
  expect(events.every(({ presence }) => presence.endMs <= cutMs)).toBe(true);
});

test("who stands there, cut by the picture's lower edge, after the recording jumped did not come in from below", () => {
  const before = pictures(scene, 0, first.startMs - 500).map(withoutFeet);
  const after = pictures(scene, middleOf(second), second.endMs + 2000).map(withoutFeet);
  const { events } = analyse([before, after], false);
  expect(events.filter(({ kind }) => kind === "enters")).toEqual([]);
  const [visit] = events.filter(({ kind }) => kind === "moves");
  expect(visit?.side).toBeUndefined();
  expect(events.filter(({ kind }) => kind === "leaves")).toHaveLength(1);
});
