import { describe, expect, test } from "vitest";
import { pageSpan, timeSpan } from "../../src/media/span.ts";
import { toFinding } from "../../src/retrieval/moment.ts";
import { carPhoto, describeSearch, invoices, secondsIn, shown, street } from "./search-world.ts";

describeSearch((find) => {
  describe("a search by text", () => {
    test("finds the red car's whole stay, and says that it does not know what a car is", async () => {
      const result = await find({ text: "when does the red car pass?" });
      expect(shown(result)[0]).toEqual(["street.mp4", timeSpan(10_000, 14_900)]);
      expect(result.moments[0]?.sources).toContain("event");
      expect(result.coverage.unknownWords).toEqual(["car"]);
      expect(result.moments.filter(({ item }) => item.id === street.id)).toHaveLength(1);
    });

    test("finds who enters from the top, with the bounds of the entry", async () => {
      expect(shown(await find({ text: "what enters from the top" }))).toEqual([
        ["street.mp4", timeSpan(30_000, 30_800)],
      ]);
    });

    test("finds the page that says it, and not the page that says half of it", async () => {
      expect(shown(await find({ text: "how much was the invoice from March?" }))).toEqual([
        ["invoices.pdf", pageSpan(1)],
      ]);
    });

    test("finds nothing for what is not there, with what was examined", async () => {
      const { moments, coverage } = await find({ text: "is there a giraffe?" });
      expect(moments).toEqual([]);
      expect(coverage).toEqual({
        items: 7,
        unreadable: 1,
        videoMs: 130_000,
        images: 2,
        pages: 3,
        segments: coverage.segments,
        unknownWords: ["giraffe"],
      });
      expect(coverage.segments).toBeGreaterThan(10);
    });

    test("finds no red giraffe among red things", async () => {
      const { moments, coverage } = await find({ text: "red giraffe" });
      expect(moments).toEqual([]);
      expect(coverage.unknownWords).toEqual(["giraffe"]);
    });

    test("finds a red car only where something red moves or a text says so, not in what is merely red", async () => {
      const { moments } = await find({ text: "red car" });
      expect(moments.flatMap(({ sources }) => sources)).not.toContain("frame");
    });

    test("prefers the text that holds the very word over things that merely share the colour", async () => {
      const result = await find({ text: "red parking" });
      expect(shown(result)[0]).toEqual(["street.mp4", timeSpan(40_000, 42_000)]);
    });

    test("finds a colour in frames and pictures, without the seconds that lack it", async () => {
      const result = await find({ text: "green" });
      expect(shown(result)).toEqual(
        expect.arrayContaining([
          ["leaf.jpg", { kind: "whole" }],
          ["signal.mp4", timeSpan(6000, 8000)],
          ["signal.mp4", timeSpan(21_000, 23_000)],
        ]),
      );
      expect(result.moments).toHaveLength(3);
    });

    test("ranks what happens in a file before the file whose name holds a word", async () => {
      const result = await find({ text: "red car" });
      const [first, ...others] = result.moments;
      expect(first?.sources).toContain("event");
      expect(others.map(({ item, sources }) => [item.id, sources])).toContainEqual([
        carPhoto.id,
        ["metadata"],
      ]);
    });

    test("marks a still background as matching throughout", async () => {
      const result = await find({ text: "grey", filter: { mediaIds: [street.id] } });
      expect(result.moments).toHaveLength(1);
      expect(result.moments[0]?.throughout).toBe(true);
    });

    test("keeps to its filters", async () => {
      expect(shown(await find({ text: "green", filter: { kinds: ["image"] } }))).toEqual([
        ["leaf.jpg", { kind: "whole" }],
      ]);
      const later = await find({ text: "green", filter: { within: { startMs: 15_000, endMs: 30_000 } } });
      expect(shown(later)).toEqual([["signal.mp4", timeSpan(21_000, 23_000)]]);
      expect(later.coverage.videoMs).toBe(45_000);
      expect((await find({ text: "green", filter: { sources: ["ocr"] } })).moments).toEqual([]);
    });

    test("refines bounds to the frame when asked", async () => {
      const { moments } = await find({ text: "green", refine: 2, filter: { kinds: ["video"] } });
      const bounds = moments.map(({ span }) => secondsIn(span)).sort((a, b) => a[0]! - b[0]!);
      expect(
        bounds.flat().map((seconds, i) => Math.abs(seconds - [5.3, 7.3, 20.3, 22.3][i]!) <= 0.13),
      ).toEqual([true, true, true, true]);
    });

    test("refines the whole stay that events tell of, too", async () => {
      const { moments } = await find({ text: "when does the red car pass?", refine: 1 });
      const [start = 0, end = 0] = secondsIn(moments[0]?.span);
      expect(Math.abs(start - 10.3)).toBeLessThan(0.13);
      expect(Math.abs(end - 14.6)).toBeLessThan(0.13);
    });

    test("stops when it is aborted", async () => {
      const aborted = AbortSignal.abort(new Error("enough"));
      await expect(find({ text: "red" }, aborted)).rejects.toThrow("enough");
    });
  });

  test("a moment becomes a finding with its best hit's words and its own span", async () => {
    const { moments } = await find({ text: "invoice March" });
    expect(toFinding(moments[0]!)).toMatchObject({
      path: invoices.path,
      kind: "document",
      span: pageSpan(1),
      source: "text",
      text: "Invoice 14 March 2026, total 120.50 EUR",
    });
  });
});
