import { expect, test } from "vitest";
import { estimate, learn } from "../../src/indexing/estimate.ts";
import { filesToHash, type IndexPlan, planIndex } from "../../src/indexing/plan.ts";
import type { FileOnDisk } from "../../src/indexing/walk.ts";
import type { MediaId, MediaItem } from "../../src/media/media-item.ts";

type Disk = ReadonlyMap<string, { readonly content: string; readonly modifiedAt: number }>;

function listing(disk: Disk): FileOnDisk[] {
  return [...disk].map(([path, { content, modifiedAt }]) => ({
    path,
    bytes: content.length,
    modifiedAt,
    kind: "video",
  }));
}

function planFor(disk: Disk, known: readonly MediaItem[], inScope = (_: string) => true): IndexPlan {
  const files = listing(disk).filter((file) => inScope(file.path));
  const idOf = (path: string) => `id:${disk.get(path)?.content}` as MediaId;
  const ids = new Map(filesToHash(files, known).map((file) => [file.path, idOf(file.path)]));
  return planIndex({ files, known, inScope, ids });
}

/** What the store holds once a plan is carried out. */
function carriedOut(plan: IndexPlan, known: readonly MediaItem[], disk: Disk): MediaItem[] {
  const items = new Map(known.map((item) => [item.id, item]));
  for (const item of [...plan.moved.map((move) => move.item), ...plan.refreshed]) items.set(item.id, item);
  for (const { id } of plan.gone) items.delete(id);
  for (const { file, replaces, copies } of plan.encode) {
    for (const id of replaces) items.delete(id);
    const id = `id:${disk.get(file.path)?.content}` as MediaId;
    const base = {
      id,
      kind: "video",
      path: file.path,
      bytes: file.bytes,
      modifiedAt: file.modifiedAt,
    } as const;
    items.set(id, copies.length > 0 ? { ...base, copies } : base);
  }
  return [...items.values()];
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled(disk: Disk, random: () => number, now: number): Disk {
  const next = new Map(disk);
  const names = [..."abcdefgh"].map((name) => `/media/${name}`);
  for (let change = 0; change < 4; change++) {
    const [one = "", other = ""] = [0, 1].map(() => names[Math.floor(random() * names.length)]);
    const file = next.get(one);
    const content = "x".repeat(1 + Math.floor(random() * 3)) + Math.floor(random() * 3);
    const dice = random();
    if (dice < 0.35) next.set(one, { content, modifiedAt: now + change });
    else if (dice < 0.5) next.delete(one);
    else if (file && dice < 0.75) next.delete(one) && next.set(other, file);
    else if (file) next.set(other, { ...file, modifiedAt: now + change });
  }
  return next;
}

test("whatever happens on disk, a plan brings the store up to it, and then nothing is left to do", () => {
  const random = randomFrom(7);
  let disk: Disk = new Map();
  let known: MediaItem[] = [];
  for (let round = 1; round <= 400; round++) {
    disk = shuffled(disk, random, round * 1000);
    const plan = planFor(disk, known);
    const [before, encoded] = [new Set(known.map(({ id }) => id)), plan.encode.map((step) => step.file.path)];
    for (const path of encoded) expect(before.has(`id:${disk.get(path)?.content}` as MediaId)).toBe(false);
    known = carriedOut(plan, known, disk);
    const places = known.flatMap((item) =>
      [item, ...(item.copies ?? [])].map((place) => [place.path, `${item.id}`, place.modifiedAt]),
    );
    const wanted = [...disk].map(([path, { content, modifiedAt }]) => [path, `id:${content}`, modifiedAt]);
    expect(new Map(places.map((place) => [place[0], place]))).toEqual(
      new Map(wanted.map((file) => [file[0], file])),
    );
    expect(places.length).toBe(wanted.length);
    const again = planFor(disk, known);
    expect(again).toEqual({ encode: [], moved: [], refreshed: [], gone: [], unchanged: disk.size });
  }
});

test("what lies out of scope is never judged", () => {
  const disk: Disk = new Map([["/media/a", { content: "same", modifiedAt: 1 }]]);
  const known = carriedOut(planFor(disk, []), [], disk);
  const elsewhere: Disk = new Map([["/other/b", { content: "same", modifiedAt: 2 }]]);
  const plan = planFor(elsewhere, known, (path) => path.startsWith("/other"));
  expect(plan).toMatchObject({ encode: [], moved: [], gone: [], unchanged: 1 });
  expect(plan.refreshed).toMatchObject([{ path: "/media/a", copies: [{ path: "/other/b" }] }]);
});

test("only files whose size is known are read to find their id", () => {
  const disk: Disk = new Map([
    ["/a", { content: "one", modifiedAt: 1 }],
    ["/b", { content: "three", modifiedAt: 1 }],
    ["/c", { content: "other", modifiedAt: 1 }],
    ["/d", { content: "", modifiedAt: 1 }],
    ["/e", { content: "", modifiedAt: 1 }],
  ]);
  expect(filesToHash(listing(disk), []).map((file) => file.path)).toEqual(["/b", "/c"]);
});

test("the estimate grows with bytes for videos and with files for pictures, and learns from what was measured", () => {
  const options = { costs: {}, dimensions: 256, concurrency: 2 };
  const file = (kind: "video" | "image", bytes: number) => ({ path: "/x", bytes, modifiedAt: 1, kind });
  const small = estimate([file("video", 1e6), file("video", 1e6)], options);
  const large = estimate([file("video", 1e7), file("video", 1e7)], options);
  expect(large.ms / small.ms).toBeCloseTo(10, 0);
  expect(large.bytes / small.bytes).toBeCloseTo(10, 0);
  const pictures = Array.from({ length: 10 }, () => file("image", 5e6));
  expect(estimate(pictures, options).ms / estimate(pictures.slice(5), options).ms).toBeCloseTo(2, 1);
  const costs = learn({}, "video", { bytes: 1e6, ms: 50, segments: 10 });
  expect(estimate([file("video", 4e6)], { ...options, costs }).ms).toBe(200);
  expect(estimate([], options)).toEqual({ ms: 0, bytes: 0 });
});
