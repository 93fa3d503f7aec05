import { rm } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { endOf, openFixture } from "./library-fixture.ts";

const sharedIndex = "s3://bucket/prefix";

/** Another machine at the same index: what it keeps to itself lies elsewhere. */
function otherMachine(libraryDirectory: string) {
  return { sharedIndex, libraryDirectory: path.join(path.dirname(libraryDirectory), "other machine") };
}

test("a second machine with the same media finds everything indexed, and encodes nothing", async () => {
  await using fixture = await openFixture();
  await fixture.write("a.mp4", "one\ntwo");
  await fixture.write("b.mp4", "three");
  await fixture.index({ sharedIndex });
  fixture.encodedFiles();
  const end = endOf(await fixture.index(otherMachine(fixture.libraryDirectory)));
  expect(end).toMatchObject({ added: 0, removed: 0, unchanged: 2 });
  expect(fixture.encodedFiles()).toEqual([]);
});

test("a machine with other media at the same path is refused, and the first one's files stay", async () => {
  await using fixture = await openFixture();
  const file = await fixture.write("a.mp4", "one\ntwo");
  await fixture.index({ sharedIndex });
  await rm(file);
  await fixture.write("other.mp4", "what only this machine has");
  for (const dryRun of [true, false]) {
    const other = { ...otherMachine(fixture.libraryDirectory), dryRun };
    await expect(fixture.index(other)).rejects.toMatchObject({
      code: "invalid-input",
      message: `Another machine has indexed 1 files under ${fixture.root}, and none of them is on this one.`,
    });
  }
  expect((await fixture.store.list({})).map((item) => item.path)).toEqual([file]);
});

test("the machine that indexed a root itself may replace every file in it", async () => {
  await using fixture = await openFixture();
  const file = await fixture.write("a.mp4", "one\ntwo");
  await fixture.index({ sharedIndex });
  await rm(file);
  await fixture.write("b.mp4", "three");
  expect(endOf(await fixture.index({ sharedIndex }))).toMatchObject({ added: 1, removed: 1 });
});

test("roots that a machine indexed into another index count for nothing", async () => {
  await using fixture = await openFixture();
  const file = await fixture.write("a.mp4", "one\ntwo");
  await fixture.index({ sharedIndex });
  await rm(file);
  await fixture.write("b.mp4", "three");
  await expect(fixture.index({ sharedIndex: "s3://bucket/elsewhere" })).rejects.toMatchObject({
    code: "invalid-input",
  });
});

test("a file that the other machine has taken away leaves the index with this one's next run", async () => {
  await using fixture = await openFixture();
  await fixture.write("a.mp4", "one\ntwo");
  const gone = await fixture.write("b.mp4", "three");
  await fixture.index({ sharedIndex });
  await rm(gone);
  const end = endOf(await fixture.index(otherMachine(fixture.libraryDirectory)));
  expect(end).toMatchObject({ removed: 1, unchanged: 1 });
});
