import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { VotedReading } from "../../src/ingest/ocr/vote.ts";
import { pageSpan, timeSpan } from "../../src/media/span.ts";
import { embed } from "../../src/tools/embed.ts";
import { exportClip } from "../../src/tools/export-clip.ts";
import { ocrReread } from "../../src/tools/ocr-reread.ts";
import { readDocument } from "../../src/tools/read-document.ts";
import { videoSeek } from "../../src/tools/video-seek.ts";
import { runTool } from "../contracts/tool.ts";
import { cleanUpAfterwards, openToolWorld, street } from "./tool-world.ts";

cleanUpAfterwards();

const { deps } = await openToolWorld();

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
