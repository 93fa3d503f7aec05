import { expect, test } from "vitest";
import { resolveMedia } from "../../src/tools/media-reference.ts";
import { openMemoryStore } from "../fakes/memory-store.ts";
import { mediaItem, neverAborted } from "../retrieval/colour-world.ts";

const names = ["beach/party.mp4", "garden/party.mp4", "beach party 2.mp4", "Été.mov", "a.jpg", "part.pdf"];
const store = openMemoryStore();
for (const name of names)
  await store.put(mediaItem(name, { kind: name.endsWith("mp4") ? "video" : "image" }), []);
const resolve = async (reference: string) => (await resolveMedia(store, reference, neverAborted)).path;

test.each([
  ["id-a.jpg", "/media/a.jpg"],
  ["/media/garden/party.mp4", "/media/garden/party.mp4"],
  ["garden/party.mp4", "/media/garden/party.mp4"],
  ["BEACH PARTY 2", "/media/beach party 2.mp4"],
  ["e\u0301te\u0301", "/media/Été.mov"],
  ["garden", "/media/garden/party.mp4"],
  ["part", "/media/part.pdf"],
])("%j names %s", async (reference, path) => {
  expect(await resolve(reference)).toBe(path);
});

test("a name that several files share lists them all", async () => {
  await expect(resolve("party.mp4")).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringMatching(
      /2 files match `party\.mp4`: \/media\/beach\/party\.mp4 .*\/media\/garden\/party\.mp4/,
    ),
    remedy: expect.stringContaining("list_media"),
  });
});

test("an unknown name says what the library holds", async () => {
  await expect(resolve("moon\u001b[2J")).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringContaining("No media matches `moon`; the library has 3 videos, 3 images: "),
  });
});

test("an empty library says how to fill it", async () => {
  const empty = resolveMedia(openMemoryStore(), "x", neverAborted);
  await expect(empty).rejects.toMatchObject({ remedy: expect.stringContaining("sightline index") });
});

test("a second path of the same file names it, too", async () => {
  const copied = openMemoryStore();
  await copied.put(mediaItem("a.jpg", { copies: [{ path: "/backup/b.jpg", modifiedAt: 0 }] }), []);
  expect((await resolveMedia(copied, "b.jpg", neverAborted)).path).toBe("/media/a.jpg");
});
