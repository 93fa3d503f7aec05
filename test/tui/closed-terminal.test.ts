import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listSessions } from "../../src/tui/sessions.ts";
import { type BuiltWorker, buildWorker } from "../fakes/build-worker.ts";
import { runInTerminal } from "./terminal.ts";

let worker: BuiltWorker;
let folder: string;

beforeAll(async () => {
  worker = await buildWorker("test/tui/scripted-chat.ts");
  folder = await mkdtemp(path.join(tmpdir(), "sightline-closed-"));
});

afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test("a terminal that is closed in the middle of an answer keeps what was said until then", async () => {
  const chat = runInTerminal([worker.script, folder], { columns: 80, rows: 24, env: { LANG: "C" } });
  await chat.shows("4 files");
  chat.write("lines 4000\r");
  await chat.shows("row 300 of");
  chat.end();
  await chat.status;
  const [session] = await listSessions(folder);
  expect(session).toMatchObject({ title: "lines 4000", questions: 1 });
  expect(session?.blocks.at(-1)).toEqual({ type: "stopped" });
  const said = session?.messages.at(-1)?.text ?? "";
  expect(said.startsWith("row 001 of the long answer\n")).toBe(true);
  expect(said).toContain("row 290 of");
  const shown = (session?.blocks ?? []).flatMap((block) => (block.type === "answer" ? [block.text] : []));
  const rowsOf = (text: string) => text.split("\n").filter((row) => row !== "");
  expect(rowsOf(shown.join("\n"))).toEqual(rowsOf(said));
});
