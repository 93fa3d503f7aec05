import { expect, test } from "vitest";
import { timeSpan } from "../../src/media/span.ts";
import { keepBounds } from "../../src/retrieval/kept-bounds.ts";

test("bounds are decoded once, and again when too many came after their last use", async () => {
  const bounds = keepBounds(2);
  const decoded: string[] = [];
  const get = (key: string) =>
    bounds.get(key, async () => {
      decoded.push(key);
      return timeSpan(0, decoded.length);
    });
  expect(await get("a")).toEqual(timeSpan(0, 1));
  expect(await get("b")).toEqual(timeSpan(0, 2));
  expect(await get("a")).toEqual(timeSpan(0, 1));
  await get("c");
  expect(await get("a")).toEqual(timeSpan(0, 1));
  await get("b");
  expect(decoded).toEqual(["a", "b", "c", "b"]);
});

test("what could not be decoded is tried again", async () => {
  const bounds = keepBounds();
  await expect(bounds.get("a", () => Promise.reject(new Error("not mounted")))).rejects.toThrow(
    "not mounted",
  );
  expect(await bounds.get("a", async () => timeSpan(1, 2))).toEqual(timeSpan(1, 2));
});
