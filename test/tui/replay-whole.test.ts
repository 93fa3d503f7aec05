import { mkdtemp, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
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

beforeAll(async () => {
  world = await openChatWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const paste = (text: string) => `\u001b[200~${text}\u001b[201~`;

test.each([40, 80, 160])(
  "a whole session with the built-in model at %i columns: each row once, the terminal as it was",
  async (columns) => {
    const library = await world.library();
    const out = await mkdtemp(path.join(world.folder, "out-"));
    const chat = startChat(library, { columns });
    await chat.shows("? help");
    await chat.shows("Sightline · 4 files");

    await ask(chat, "when does someone enter the room?", "when does someone enter");
    expect(chat.count("find_moments")).toBe(1);
    expect(chat.count("[1] room.mp4")).toBe(1);
    await command(chat, "/like 1", "Noted: [1] is right.");
    await command(chat, "/like 9", /There is no \[9\]; the last answer/);
    await command(chat, "/wrong", "Usage: /wrong N");
    await ask(chat, "what did the boiler cost?");
    await chat.shows("240 euros");
    await command(chat, "/wrong 1", "Noted: [1] is wrong.");

    // Suggestions: arrows choose, Tab takes.
    chat.write("/li");
    await chat.shows("› /library");
    chat.write("\t");
    await chat.hides("› /library");
    await command(chat, "", /files,\s+\d+\s+segments/);
    chat.write("what is in @boi");
    await chat.shows("› boiler.md");
    chat.write("\t");
    await chat.hides("› boiler.md");
    await ask(chat, "about euros", "what is in boiler.md about euros");

    // What was asked before: arrows, Ctrl+R, Ctrl+C puts away.
    chat.write("\u001b[A");
    await chat.shows("> what is in boiler.md about euros");
    chat.write("\u0003");
    await chat.shows("> Ask about your media");
    chat.write("\u0012someone");
    await chat.shows("(someone) when does someone enter");
    chat.write("\u001b");
    await chat.shows("> Ask about your media");

    // A long paste, a dropped picture, a dropped clip.
    chat.write(paste(Array.from({ length: 30 }, (_, at) => `pasted line ${at} on the boiler`).join("\n")));
    await chat.shows("> [Paste #1 30 lines]");
    chat.write("\r");
    await chat.shows("pasted line 29 on the boiler");
    await idle(chat);
    chat.write(paste(`'${world.picture}'`));
    await chat.shows("> [Image #1]");
    await ask(chat, "what looks like this?", "[Image #1] what looks like this?");
    chat.write(paste(`${world.video}#t=1,4`));
    await chat.shows("> [Clip #1 0:01.0–0:04.0]");
    await ask(chat, "what looks like this?", "[Clip #1 0:01.0–0:04.0]");

    await command(chat, "/clip 1", "Saved: ");
    await command(chat, "/clip 7", "There is no [7]");
    // Elsewhere a player would open.
    if (process.platform === "linux") await command(chat, "/open 1", "There is no screen here");
    await command(chat, "/think on", /^thinking on$/m);
    await command(chat, "/think maybe", "Usage: /think on|off|auto");
    await command(chat, "/stats", /\d+ questions,\s+\d+\s+tool\s+calls/);
    await command(chat, "/sessions", "Go on with a conversation");
    chat.write("\u001b");
    await chat.hides("Go on with a conversation");
    await command(chat, `/export ${out}/told.md`, "Written:");
    await command(chat, "/frob", "There is no command /frob.");
    await command(chat, "/help", /^\/quit(?:$| {2})/m);
    await command(chat, "/new", "A new conversation.");
    chat.write("/quit\r");
    await expectLeft(chat, 0);

    const rows = chat.rows();
    expect(repeatedRows(rows)).toEqual([]);
    expectOnceInOrder(rows, [
      "you  when does someone enter",
      "[1] room.mp4  0:02",
      "Noted: [1] is right.",
      "you  what did the boiler cost?",
      "Noted: [1] is wrong.",
      "you  what is in boiler.md",
      "pasted line 0 on the boiler",
      "pasted line 29 on the boiler",
      "you  [Image #1] what looks",
      "you  [Clip #1",
      "There is no command /frob.",
      "A new conversation.",
    ]);
    expectTranscript(rows, await savedBlocks(library), columns);
    const told = await readFile(path.join(out, "told.md"), "utf8");
    expect(told).toContain("## when does someone enter the room?");
    expect(told).toContain("room.mp4");
  },
);
