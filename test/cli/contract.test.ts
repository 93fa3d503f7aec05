import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonLines, sightline } from "./sightline.ts";

let folder: string;
let media: string;
let library: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-cli-"));
  media = path.join(folder, "my media");
  library = path.join(folder, "library");
  await mkdir(media);
  await sharp({ create: { width: 320, height: 240, channels: 3, background: "#d01818" } })
    .png()
    .toFile(path.join(media, "red.png"));
  await writeFile(
    path.join(media, "-notes \u001b[31m'quoted'.md"),
    "# Boiler\n\nThe boiler was serviced in May for 240 euros.\n",
  );
  await writeFile(path.join(media, "broken.jpg"), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("without a library", () => {
  test("asking says what to index, and fails", async () => {
    const { status, stdout, stderr } = await sightline([
      "--library",
      path.join(folder, "none"),
      "ask",
      "where is it?",
    ]);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("Nothing is indexed yet");
    expect(stderr).toContain("→ Index a folder first: sightline index");
  });

  test("an unknown command is wrong usage", async () => {
    expect((await sightline(["frobnicate"])).status).toBe(2);
    expect((await sightline(["search", "x", "--limit", "many"])).status).toBe(2);
    expect((await sightline(["--library", library, "search"])).status).toBe(2);
  });

  test("a folder that never was is a named failure", async () => {
    const { status, stderr } = await sightline(["--library", library, "index", path.join(folder, "nowhere")]);
    expect(status).toBe(1);
    expect(stderr).toContain("nowhere");
    expect(stderr).not.toContain("    at ");
  });

  test("a library that cannot be written is a named failure, not a stack", async () => {
    const file = path.join(media, "red.png");
    for (const args of [["index", media], ["demo"]]) {
      const { status, stderr } = await sightline(["--library", path.join(file, "library"), ...args]);
      expect(status).toBe(1);
      expect(stderr).toMatch(/red\.png.*a file stands where a folder has to be/);
      expect(stderr).toContain("→ See what is there: ls -ld");
      expect(stderr).not.toContain("    at ");
    }
  });

  test("help loads none of the native packages", async () => {
    const { status, stdout } = await sightline(["--help"], { NODE_DEBUG: "" });
    expect(status).toBe(0);
    for (const command of ["index", "search", "ask", "demo", "doctor"]) expect(stdout).toContain(command);
  });
});

describe("with a library", () => {
  test("indexing prints a line of JSON per event, names what it could not read, and exits with 3", async () => {
    const { status, stdout } = await sightline(["--library", library, "index", media, "--json"]);
    const end = jsonLines(stdout).at(-1);
    expect(end).toMatchObject({
      type: "index-end",
      added: 2,
      updated: 0,
      moved: 0,
      removed: 0,
      unchanged: 0,
    });
    expect(end?.failed).toEqual([
      {
        path: path.join(media, "broken.jpg"),
        code: expect.any(String),
        message: expect.stringContaining("broken.jpg"),
        remedy: expect.any(String),
      },
    ]);
    expect(status).toBe(3);
  });

  test("search finds the text of a file with a hostile name, and prints no control sequence", async () => {
    const { status, stdout } = await sightline(["--library", library, "search", "boiler"]);
    expect(status).toBe(0);
    expect(stdout).toContain("240 euros");
    expect(stdout).not.toContain("\u001b");
  });

  test("search prints hits and coverage as JSON, and reports words it has no picture for", async () => {
    const { stdout } = await sightline([
      "--library",
      library,
      "search",
      "red giraffe",
      "--kind",
      "image",
      "--json",
    ]);
    const [result] = jsonLines(stdout);
    expect(result).toMatchObject({
      hits: expect.any(Array),
      coverage: { items: 2, unreadable: 1, unknownWords: ["giraffe"] },
    });
  });

  test("a picture finds itself", async () => {
    const { stdout } = await sightline([
      "--library",
      library,
      "search",
      "--image",
      path.join(media, "red.png"),
      "--json",
    ]);
    const [result] = jsonLines(stdout) as { hits: { path: string }[] }[];
    expect(result?.hits[0]?.path).toBe(path.join(media, "red.png"));
  });

  test("an answer is JSON with its citations and tool calls", async () => {
    const { status, stdout } = await sightline([
      "--library",
      library,
      "ask",
      "what did the boiler cost?",
      "--json",
    ]);
    const [answer] = jsonLines(stdout);
    expect(status).toBe(0);
    expect(answer).toMatchObject({ model: "built-in, no language model", reason: "answered" });
    expect(answer?.answer).toContain("240");
    expect(answer?.citations).toMatchObject([{ id: "e1", kind: "document", check: "text" }]);
    expect(answer?.toolCalls).toContainEqual({
      name: expect.any(String),
      input: expect.any(Object),
      ms: expect.any(Number),
    });
  });

  test("stream-json is a line per event and ends in one run-end", async () => {
    const { stdout } = await sightline([
      "--library",
      library,
      "ask",
      "锅炉",
      "--output-format",
      "stream-json",
    ]);
    const types = jsonLines(stdout).map((event) => event.type);
    expect(types.filter((type) => type === "run-end")).toHaveLength(1);
    expect(types.at(-1)).toBe("run-end");
  });

  test("--in a folder that holds nothing is a failure with the command that mends it", async () => {
    const { status, stderr } = await sightline([
      "--library",
      library,
      "ask",
      "boiler?",
      "--in",
      `${os.tmpdir()}/elsewhere`,
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain("sightline index");
  });

  test("a folder that has vanished is not mounted, and loses nothing", async () => {
    const away = `${media} away`;
    await rename(media, away);
    try {
      const { stdout } = await sightline(["--library", library, "index", "--json"]);
      expect(jsonLines(stdout).at(-1)).toMatchObject({ removed: 0, notMounted: [media] });
    } finally {
      await rename(away, media);
    }
  });

  test("settings come from the environment, and flags win over it", async () => {
    const bad = await sightline(["ask", "boiler?"], { SIGHTLINE_LIBRARY: library, SIGHTLINE_MODEL: "gpt" });
    expect(bad.status).toBe(2);
    const good = await sightline(["--library", library, "ask", "boiler?"], {
      SIGHTLINE_LIBRARY: "/nonexistent",
    });
    expect(good.status).toBe(0);
  });

  test("a model that is not there is said to be missing", async () => {
    const { status, stderr } = await sightline(["--library", library, "--model", "local", "ask", "boiler?"]);
    expect(status).toBe(1);
    expect(stderr).toContain("--model builtin");
  });

  test("the doctor looks at every part", async () => {
    const { status, stdout } = await sightline(["--library", library, "doctor", "--json"]);
    const [{ checks } = { checks: [] }] = jsonLines(stdout) as {
      checks: { part: string; state: string }[];
    }[];
    expect(checks.map((check) => check.part)).toEqual([
      "machine",
      "ffmpeg",
      "ffprobe",
      "encoder",
      "OCR",
      "model",
      "models",
      "fits",
      "library",
    ]);
    expect(checks.filter((check) => check.state === "bad")).toEqual([]);
    expect(status).toBe(0);
  });
});
