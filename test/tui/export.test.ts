import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MediaId } from "../../src/media/media-item.ts";
import { timeSpan } from "../../src/media/span.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import type { Chat } from "../../src/tui/chat.ts";
import { openStore } from "../../src/tui/chat-state.ts";
import { exportConversation } from "../../src/tui/export.ts";
import { openTasks } from "../../src/tui/tasks.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sightline-export-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pixels = { width: 2, height: 2, data: new Uint8Array(12).fill(200) };

function chatWith(store = openStore()): Chat {
  const library = {
    store: { get: async () => ({ kind: "video" }) },
    pictures: { framesAt: async () => [{ timeMs: 0, pixels }] },
    readImage: async () => pixels,
  };
  const { during } = openTasks(store);
  return { store, say: tuiEn, library: async () => library, during } as unknown as Chat;
}

test("a conversation becomes a page with links to the moments and pictures beside it", async () => {
  const store = openStore();
  const citation = {
    handle: "e1",
    mediaId: "m" as MediaId,
    kind: "video",
    path: "/v/a [1] (b).mp4",
    span: timeSpan(1500, 2000),
    quote: "a car",
    check: "pixels",
  } as const;
  store.add({ type: "question", text: "an older question", attachments: [] });
  store.change({ since: 1 });
  store.add(
    { type: "question", text: "when?", attachments: [{ kind: "image", path: "/q/car.jpg" }] },
    { type: "answer", text: "At:\n- 0:01.5 [1]\nNo more." },
    { type: "citations", moments: [{ number: 1, citation }] },
  );
  const file = path.join(folder, "my talk.md");
  expect(await exportConversation(chatWith(store), file)).toBe(`Written: ${file}, with 2 pictures`);
  expect(await readFile(file, "utf8")).toBe(
    [
      "# Sightline",
      "## when?",
      "![car.jpg](my%20talk-pictures/1.jpg)",
      "At:\n- 0:01.5 [1]\n\nNo more.",
      "1. [a \\[1\\] (b).mp4](file:///v/a%20%5B1%5D%20%28b%29.mp4#t=1.5,2) 0:01.5–0:02.0 ✓ checked in the picture\n   > a car",
      "   ![a \\[1\\] (b).mp4](my%20talk-pictures/2.jpg)\n\n",
    ].join("\n\n"),
  );
  expect(await readdir(path.join(folder, "my talk-pictures"))).toEqual(["1.jpg", "2.jpg"]);
});

test("a folder that is there already is left as it is: the pictures go into one of another name", async () => {
  const store = openStore();
  store.add({ type: "question", text: "q", attachments: [{ kind: "image", path: "/q/car.jpg" }] });
  await mkdir(path.join(folder, "own-pictures"));
  await writeFile(path.join(folder, "own-pictures", "1.jpg"), "mine");
  const file = path.join(folder, "own.md");
  await exportConversation(chatWith(store), file);
  expect(await readFile(path.join(folder, "own-pictures", "1.jpg"), "utf8")).toBe("mine");
  expect(await readFile(file, "utf8")).toContain("(own-pictures-2/1.jpg)");
});

test("a file that is there already is left as it is, and the failure says what to do", async () => {
  const store = openStore();
  store.add({ type: "question", text: "q", attachments: [] });
  const file = path.join(folder, "taken.md");
  await writeFile(file, "mine");
  await expect(exportConversation(chatWith(store), file)).rejects.toMatchObject({
    message: `${file} is there already; nothing is written over.`,
    remedy: "Usage: /export FILE.md",
  });
  expect(await readFile(file, "utf8")).toBe("mine");
});
