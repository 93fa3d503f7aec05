import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pageSpan, type Span, timeSpan } from "../../src/media/span.ts";
import { embed } from "../../src/tools/embed.ts";
import { exportClip } from "../../src/tools/export-clip.ts";
import { findMoments } from "../../src/tools/find-moments.ts";
import { listMedia } from "../../src/tools/list-media.ts";
import { ocrReread } from "../../src/tools/ocr-reread.ts";
import { readDocument } from "../../src/tools/read-document.ts";
import type { VotedReading } from "../../src/tools/tool-deps.ts";
import { vectorSearch } from "../../src/tools/vector-search.ts";
import { videoSeek } from "../../src/tools/video-seek.ts";
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
      "large red object passes from the bottom to the top",
      "medium white object passes from the top",
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
    expect(findings[0]).toMatchObject({ path: street.path, span: timeSpan(15_000, 18_900) });
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

describe("video_seek", () => {
  test("writes the exact frames into the scratch folder", async () => {
    const {
      imagePaths = [],
      findings,
      data,
    } = await runTool(videoSeek(deps), {
      media: "street.mp4",
      timesMs: [15_010, 29_999],
    });
    expect(data).toMatchObject({ timesMs: [14_960, 29_920] });
    expect(findings.map(({ span }) => span)).toEqual([timeSpan(14_960, 14_960), timeSpan(29_920, 29_920)]);
    for (const path of imagePaths) {
      expect(path.startsWith(deps.scratchFolder)).toBe(true);
      expect((await readFile(path)).subarray(0, 2).toString("hex")).toBe("ffd8");
    }
    expect(imagePaths).toHaveLength(2);
  });

  test("names the video's length when asked for a time after its end, and refuses what is no video", async () => {
    const seek = (media: string, timesMs: readonly number[]) => runTool(videoSeek(deps), { media, timesMs });
    await expect(seek("street.mp4", [31_000])).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("0:30.0"),
    });
    await expect(seek("sign.jpg", [0])).rejects.toMatchObject({ code: "unsupported" });
  });
});

describe("ocr_reread", () => {
  const readings = (...texts: readonly [string, number][]) => {
    let call = 0;
    return async (): Promise<VotedReading> => {
      const [text, confidence] = texts[call++ % texts.length]!;
      const passes = [{ name: "plain", text, confidence }];
      return { text, confidence, agreement: 1, verified: confidence >= 85, passes };
    };
  };

  test("reports the text, each pass's confidence and the agreement", async () => {
    const { text, findings, data } = await runTool(ocrReread(deps), { media: "sign.jpg" });
    expect(findings).toMatchObject([
      { text: "EXIT 42", confidence: 91, source: "ocr", span: { kind: "whole" } },
    ]);
    expect(text).toContain("verified: confidence 91 of 100, 75 % of 2 passes agree (plain 60, enlarged 91)");
    expect(data).toMatchObject({ agreement: 0.75, verified: true });
  });

  test("lets frames around the time vote, so that one misread frame does not win", async () => {
    const reread = readings(["P1N 4711", 70], ["PIN 4711", 68], ["PIN 4711", 71]);
    const { findings, data, text } = await runTool(ocrReread({ ...deps, reread }), {
      media: "talk.mp4",
      timeMs: 9600,
    });
    expect(findings).toMatchObject([{ text: "PIN 4711", span: timeSpan(9600, 9600) }]);
    expect(data).toMatchObject({ frames: 3, frameAgreement: 2 / 3, verified: false });
    expect(text).toContain("unverified");
  });

  test("says so when there is nothing to read, and when there is no such page", async () => {
    const none = await runTool(ocrReread({ ...deps, reread: readings(["", 0]) }), { media: "sign.jpg" });
    expect(none).toMatchObject({ text: "No text could be read in sign.jpg.", findings: [] });
    const page = runTool(ocrReread(deps), { media: "report.pdf", page: 9 });
    await expect(page).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("3 pages"),
    });
  });

  test("passes the region on", async () => {
    const regions: unknown[] = [];
    const reread = async (_pixels: unknown, options: unknown) => {
      regions.push(options);
      return readings(["x", 90])();
    };
    const region = { x: 0.5, y: 0.5, width: 0.5, height: 0.25 };
    await runTool(ocrReread({ ...deps, reread }), { media: "report.pdf", page: 2, region });
    expect(regions).toEqual([{ region }]);
  });
});

