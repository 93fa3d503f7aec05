import { describe, expect, test } from "vitest";
import { readClip } from "../../src/retrieval/clip-search.ts";
import { neverAborted, striped } from "./colour-world.ts";
import {
  describeSearch,
  invoices,
  leaf,
  pictures,
  secondsIn,
  signal,
  street,
  streetLook,
} from "./search-world.ts";

describeSearch((find) => {
  describe("a search by picture", () => {
    test("finds the second that the still was taken from, not the whole video that shares its background", async () => {
      const result = await find({ imagePixels: striped(streetLook(32_000)) });
      expect(result.moments[0]?.item.id).toBe(street.id);
      const [start = 0, end = 0] = secondsIn(result.moments[0]?.span);
      expect(start).toBeGreaterThanOrEqual(29);
      expect(end).toBeLessThanOrEqual(35);
      expect(result.moments[0]?.bestMs).toBeGreaterThanOrEqual(30_000);
      expect(result.moments[0]?.bestMs).toBeLessThan(34_000);
    });

    test("finds the frame between two indexed seconds", async () => {
      const result = await find({ imagePixels: striped(streetLook(12_500)) });
      expect(result.moments[0]?.bestMs).toBeGreaterThanOrEqual(12_200);
      expect(result.moments[0]?.bestMs).toBeLessThan(12_800);
    });

    test("finds what no indexed second shows, by looking closely at those that come near", async () => {
      const request = { imagePixels: striped(["red", "grey"]), filter: { mediaIds: [signal.id] } };
      const { moments } = await find(request);
      expect(moments).toHaveLength(1);
      expect(moments[0]?.bestMs).toBeGreaterThanOrEqual(14_150);
      expect(moments[0]?.bestMs).toBeLessThan(14_950);
      expect((await find({ ...request, refine: 0 })).moments).toEqual([]);
      expect((await find({ imagePixels: striped(["red"]), filter: {} })).moments).toEqual([]);
    });

    test("joins with words", async () => {
      const result = await find({ imagePixels: striped(["green"]), text: "Invoice" });
      expect(result.moments.map(({ item }) => item.id)).toEqual(
        expect.arrayContaining([leaf.id, invoices.id]),
      );
    });
  });

  describe("a search by clip", () => {
    test("finds the same moment, marked so, and the other one that runs alike", async () => {
      const clip = await readClip(pictures, signal, 5300, 9300, neverAborted);
      const { moments } = await find({ clip, filter: { kinds: ["video"] } });
      const [first, second] = moments;
      expect([first?.same, second?.same]).toEqual([true, undefined]);
      expect(Math.abs(secondsIn(first?.span)[0]! - 5.3)).toBeLessThan(1);
      expect(Math.abs(secondsIn(second?.span)[0]! - 20.3)).toBeLessThan(1);
      expect(moments.every(({ item }) => item.id === signal.id)).toBe(true);
    });

    test("finds nothing for a clip that nothing is like", async () => {
      const frames = [{ timeMs: 0, pixels: striped(["red"]) }];
      const clip = { item: { path: "/elsewhere/red.mp4" }, startMs: 0, endMs: 2000, frames };
      expect((await find({ clip, filter: {} })).moments).toEqual([]);
    });
  });
});
