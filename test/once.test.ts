import { expect, test } from "vitest";
import { once } from "../src/once.ts";

function countedPart(failures: number) {
  const count = { opened: 0, closed: 0 };
  const part = once(async () => {
    count.opened += 1;
    if (count.opened <= failures) throw new Error("not there yet");
    return {
      [Symbol.asyncDispose]: async () => {
        count.closed += 1;
      },
    };
  });
  return { part, count };
}

test("a part is opened once for all who ask, and closed", async () => {
  const { part, count } = countedPart(0);
  const [one, other] = await Promise.all([part(), part()]);
  expect(await part()).toBe(one);
  expect(other).toBe(one);
  await part.close();
  expect(count).toEqual({ opened: 1, closed: 1 });
});

test("a part that could not be opened is tried again at its next use", async () => {
  const { part, count } = countedPart(1);
  const together = await Promise.allSettled([part(), part()]);
  expect(together.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(count.opened).toBe(1);
  await part();
  await part.close();
  expect(count).toEqual({ opened: 2, closed: 1 });
});

test("a part that was never used, or could not be opened, has nothing to close", async () => {
  const unused = countedPart(0);
  await unused.part.close();
  expect(unused.count).toEqual({ opened: 0, closed: 0 });
  const broken = countedPart(1);
  await expect(broken.part()).rejects.toThrow("not there yet");
  await broken.part.close();
  expect(broken.count).toEqual({ opened: 1, closed: 0 });
});
