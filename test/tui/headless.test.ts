import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines } from "../cli/sightline.ts";
import { hostile, program } from "./chat-world.ts";

let folder: string;
let library: string;

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program without a terminal; `input` is what is piped into it. */
async function run(
  args: readonly string[],
  { input = "", env = {}, stopAtFirstLine = false } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [program, "--library", library, "--model", "builtin", ...args], {
    env: { PATH: process.env.PATH, HOME: "/nonexistent", LANG: "C.UTF-8", ...env },
  });
  child.stdin.on("error", () => {}).end(input);
  if (stopAtFirstLine) child.stdout.once("data", () => child.kill("SIGINT"));
  const read = async (from: NodeJS.ReadableStream) => {
    let text = "";
    for await (const chunk of from.setEncoding("utf8")) text += String(chunk);
    return text;
  };
  const [stdout, stderr, [status]] = await Promise.all([
    read(child.stdout),
    read(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { status, stdout, stderr };
}

const question = "what does the zebra eat?";

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "sightline-headless-"));
  library = path.join(folder, "library");
  const media = path.join(folder, "media");
  await mkdir(media);
  const text = "# Zebra\n\nThe zebra \u009b2J\u009d0;owned\u009c eats 9 kilos of hay.\n";
  await writeFile(path.join(media, `zebra ${hostile}.md`), text);
  expect((await run(["index", media])).status).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Line breaks apart, no control character is in what was printed. */
function expectNoControls(text: string): void {
  expect([...text].filter((letter) => letter !== "\n" && /\p{Cc}/u.test(letter))).toEqual([]);
}

test.each([
  ["-p", ["-p", question], ""],
  ["piped stdin", [], `${question}\n`],
  ["-p with something else piped", ["-p", question], "not this\n"],
])("%s answers on stdout and exits with 0", async (_, args, input) => {
  const { status, stdout, stderr } = await run(args, { input });
  expect(status).toBe(0);
  expect(stdout).toContain("9 kilos of hay");
  expect(stdout).toMatch(/\[1\] zebra/);
  expect(stdout).not.toContain("> ");
  expect(stderr).toBe("");
  expectNoControls(stdout);
});

test("json is one object and nothing else; stream-json is an event a line that ends in the answer", async () => {
  const json = await run(["-p", question, "--output-format", "json"]);
  expect(json.status).toBe(0);
  expect(jsonLines(json.stdout)).toMatchObject([
    { reason: "answered", citations: [{ id: "e1", kind: "document", check: "text" }] },
  ]);
  expectNoControls(json.stdout);

  const stream = await run(["--output-format", "stream-json"], { input: question });
  expect(stream.status).toBe(0);
  const events = jsonLines(stream.stdout);
  expect(events[0]).toMatchObject({ type: "turn-start" });
  expect(events.map(({ type }) => type)).toContain("tool-end");
  expect(events.filter(({ type }) => type === "run-end")).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ type: "run-end", reason: "answered" });
  expectNoControls(stream.stdout);
});

test("text, JSON and stream-json are the same under NO_COLOR, TERM=dumb and CI", async () => {
  const plain = await run(["-p", question]);
  for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }, { CI: "1" }]) {
    expect(await run(["-p", question], { env })).toEqual(plain);
  }
});

test("wrong usage exits with 2, says on stderr what to do, and prints nothing on stdout", async () => {
  for (const args of [["-p", ""], [], ["-p", question, "--output-format", "xml"], ["no-such-command"]]) {
    const { status, stdout, stderr } = await run(args);
    expect([args, status, stdout]).toEqual([args, 2, ""]);
    expect(stderr).not.toBe("");
    expect(stderr).not.toContain("    at ");
  }
});

test("what cannot be answered exits with 1: no index, no model, no conversation to go on with", async () => {
  const none = await run(["--library", path.join(folder, "none"), "-p", question]);
  expect(none).toMatchObject({ status: 1, stdout: "" });
  expect(none.stderr).toContain("sightline index");
  const noModel = await run(["--model-file", "/no/such.gguf", "--model", "local", "-p", question]);
  expect(noModel).toMatchObject({ status: 1, stdout: "" });
  expect(noModel.stderr).toContain("/no/such.gguf");
});

test("an interrupted question exits with 130", async () => {
  const args = ["-p", question, "--output-format", "stream-json"];
  const { status, stdout } = await run(args, { stopAtFirstLine: true });
  expect(jsonLines(stdout).at(-1)).toMatchObject({ type: "run-end", reason: "aborted" });
  expect(status).toBe(130);
});
