import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { startConversation } from "../../src/agent/conversation.ts";
import { runAgent } from "../../src/agent/run.ts";
import { openBuiltinResponder } from "../../src/chat/builtin/responder.ts";
import type { Attachment } from "../../src/media/attachment.ts";
import { attachedAt } from "../../src/tools/attached-media.ts";
import { vectorSearch } from "../../src/tools/vector-search.ts";
import { cleanUpAfterwards, openToolWorld } from "./tool-world.ts";

cleanUpAfterwards();
const picture: Attachment = { kind: "image", path: "/tmp/query.png" };
const clip: Attachment = { kind: "clip", path: "/tmp/query.mp4", startMs: 0, endMs: 2000 };

test("#1 names what came first with the question; other words name the library", () => {
  expect(attachedAt("#1", [picture, clip])).toBe(picture);
  expect(attachedAt("attachment 2", [picture, clip])).toBe(clip);
  expect(attachedAt("party.mp4", [picture])).toBeUndefined();
  expect(() => attachedAt("#3", [picture])).toThrow("no attachment 3");
  expect(() => attachedAt("#1", [])).toThrow("came with 0");
});

test("a question that comes with a picture is answered with what looks like it", async () => {
  const { deps, folder } = await openToolWorld();
  const path = join(folder, "query.png");
  await sharp({ create: { width: 64, height: 64, channels: 3, background: "#00a000" } })
    .png()
    .toFile(path);
  const conversation = startConversation();
  let answer = "";
  for await (const event of runAgent({
    model: openBuiltinResponder(),
    tools: [vectorSearch(deps)],
    conversation,
    question: "when does this appear?",
    attachments: [{ kind: "image", path }],
    thinking: "off",
    signal: new AbortController().signal,
  })) {
    if (event.type === "run-end") answer = event.answer;
  }
  expect(answer).toContain("Most alike to what came with the question:");
  expect(answer).toContain("sign.jpg");
});
