import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { startConversation } from "../../src/agent/conversation.ts";
import { openStore, type Store } from "../../src/tui/chat-state.ts";
import { conversationOf, openSaving, type SavingListener } from "../../src/tui/saving.ts";
import { listSessions, type SavedSession } from "../../src/tui/sessions.ts";
import { emptyRun } from "../../src/tui/view.ts";

const folders: string[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sightline-sessions-"));
  folders.push(folder);
});
afterAll(async () => {
  for (const one of folders) await rm(one, { recursive: true, force: true });
});

const noFailure: SavingListener = {
  failed: (error) => {
    throw error;
  },
  wentElsewhere: () => {
    throw new Error("Nobody else writes here.");
  },
};

function ask(store: Store, text: string) {
  store.add({ type: "question", text, attachments: [] });
}

async function onlySession() {
  const [session, ...others] = await listSessions(folder);
  expect(others).toEqual([]);
  if (!session) throw new Error("There is no session.");
  return session;
}

test("a question is saved before there is anything to answer it", async () => {
  const store = openStore();
  const saving = openSaving(store, folder, noFailure);
  ask(store, "where is the dog?");
  saving.save();
  const session = await onlySession();
  expect(session).toMatchObject({ title: "where is the dog?", questions: 1 });
  expect(session.blocks.at(-1)).toEqual({ type: "stopped" });
});

test("a turn that is killed leaves what was said, and can be gone on with, twice", async () => {
  const store = openStore();
  const saving = openSaving(store, folder, noFailure);
  const conversation = startConversation("system");
  ask(store, "tell me");
  conversation.add({ role: "user", text: "tell me" });
  const unfollow = saving.follow(conversation);
  const text = "First part.\n\nSecond pa";
  const run = { ...emptyRun, text, committed: 13, live: "Second pa" };
  store.change({ run, blocks: [...store.get().blocks, { type: "answer", text: "First part.\n\n" }] });
  unfollow();
  saving.save(conversation);
  // killed here, in the middle of writing a row
  const [name = ""] = await readdir(path.join(folder, "sessions"));
  const killed = await onlySession();
  expect(killed.blocks.map((block) => (block.type === "answer" ? block.text : block.type))).toEqual([
    "question",
    "First part.\n\n",
    "Second pa",
    "stopped",
  ]);
  expect(conversationOf(killed).messages.at(-1)).toEqual({ role: "assistant", text });

  const next = openStore();
  next.add(...killed.blocks);
  const goesOn = openSaving(next, folder, noFailure);
  goesOn.turnTo(killed);
  const again = conversationOf(killed);
  ask(next, "continue");
  again.add({ role: "user", text: "continue" });
  again.add({ role: "assistant", text: "The rest." });
  next.add({ type: "answer", text: "The rest." });
  goesOn.save(again);
  await appendFile(path.join(folder, "sessions", name), '{"block":{"type":"ans');

  const later = await onlySession();
  expect(later.questions).toBe(2);
  expect(later.mended).toEqual([]);
  expect(later.messages.map((message) => message.text)).toEqual([
    "system",
    "tell me",
    text,
    "continue",
    "The rest.",
  ]);
  expect(later.blocks.map(({ type }) => type)).toEqual([
    "question",
    "answer",
    "answer",
    "stopped",
    "question",
    "answer",
  ]);
});

test("what is said after a program was killed in the middle of a row is saved", async () => {
  const store = openStore();
  const saving = openSaving(store, folder, noFailure);
  ask(store, "first");
  saving.save();
  const [name = ""] = await readdir(path.join(folder, "sessions"));
  await appendFile(path.join(folder, "sessions", name), '{"block":{"type":"ans');

  const next = openStore();
  const goesOn = openSaving(next, folder, noFailure);
  goesOn.turnTo(await onlySession());
  ask(next, "second");
  goesOn.save();
  const { blocks } = await onlySession();
  expect(blocks.map((block) => (block.type === "question" ? block.text : block.type))).toEqual([
    "first",
    "stopped",
    "second",
    "stopped",
  ]);
});

test("notes, greetings and what was only shown once more are not saved", async () => {
  const store = openStore();
  const saving = openSaving(store, folder, noFailure);
  ask(store, "q");
  store.add({ type: "note", text: "n" }, { type: "greeting", text: "g" }, { type: "expanded", blocks: [] });
  saving.save();
  const [name = ""] = await readdir(path.join(folder, "sessions"));
  const rows = (await readFile(path.join(folder, "sessions", name), "utf8")).trim().split("\n");
  expect(rows).toHaveLength(1);
});

test("a library that cannot be written is told of once, and the chat goes on", async () => {
  const store = openStore();
  const told: string[] = [];
  const saving = openSaving(store, "/dev/null/no-folder", {
    ...noFailure,
    failed: ({ message }) => told.push(message),
  });
  ask(store, "q");
  saving.save();
  ask(store, "q2");
  saving.save();
  expect(told).toHaveLength(1);
});

/** A chat that goes on with a session, and what it has been told. */
function goingOn(session: SavedSession) {
  const store = openStore();
  let elsewhere = 0;
  const saving = openSaving(store, folder, {
    ...noFailure,
    wentElsewhere: () => {
      elsewhere += 1;
    },
  });
  store.add(...session.blocks);
  saving.turnTo(session);
  const conversation = conversationOf(session);
  const say = (text: string) => {
    ask(store, text);
    saving.save();
    conversation.add({ role: "user", text });
    conversation.add({ role: "assistant", text: `to ${text}` });
    store.add({ type: "answer", text: `to ${text}` });
    saving.save(conversation);
  };
  return { say, elsewhere: () => elsewhere };
}

const texts = ({ messages }: SavedSession) => messages.map(({ text }) => text);

test("two chats that go on with one session: who writes second goes on as a copy, and neither loses a turn", async () => {
  goingOn({
    id: "s",
    title: "",
    messages: [],
    blocks: [],
    at: 0,
    questions: 0,
    mended: [],
    rows: [],
    bytes: 0,
  }).say("1");
  const saved = await onlySession();
  const [first, second] = [goingOn(saved), goingOn(saved)];
  first.say("2");
  second.say("two");
  first.say("3");
  second.say("three");
  expect([first.elsewhere(), second.elsewhere()]).toEqual([0, 1]);
  const all = await listSessions(folder);
  expect(all.map(texts).sort()).toEqual([
    ["1", "to 1", "2", "to 2", "3", "to 3"],
    ["1", "to 1", "two", "to two", "three", "to three"],
  ]);
  expect(all.map(({ questions }) => questions)).toEqual([3, 3]);
});

test("a session is not mended while the chat that is at work on it may still go on", async () => {
  const store = openStore();
  const saving = openSaving(store, folder, noFailure);
  ask(store, "first");
  saving.save();
  const second = goingOn(await onlySession());
  const conversation = startConversation();
  conversation.add({ role: "user", text: "first" });
  conversation.add({ role: "assistant", text: "whole" });
  store.add({ type: "answer", text: "whole" });
  saving.save(conversation);
  second.say("two");
  const all = await listSessions(folder);
  expect(all.map(({ blocks }) => blocks.map(({ type }) => type)).sort()).toEqual([
    ["question", "answer"],
    ["question", "stopped", "question", "answer"],
  ]);
});
