import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { play, playersFor } from "../../src/tui/player.ts";

const span = { kind: "time", startMs: 12_500, endMs: 13_000 } as const;
const video = { path: "/v/--script=x.mp4", span, kind: "video" } as const;
const address = "http://127.0.0.1:4242/?token=t#media=m&t=12.500";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sightline-players-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program that writes down how it was called, and ends with `status`. */
async function fakeProgram(bin: string, name: string, status = 0) {
  const file = path.join(bin, name);
  await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$@" > "${bin}/${name}.argv"\nexit ${status}\n`);
  await chmod(file, 0o755);
}

const called = async (bin: string, name: string) =>
  (await readFile(path.join(bin, `${name}.argv`), "utf8")).trimEnd().split("\n");

async function binWith(programs: Readonly<Record<string, number>>) {
  const bin = await mkdtemp(path.join(folder, "bin-"));
  for (const [name, status] of Object.entries(programs)) await fakeProgram(bin, name, status);
  return { bin, env: { PATH: bin, DISPLAY: ":0" } };
}

test("no argument of a player begins with a file's name, so that none becomes an option", () => {
  for (const platform of ["linux", "darwin", "win32"] as const)
    for (const kind of ["video", "audio", "image", "document"] as const)
      for (const player of playersFor({ ...video, kind }, address, platform))
        expect(player.args.filter((one) => /^-+script/.test(one))).toEqual([]);
});

test("mpv comes first, at the moment, with the file after the end of options", () => {
  const [mpv] = playersFor(video, address);
  expect(mpv).toEqual({
    command: "mpv",
    args: [
      "--start=12.500",
      "--force-window=yes",
      "--force-media-title=Sightline · --script=x.mp4 0:12.5–0:13.0",
      "--really-quiet",
      "--",
      "/v/--script=x.mp4",
    ],
    opens: "file",
  });
});

test.skipIf(process.platform !== "linux")("the players are tried in their order", async () => {
  const { bin, env } = await binWith({ ffplay: 0, vlc: 0 });
  expect((await play(playersFor(video, address), env))?.command).toBe("vlc");
  expect(await called(bin, "vlc")).toEqual([
    "--quiet",
    "--start-time=12.500",
    "--meta-title=Sightline · --script=x.mp4 0:12.5–0:13.0",
    "--",
    "/v/--script=x.mp4",
  ]);
});

test.skipIf(process.platform !== "linux")(
  "where the players fail at once, or there are none, the page is opened at the moment",
  async () => {
    const { bin, env } = await binWith({ ffplay: 1, "xdg-open": 0 });
    const player = await play(playersFor(video, address), env);
    expect(player).toMatchObject({ command: "xdg-open", opens: "page" });
    expect(await called(bin, "ffplay")).toEqual([
      "-loglevel",
      "quiet",
      "-window_title",
      "Sightline · --script=x.mp4 0:12.5–0:13.0",
      "-ss",
      "12.500",
      "-i",
      "file:/v/--script=x.mp4",
    ]);
    expect(await called(bin, "xdg-open")).toEqual([address]);
  },
);

test.skipIf(process.platform !== "linux")("without a screen, or any program, nothing is opened", async () => {
  const { env } = await binWith({ mpv: 0 });
  expect(await play(playersFor(video, address), { PATH: env.PATH })).toBeUndefined();
  const none = await binWith({});
  expect(await play(playersFor(video, address), none.env)).toBeUndefined();
});

test("a picture is for its viewer, a page of a document for the browser, which can go to it", () => {
  const opens = (kind: "image" | "document", at: Parameters<typeof playersFor>[0]["span"]) =>
    playersFor({ path: "/v/a", kind, span: at }, address, "linux").map((one) => one.opens);
  expect(opens("image", { kind: "whole" })).toEqual(["file", "page"]);
  expect(opens("document", { kind: "page", page: 3 })).toEqual(["page", "file"]);
});
