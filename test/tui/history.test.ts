import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tuiEn } from "../../src/messages/tui-en.ts";
import type { Chat } from "../../src/tui/chat.ts";
import { openStore, type WaitingQuestion } from "../../src/tui/chat-state.ts";
import { textOf } from "../../src/tui/editor.ts";
import { openHistory } from "../../src/tui/history.ts";
import { press } from "../../src/tui/press.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sightline-history-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a question that is brought back has its picture again, also in a later chat, and the draft keeps its own", async () => {
  const asked: WaitingQuestion = {
    text: "where is [Image #1] ?",
    attachments: [{ kind: "image", path: "/pictures/car.jpg" }],
  };
  openHistory(folder).add(asked);
  openHistory(folder).add({ text: "plain", attachments: [] });
  await appendFile(path.join(folder, "history.jsonl"), '{"text":"no","attachments":[{"kind":"image"}]}\n');
  const history = openHistory(folder);
  expect(history.entries()).toEqual([asked, { text: "plain", attachments: [] }]);

  const store = openStore();
  const sent: WaitingQuestion[] = [];
  const ask = (question: WaitingQuestion) => sent.push(question);
  const chat = { store, say: tuiEn, media: () => [], ask } as unknown as Chat;
  const own = { attachments: [], pastes: ["a long paste"] };
  store.change({ inserts: own });
  press(chat, history, { type: "named", name: "up" });
  press(chat, history, { type: "named", name: "up" });
  expect(textOf(store.get().editor)).toBe(asked.text);
  press(chat, history, { type: "named", name: "down" });
  press(chat, history, { type: "named", name: "down" });
  expect(store.get().inserts).toEqual(own);
  for (const key of ["up", "up", "enter"]) press(chat, history, { type: "named", name: key });
  expect(sent).toEqual([asked]);
});
