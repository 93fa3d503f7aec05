import { expect, test } from "vitest";
import type { IndexProgressEvent } from "../../src/indexing/index-event.ts";
import type { EncodeStep } from "../../src/indexing/plan.ts";
import { progressMeter } from "../../src/indexing/progress.ts";

function stepOf(path: string, bytes: number): EncodeStep {
  return { file: { path, bytes, modifiedAt: 1, kind: "video" }, status: "added", replaces: [], copies: [] };
}

test("time left follows bytes of video, and a file that failed at once does not shorten it", () => {
  const [small, large, broken] = [stepOf("/a", 1e6), stepOf("/b", 3e6), stepOf("/c", 9e6)];
  const said: IndexProgressEvent[] = [];
  let clock = 0;
  const options = { costs: {}, concurrency: 1 };
  const meter = progressMeter(
    [small, large, broken],
    options,
    (event) => said.push(event),
    () => clock,
  );
  clock = 1;
  meter.finish(broken, true);
  clock = 1_000;
  meter.finish(small, false);
  expect(said.at(-1)).toMatchObject({ done: 2, total: 3, etaMs: 3_000 });
  clock = 2_500;
  meter.report(large, 0.5);
  expect(said.at(-1)).toMatchObject({ done: 2, path: "/b", fraction: 0.5, etaMs: 1_500 });
  clock = 2_600;
  meter.report(large, 0.6);
  expect(said.at(-1)).toMatchObject({ fraction: 0.5 });
  clock = 4_000;
  meter.finish(large, false);
  expect(said.at(-1)).toMatchObject({ done: 3, fraction: 1, etaMs: 0 });
});
