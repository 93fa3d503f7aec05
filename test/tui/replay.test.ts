import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltWorker, buildWorker } from "../fakes/build-worker.ts";
import { pause, runInTerminal } from "./terminal.ts";

let worker: BuiltWorker;
let folder: string;

beforeAll(async () => {
  worker = await buildWorker("test/tui/scripted-chat.ts");
  folder = await mkdtemp(path.join(tmpdir(), "sightline-chat-"));
});

afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const start = (columns: number, rows = 24) =>
  runInTerminal([worker.script, folder], { columns, rows, env: { LANG: "C" } });

function expectShellRows(rows: readonly string[]) {
  expect(rows.slice(0, 3)).toEqual(["shell row 1", "shell row 2", "shell row 3"]);
}

test.each([40, 80, 160])("an answer of 400 lines at %i columns: each row once, in order", async (columns) => {
  const chat = start(columns);
  await chat.shows("4 files");
  chat.write("lines 400\r");
  await chat.shows("row 400 of");
  await chat.shows("Ask about your media");
  await chat.hides("esc to stop");
  const rows = chat.rows();
  expectShellRows(rows);
  const drawn = rows.flatMap((row) => /row (\d{3}) of the long answer/.exec(row)?.[1] ?? []);
  expect(drawn).toEqual(Array.from({ length: 400 }, (_, at) => String(at + 1).padStart(3, "0")));
  expect(chat.count("Ask about your media")).toBe(1);
  chat.write("\u0004");
  expect(await chat.status).toBe(0);
});

test("resizes in the middle of an answer lose no row and leave no second prompt", async () => {
  const chat = start(100);
  await chat.shows("4 files");
  chat.write("lines 200\r");
  await chat.shows("row 020 of");
  for (const [columns, rows] of [
    [60, 20],
    [44, 30],
    [120, 16],
    [50, 24],
    [90, 24],
  ] as const)
    await chat.resize(columns, rows);
  await chat.shows("row 200 of");
  await chat.hides("esc to stop");
  expectShellRows(chat.rows());
  const drawn = chat.rows().flatMap((row) => /row (\d{3}) of the long answer/.exec(row)?.[1] ?? []);
  expect(drawn).toEqual(Array.from({ length: 200 }, (_, at) => String(at + 1).padStart(3, "0")));
  expect(chat.count("Ask about your media")).toBe(1);
  expect(chat.count("? help")).toBe(1);
  chat.write("\u0004");
  expect(await chat.status).toBe(0);
});

test("rows that a narrower window breaks in two, also while they are being drawn, stand there once", async () => {
  const chat = start(80, 30);
  await chat.shows("4 files");
  chat.write("wide 140\r");
  await chat.shows("row 004 of");
  for (const columns of [60, 100, 55, 80, 50, 90, 60]) await chat.resize(columns, 30);
  await chat.shows("row 140 of");
  await chat.hides("esc to stop");
  const drawn = chat.rows().flatMap((row) => /row (\d{3}) of the wide answer/.exec(row)?.[1] ?? []);
  expect(drawn).toEqual(Array.from({ length: 140 }, (_, at) => String(at + 1).padStart(3, "0")));
  expect(chat.count("? help")).toBe(1);
  chat.write("\u0004");
  expect(await chat.status).toBe(0);
});

test("Esc in the middle of a tool stops it, says so, and the chat goes on", async () => {
  const chat = start(80);
  await chat.shows("4 files");
  chat.write("slow\r");
  await chat.shows("3/8");
  chat.write("\u001b");
  await chat.shows("Stopped.");
  chat.write("still there?\r");
  await chat.shows("You said: still there?");
  chat.write("\u0004");
  expect(await chat.status).toBe(0);
  expectShellRows(chat.rows());
  expect(chat.count("Stopped.")).toBe(1);
  expect(chat.count("Ask about your media")).toBe(0);
  expect(chat.count("? help")).toBe(0);
});

test("Chinese is written, erased, sent and answered", async () => {
  const chat = start(40);
  await chat.shows("4 files");
  chat.write("红色的车什么时候出现呢");
  await chat.shows("> 红色的车什么时候出现呢");
  chat.write("\u007f\r");
  await chat.shows("You said: 红色的车什么时候出现");
  expect(chat.count("出现呢")).toBe(0);
  await pause(200);
  chat.write("\u0003\u0003");
  expect(await chat.status).toBe(0);
});

test("what was asked is saved as it goes", async () => {
  const chat = start(80);
  await chat.shows("4 files");
  chat.write("keep this\r");
  await chat.shows("You said: keep this");
  chat.write("/sessions\r");
  await chat.shows("› keep this");
  chat.write("\u001b");
  await pause(100);
  chat.write("/quit\r");
  expect(await chat.status).toBe(0);
  expect((await readdir(path.join(folder, "sessions"))).length).toBeGreaterThan(0);
});
