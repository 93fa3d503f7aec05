import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltWorker, buildWorker } from "../fakes/build-worker.ts";
import { type ChatWorld, openChatWorld, startChat } from "./chat-world.ts";
import { pause, runInTerminal, shellGoesOn, type TerminalRun } from "./terminal.ts";
import { expectShellAbove } from "./transcript.ts";

let world: ChatWorld;
let worker: BuiltWorker;

beforeAll(async () => {
  world = await openChatWorld();
  worker = await buildWorker("test/tui/scripted-chat.ts");
});
afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** Where the program draws nothing, it writes not one control sequence. */
async function expectPlainEnd(chat: TerminalRun): Promise<void> {
  expect(await chat.status).toBe(0);
  expect(chat.rows().at(-1)?.trim()).toBe(shellGoesOn);
  expect(chat.output()).not.toContain("\u001b");
  expect(chat.output()).not.toMatch(/[⠁-⣿]/);
  expectShellAbove(chat);
}

test.each([
  ["TERM=dumb", { TERM: "dumb" }, []],
  ["CI=1", { CI: "1" }, []],
  ["--screen-reader", {}, ["chat", "--screen-reader"]],
])(
  "with %s the chat is lines of text: a question, its answer, a command, the end of input",
  async (_, env, extra) => {
    const args = ["--model", "builtin", ...extra];
    const chat = startChat(await world.library(), { columns: 80, args, env });
    await chat.shows("Sightline");
    await chat.shows(/^> $/m);
    chat.write("when does someone enter the room?\n");
    await chat.shows('"medium');
    await chat.shows(/^> $/m);
    chat.write("/stats\n");
    await chat.shows("1 question,");
    chat.write("what does the zebra eat?\n");
    await chat.shows("9 kilos");
    chat.write("\u0004");
    await expectPlainEnd(chat);
    const rows = chat.rows().join("\n");
    expect(rows.match(/1 moving object enters/g)).toHaveLength(1);
    const labels = [
      'Tool done: find_moments "enters", 1',
      "Answer:",
      "Cited 1: room.mp4, 0:02",
      "checked in the picture",
    ];
    for (const label of labels) expect(rows).toContain(label);
    expect(rows).not.toMatch(/[✓✗▸•→\u2500-\u259f]/);
  },
);

test("NO_COLOR draws no colour, and with colours there are some", async () => {
  const library = await world.library();
  const seen: boolean[] = [];
  for (const env of [{ NO_COLOR: "1" }, { COLORTERM: "truecolor" }]) {
    const chat = startChat(library, { columns: 80, env });
    await chat.shows("Sightline · 4 files");
    chat.write("what looks like @red\t\r");
    await chat.shows("/open 1");
    chat.write("\u0004");
    expect(await chat.status).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that set colours and styles
    seen.push(/\u001b\[[\d;]*m/.test(chat.output()));
  }
  expect(seen).toEqual([false, true]);
});

test("Ctrl+C in plain lines stops the answer and the chat goes on; where nothing is at work it leaves", async () => {
  const env = { TERM: "dumb", LANG: "C" };
  const chat = runInTerminal([worker.script, world.folder], { columns: 80, rows: 24, env });
  await chat.shows("Sightline");
  chat.write("slow\n");
  await pause(400);
  chat.write("\u0003");
  await chat.shows("Stopped.");
  chat.write("still there?\n");
  await chat.shows("You said: still there?");
  await chat.shows(/^> $/m);
  chat.write("\u0003");
  await expectPlainEnd(chat);
});

test("a terminal that goes away, and a program that is ended, leave the terminal as it was", async () => {
  const library = await world.library();
  const chat = startChat(library, { columns: 80 });
  await chat.shows("Sightline · 4 files");
  chat.write("when does someone");
  await chat.shows("> when does someone");
  process.kill(chat.programId(), "SIGTERM");
  expect(await chat.status).toBe(130);
  expect(chat.strayModes()).toEqual([]);
  expect(chat.rows().at(-1)?.trim()).toBe(shellGoesOn);
});
