import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type BuiltWorker, buildWorker } from "../fakes/build-worker.ts";
import { pause, runInTerminal } from "./terminal.ts";
import { ask, expectLeft, expectOnceInOrder, idle } from "./transcript.ts";

let worker: BuiltWorker;
let folder: string;

beforeAll(async () => {
  worker = await buildWorker("test/tui/scripted-chat.ts");
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sightline-keys-"));
  return () => rm(folder, { recursive: true, force: true });
});
afterAll(() => worker[Symbol.asyncDispose]());

const start = async (columns = 80, rows = 24) => {
  const chat = runInTerminal([worker.script, folder], { columns, rows, env: { LANG: "C", NO_COLOR: "1" } });
  await chat.shows("Sightline · 4 files");
  return chat;
};

test.each([
  [8, 40],
  [8, 80],
  [12, 40],
  [12, 160],
])(
  "a screen of %i rows and %i columns: suggestions, a long text and a queue stay within it",
  async (rows, columns) => {
    const chat = await start(columns, rows);
    chat.write("slow\r");
    await chat.shows("3/8");
    for (let at = 1; at <= 9; at += 1) chat.write(`waiting ${at}\r`);
    await chat.shows("9 waiting");
    chat.write("/");
    await chat.shows("› /");
    chat.write("\u001b[B\u001b[B\u001b[A");
    await chat.shows("› /model");
    chat.write("\u001b");
    await chat.hides("› /");
    chat.write("\u0015\u0003");
    await chat.shows("Stopped.");
    await chat.shows("You said: waiting 9");
    await idle(chat);

    chat.write("/");
    await chat.shows("› /help");
    await pause(100);
    for (const narrower of [5, 12, 0]) await chat.resize(columns - narrower, rows);
    chat.write("\u001b");
    await chat.hides("› /");
    chat.write("\u0015");
    for (let at = 1; at <= 25; at += 1) chat.write(`line ${at} of the text\n`);
    await chat.shows("line 25 of the text");
    chat.write("\u001b[A\u001b[A\u001b[A\u001b[A");
    await pause(100);
    for (const wider of [10, -9, 0]) await chat.resize(columns + wider, rows);
    chat.write("\u0003");
    await chat.shows("Ask about your media");
    chat.write("\u0004");
    await expectLeft(chat, 0);
    expectOnceInOrder(
      chat.rows(),
      Array.from({ length: 9 }, (_, at) => `You said: waiting ${at + 1}`),
    );
    for (const live of ["3/8", "› /", "of the text"]) expect(chat.count(live)).toBe(0);
  },
);

test("the cursor stands after what was written, counted in columns, and moves and erases by letters as people see them", async () => {
  const chat = await start(40);
  const cursor = () => expect.poll(() => chat.cursor(), { timeout: 20_000 });
  expect(chat.cursor().column).toBe(2);
  chat.write("红车👍🏽ab");
  await chat.shows("红车");
  await cursor().toMatchObject({ column: 2 + 4 + 2 + 2 });
  chat.write("\u001b[D\u001b[D\u001b[D");
  await cursor().toMatchObject({ column: 2 + 4 });
  chat.write("\u007f");
  await cursor().toMatchObject({ column: 2 + 2 });
  chat.write("\u001b[F\u007f\u007f\u007f");
  await cursor().toEqual({ row: "> 红", column: 4 });
  expect(chat.strayModes()).toEqual(["bracketed paste"]);
  chat.write("\u0015".concat("x".repeat(50)));
  await chat.shows("x".repeat(37));
  await cursor().toEqual({ row: `  ${"x".repeat(13)}`, column: 15 });
  chat.write("\u0003\u0004");
  await expectLeft(chat, 0);
});

test("Ctrl+C stops, clears and, pressed twice, leaves; one alone says so and is forgotten", async () => {
  const chat = await start();
  chat.write("slow\r");
  await chat.shows("3/8");
  chat.write("half a question");
  chat.write("\u0003");
  await chat.shows("Stopped.");
  await chat.shows("> half a question");
  chat.write("\u0003");
  await chat.shows("> Ask about your media");
  chat.write("\u0003");
  await chat.shows("Ctrl+C again to leave");
  chat.write("a");
  await chat.shows("> a");
  chat.write("\u007f");
  await chat.shows("> Ask about your media");
  chat.write("\u0003");
  await chat.shows("Ctrl+C again to leave");
  chat.write("\u0003");
  await expectLeft(chat, 0);
});

test("Ctrl+D does not leave with a text in the editor; in the middle of a tool it leaves and stops the tool", async () => {
  const chat = await start();
  chat.write("some text\u0004");
  await pause(150);
  await chat.shows("> some text");
  chat.write("\u0015slow\r");
  await chat.shows("3/8");
  chat.write("\u0004");
  await expectLeft(chat, 0);
});

test("arrows look back and give back the text that was being written; Ctrl+R finds the newest that fits, then the one before", async () => {
  const chat = await start();
  for (const question of ["red one", "blue one", "red two"]) await ask(chat, question);
  chat.write("not yet sent");
  chat.write("\u001b[A");
  await chat.shows("> red two");
  chat.write("\u001b[A");
  await chat.shows("> blue one");
  chat.write("\u001b[B\u001b[B");
  await chat.shows("> not yet sent");
  chat.write("\u0015\u0012red");
  await chat.shows("(red) red two");
  chat.write("\u0012");
  await chat.shows("(red) red one");
  chat.write("\r");
  await chat.hides("(red)");
  await idle(chat);
  expect(chat.count("You said: red one")).toBe(2);
  expect(chat.count("You said: red two")).toBe(1);
  chat.write("\u0004");
  await expectLeft(chat, 0);

  const again = await start();
  again.write("\u001b[A");
  await again.shows("> red one");
  again.write("\u0003");
  const long = Array.from({ length: 30 }, (_, at) => `pasted row ${at + 1}`).join("\n");
  again.write(`\u001b[200~${long}\u001b[201~`);
  await again.shows("> [Paste #1 30 lines]");
  again.write("\r");
  await again.shows("You said: pasted row 1");
  await idle(again);
  const before = again.count("pasted row 30");
  again.write("\u001b[A");
  await again.hides("Ask about your media");
  expect(again.count("pasted row 30")).toBe(before + 1);
  again.write("\u0003\u0004");
  await expectLeft(again, 0);
});
