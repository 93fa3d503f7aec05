import { expect, test } from "vitest";
import {
  displaySize,
  fitWithin,
  parseRate,
  readIso6709,
  readTakenAt,
} from "../../../src/ingest/ffmpeg/probe-tags.ts";
import { eventText } from "../../../src/ingest/video/event-text.ts";
import { fileNameWords } from "../../../src/ingest/video/facts-text.ts";
import type { ActivityEvent } from "../../../src/media/activity-event.ts";

test("rates are fractions; a rate that only marks the time base is none", () => {
  expect(parseRate("30000/1001")).toBeCloseTo(29.97, 3);
  expect(parseRate("0/0")).toBeUndefined();
  expect(parseRate("90000/1")).toBeUndefined();
});

test("the size is that on the screen: square pixels, upright", () => {
  expect(displaySize(720, 576, "64:45", 0)).toEqual({ width: 1024, height: 576 });
  expect(displaySize(1920, 1080, "1:1", -90)).toEqual({ width: 1080, height: 1920 });
  expect(displaySize(1920, 1080, "0:1", 180)).toEqual({ width: 1920, height: 1080 });
  expect(displaySize(100, 50, "N/A", 270)).toEqual({ width: 50, height: 100 });
});

test("pictures are made smaller, never larger, and never vanish", () => {
  expect(fitWithin({ width: 1920, height: 1080 }, 384)).toEqual({ width: 384, height: 216 });
  expect(fitWithin({ width: 100, height: 50 }, 384)).toEqual({ width: 100, height: 50 });
  expect(fitWithin({ width: 4000, height: 2 }, 100)).toEqual({ width: 100, height: 1 });
});

test("places are read in degrees, in minutes and in seconds", () => {
  expect(readIso6709("+48.8577+002.2950+035.000/")).toEqual({ latitude: 48.8577, longitude: 2.295 });
  expect(readIso6709("-3330.5+15112.25/")).toEqual({
    latitude: -(33 + 30.5 / 60),
    longitude: 151 + 12.25 / 60,
  });
  expect(readIso6709("+404253.0-0740022.0/")?.longitude).toBeCloseTo(-74.00611, 4);
  expect(readIso6709("+00.0000+000.0000/")).toBeUndefined();
  expect(readIso6709("somewhere")).toBeUndefined();
  expect(readIso6709("+99.0+200.0/")).toBeUndefined();
});

test("a phone's own date with its zone comes first; a clock that was never set is no date", () => {
  const utc = Date.UTC(2024, 6, 14, 16, 30, 12);
  expect(
    readTakenAt({
      "com.apple.quicktime.creationdate": "2024-07-14T18:30:12+0200",
      creation_time: "2025-01-01T00:00:00.000000Z",
    }),
  ).toBe(utc);
  expect(readTakenAt({ creation_time: "2024-07-14 16:30:12" })).toBe(utc);
  expect(readTakenAt({ creation_time: "1904-01-01T00:00:00.000000Z" })).toBeUndefined();
  expect(readTakenAt({ creation_time: "1970-01-01T00:00:00.000000Z" })).toBeUndefined();
  expect(readTakenAt({ date: "2020" })).toBeUndefined();
});

test("names of files become words", () => {
  expect(fileNameWords("/x/IMG_2024-beachDay.two.mp4")).toBe("IMG 2024 beach Day two");
  expect(fileNameWords("/x/bad\u001b[2Jname\n.mp4")).toBe("bad [2Jname");
});

test("events are said in plain English", () => {
  const event: ActivityEvent = {
    kind: "moves",
    startMs: 0,
    endMs: 1,
    track: 0,
    presence: { startMs: 0, endMs: 1 },
    side: "left",
    towards: "right",
    size: "small",
    area: 0.01,
    colour: "blue",
  };
  expect(eventText(event)).toBe("small blue object moves from the left to the right");
  expect(eventText({ ...event, towards: "left" })).toBe(
    "small blue object comes from the left and goes back to the left",
  );
  expect(eventText({ ...event, kind: "leaves" })).toBe("small blue object leaves to the left");
  expect(eventText({ ...event, kind: "camera-moves" })).toBe("camera moves");
});