describe("read_document", () => {
  const read = (input: Readonly<Record<string, unknown>>) => runTool(readDocument(deps), input);

  test("gives pages in order, in parts that a model can read", async () => {
    const { findings, data } = await read({ media: "report.pdf" });
    expect(findings.map(({ span }) => span)).toEqual([pageSpan(1), pageSpan(2), pageSpan(3)]);
    expect(findings[0]?.text?.length).toBeLessThanOrEqual(3000);
    expect(data).toEqual({ passages: 3, shown: 3 });
    expect((await read({ media: "report.pdf", fromPage: 2, toPage: 2 })).findings).toMatchObject([
      { text: "Total 120.50 EUR" },
    ]);
  });

  test("goes on where the last part ended", async () => {
    expect((await read({ media: "report.pdf", skip: 2 })).findings).toMatchObject([{ span: pageSpan(3) }]);
  });

  test("reads a video's subtitles and screen in a time range, as neutral text", async () => {
    const { findings } = await read({ media: "talk.mp4", startMs: 5000 });
    expect(findings).toMatchObject([{ text: "Error: disk full", source: "ocr", confidence: 88 }]);
  });

  test("says where no text is known", async () => {
    expect((await read({ media: "sign.jpg" })).text).toContain("No text is known of sign.jpg");
  });
});

describe("export_clip", () => {
  test("cuts into the export folder, and never over a file or outside the folder", async () => {
    const { deps: own, folder } = await openToolWorld();
    const calls: unknown[][] = [];
    const cut = exportClip({
      ...own,
      exportClip: async (...args) => {
        calls.push(args.slice(0, 3));
        await writeFile(args[3], "clip");
      },
    });
    await mkdir(own.exportFolder, { recursive: true });
    await writeFile(join(folder, "escape.mp4"), "mine");
    const range = { media: "street.mp4", startMs: 15_000, endMs: 99_000 };
    await runTool(cut, range);
    await runTool(cut, range);
    await runTool(cut, { ...range, name: "../escape" });
    await runTool(cut, { ...range, name: "/etc/../..\\红车 1" });
    expect(calls[0]).toEqual([street.path, 15_000, 30_000]);
    expect((await readdir(own.exportFolder)).sort()).toEqual([
      "escape.mp4",
      "etc_.._.._红车_1.mp4",
      "street-15.0s-30.0s-2.mp4",
      "street-15.0s-30.0s.mp4",
    ]);
    expect(await readFile(join(folder, "escape.mp4"), "utf8")).toBe("mine");
  });

  test("refuses an empty clip", async () => {
    const empty = runTool(exportClip(deps), { media: "street.mp4", startMs: 5000, endMs: 5000 });
    await expect(empty).rejects.toMatchObject({ code: "invalid-input" });
  });
});

describe("embed", () => {
  test("says how alike words and pictures are", async () => {
    const { data, text } = await runTool(embed(deps), {
      texts: ["red", "giraffe"],
      pictures: [{ media: "street.mp4", timeMs: 16_000 }],
    });
    expect(data).toMatchObject({ dimensions: 4, unknownWords: ["giraffe"] });
    expect(data?.pairs).toMatchObject([
      { a: '"red"', b: "street.mp4 0:16.0", cosine: expect.closeTo(0.447, 2) },
      {},
      {},
    ]);
    expect(text).toContain("Words without a vector: giraffe");
    expect(data).not.toHaveProperty("vectors");
  });
});
