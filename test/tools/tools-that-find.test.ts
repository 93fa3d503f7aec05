import { describe, expect, test } from "vitest";
import { type Span, timeSpan } from "../../src/media/span.ts";
import { findMoments } from "../../src/tools/find-moments.ts";
import { listMedia } from "../../src/tools/list-media.ts";
import { vectorSearch } from "../../src/tools/vector-search.ts";
import { runTool } from "../contracts/tool.ts";
import { eventSegment } from "../retrieval/colour-world.ts";
import { cleanUpAfterwards, openToolWorld, report, sign, street, talk } from "./tool-world.ts";

cleanUpAfterwards();

/** Bounds that were decoded again lie between frames. */
function isNear(span: Span | undefined, startMs: number, endMs: number): boolean {
  return (
    span?.kind === "time" && Math.abs(span.startMs - startMs) <= 100 && Math.abs(span.endMs - endMs) <= 100
  );
}

const { deps } = await openToolWorld();

describe("find_moments", () => {
  const find = (input: Readonly<Record<string, unknown>>) => runTool(findMoments(deps), input);

  test("counts visits, one for each object that came, with where it came from and went", async () => {
    const { findings, data, text } = await find({});
    expect(findings.map(({ text: words }) => words)).toEqual([
      "large red object moves from the bottom to the top",
      "medium white object moves from the top",
    ]);
    expect(isNear(findings[0]?.span, 15_000, 18_900)).toBe(true);
    expect(findings[1]?.span).toEqual(timeSpan(25_300, 30_000));
    expect(data).toMatchObject({ count: 2, videos: 1, byColour: { red: 1, white: 1 } });
    expect(text).toContain("2 visits");
  });

  test("tells entries from a side, and things that are put down apart from visitors", async () => {
    expect((await find({ what: "enters", side: "top" })).findings.map(({ span }) => span)).toEqual([
      timeSpan(25_300, 26_000),
    ]);
    expect((await find({ what: "appears" })).findings).toHaveLength(1);
    expect((await find({ what: "any" })).findings).toHaveLength(5);
  });

  test("says what colours there were when the asked one was not, and what was examined", async () => {
    const { findings, text, data } = await find({ colour: "blue" });
    expect(findings).toEqual([]);
    expect(text).toMatch(/None found: |None found; examined 0:50.0 of video/);
    expect(data).toMatchObject({ count: 0, othersByColour: { red: 1, white: 1 } });
  });

  test("says where the camera itself moves, since no events are told there", async () => {
    expect((await find({})).data).toMatchObject({ cameraMovesIn: [talk.path] });
    expect((await find({ what: "camera-moves" })).findings[0]?.span).toEqual(timeSpan(0, 20_000));
  });

  test("takes a visit into a time range when any part of it lies there", async () => {
    const { findings } = await find({ startMs: 17_000, endMs: 17_500, media: "street" });
    expect(findings.map(({ span }) => isNear(span, 15_000, 18_900))).toEqual([true]);
  });

  test("leaves bounds as indexed when many are asked for, which counting does not need", async () => {
    const many = await openToolWorld();
    const visits = Array.from({ length: 9 }, (_, i) =>
      eventSegment(street, {
        track: i,
        kind: "enters",
        side: "left",
        startMs: i * 1000,
        endMs: i * 1000 + 500,
      }),
    );
    await many.deps.store.put(street, visits);
    const { data, findings, text } = await runTool(findMoments(many.deps), { what: "enters", limit: 8 });
    expect(data).toMatchObject({ count: 9 });
    expect(findings.at(-1)?.span).toEqual(timeSpan(7000, 7500));
    expect(text).toContain("the first 8 listed");
  });
});

describe("vector_search", () => {
  const search = (input: Readonly<Record<string, unknown>>) => runTool(vectorSearch(deps), input);

  test("finds by words and names those it has no picture for", async () => {
    const { findings, text, coverage } = await search({ query: "red car" });
    expect(findings[0]?.path).toBe(street.path);
    expect(isNear(findings[0]?.span, 15_000, 18_900)).toBe(true);
    expect(text).toContain('No picture word for "car"');
    expect(coverage?.unknownWords).toEqual(["car"]);
  });

  test("finds nothing without inventing, and says what it examined", async () => {
    const { findings, text } = await search({ query: "giraffe" });
    expect(findings).toEqual([]);
    expect(text).toContain("Not found: examined 0:50.0 of video, 1 images, 3 pages.");
  });

  test("gives text from media as neutral data", async () => {
    const { findings } = await search({ query: "disk error" });
    expect(findings[0]?.text).toBe("Error: disk full");
  });

  test("finds by a picture of the library and by a clip", async () => {
    const byPicture = await search({ image: "street.mp4", imageTimeMs: 16_000 });
    expect(byPicture.findings[0]).toMatchObject({ path: street.path });
    const byClip = await search({ clip: "street.mp4#t=14.5,19.5" });
    expect(byClip.data).toMatchObject({ same: [0] });
  });

  test("asks for something to look for", async () => {
    await expect(search({})).rejects.toMatchObject({
      code: "invalid-input",
      remedy: expect.stringContaining("query"),
    });
  });
});

describe("list_media", () => {
  const list = (input: Readonly<Record<string, unknown>>) => runTool(listMedia(deps), input);
  const names = async (input: Readonly<Record<string, unknown>>) =>
    (await list(input)).findings.map(({ path }) => path);

  test("counts by kind and gives the newest first", async () => {
    const { text, data } = await list({});
    expect(text).toBe("2 videos, 1 image, 1 document.");
    expect(data).toMatchObject({
      total: 4,
      byKind: { video: 2, image: 1, document: 1 },
      totalDurationMs: 50_000,
    });
    expect(await names({ limit: 1 })).toEqual([talk.path]);
    expect((await list({ limit: 1 })).data).toMatchObject({ total: 4 });
  });

  test("filters by kind, name, place, folder and whole months", async () => {
    expect(await names({ kind: "document" })).toEqual([report.path]);
    expect(await names({ name: "STREET" })).toEqual([street.path]);
    expect(await names({ place: "lisbon" })).toEqual([sign.path]);
    expect(await names({ folder: "/media/trips", sort: "oldest" })).toEqual([street.path, sign.path]);
    expect(await names({ from: "2026-03", to: "2026-03" })).toEqual([sign.path, street.path]);
    expect(await names({ to: "2025" })).toEqual([report.path]);
  });

  test("refuses a date that does not exist", async () => {
    await expect(list({ from: "2026-13" })).rejects.toMatchObject({ code: "invalid-input" });
  });
});
