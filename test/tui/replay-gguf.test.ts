import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callOf } from "../gguf/script.ts";
import { writeScriptedModel } from "../gguf/scripted-weights.ts";
import { type ChatWorld, openChatWorld, startChat } from "./chat-world.ts";
import {
  ask,
  command,
  expectLeft,
  expectOnceInOrder,
  expectTranscript,
  idle,
  repeatedRows,
  savedBlocks,
} from "./transcript.ts";

let world: ChatWorld;
let modelFile: string;

const numbers = Array.from({ length: 400 }, (_, at) => String(at + 1).padStart(3, "0"));
/** Two rows are one token of the model: long enough to be stopped while it is said, and the model stays small. */
const tale = Array.from({ length: 200 }, (_, at) =>
  numbers
    .slice(at * 2, at * 2 + 2)
    .map((number) => `row ${number} of the long tale\n`)
    .join(""),
);

/** Two threads on a busy machine wait for each other. */
const oneThread = { NO_COLOR: "1", SIGHTLINE_THREADS: "1" };

beforeAll(async () => {
  world = await openChatWorld();
  modelFile = path.join(world.folder, "brain.gguf");
  writeScriptedModel(modelFile, {
    rules: [
      {
        when: "someone enter the room",
        thought: "It asks when something happens: find_moments.",
        say: callOf("find_moments", { what: "enters" }),
      },
      { when: "event: ", say: ["Someone comes in", " [e1]", ", and a ghost", " [e9]."] },
      { when: "who was first", say: ["It was the one", " [e1]."] },
      { when: "tell me everything", say: tale },
      { when: "红色的车", say: ["红色的车没有出现", "👍🏽。"] },
    ],
    fallback: "I do not know.",
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await rm(modelFile, { force: true });
});

const start = (library: string, columns: number, rows = 24) =>
  startChat(library, {
    columns,
    rows,
    args: ["--model", "local", "--model-file", modelFile],
    env: oneThread,
  });

test.each([40, 80, 160])(
  "weights think, call a tool, cite, and answer Chinese at %i columns: each row once",
  async (columns) => {
    const library = await world.library();
    const chat = start(library, columns);
    await chat.shows("Sightline · 4 files");
    await command(chat, "/think on", /^thinking on$/m);
    chat.write("\u0014");
    await ask(chat, "when does someone enter the room?", "when does someone enter");
    await command(chat, "/think off", /^thinking off$/m);
    await ask(chat, "红色的车什么时候出现？");
    await chat.resize(columns - 7, 20);
    await chat.resize(columns, 24);
    chat.write("\u0004");
    await expectLeft(chat, 0);
    const rows = chat.rows();
    expect(repeatedRows(rows)).toEqual([]);
    expectOnceInOrder(rows, [
      "Sightline · 4 files",
      "▸ thought",
      "It asks when something happens:",
      "✓ find_moments",
      "Someone comes in",
      "you  红色的车什么时候出现？",
      "  红色的车没有出现👍🏽。",
    ]);
    expect(chat.count("[1] room.mp4  0:02")).toBe(1);
    expect(chat.count("[e9]")).toBe(1);
    expect(rows.some((row) => row.startsWith("! ") && row.includes("[e9]"))).toBe(true);
  },
);

test("an answer of 400 lines from weights, with the window made narrower and wider meanwhile: no row twice, none lost", async () => {
  const library = await world.library();
  const chat = start(library, 80);
  await chat.shows("Sightline · 4 files");
  chat.write("tell me everything\r");
  await chat.shows("row 030 of");
  for (const [columns, rows] of [
    [50, 20],
    [100, 16],
    [60, 30],
  ] as const)
    await chat.resize(columns, rows);
  await chat.shows("row 400 of");
  await idle(chat);
  chat.write("\u0004");
  await expectLeft(chat, 0);
  const drawn = chat.rows().flatMap((row) => /row (\d{3}) of the long tale/.exec(row)?.[1] ?? []);
  expect(drawn).toEqual(numbers);
});

test("Esc in the middle of what weights say keeps what was said, and the conversation goes on and is taken up again", async () => {
  const library = await world.library();
  const chat = start(library, 80);
  await chat.shows("Sightline · 4 files");
  chat.write("tell me everything\r");
  await chat.shows("row 040 of");
  chat.write("\u001b");
  await chat.shows("Stopped.");
  await idle(chat);
  const said = chat.rows().filter((row) => row.includes("of the long tale")).length;
  expect(said).toBeGreaterThanOrEqual(40);
  expect(said).toBeLessThan(400);
  await ask(chat, "when does someone enter the room?");
  await chat.shows("Someone comes in");
  chat.write("\u0004");
  await expectLeft(chat, 0);
  expectTranscript(chat.rows(), await savedBlocks(library), 80);

  const again = startChat(library, {
    columns: 100,
    args: ["--model", "local", "--model-file", modelFile, "chat", "-c"],
    env: oneThread,
  });
  await again.shows("Continued: 2 questions so far.");
  await again.shows("Someone comes in");
  await ask(again, "and who was first?");
  await again.shows("It was the one");
  again.write("\u0004");
  await expectLeft(again, 0);
  expect(again.count("Someone comes in")).toBe(1);
});
