import { expect, test } from "vitest";
import { checkCitation } from "../../src/agent/check.ts";
import { startConversation } from "../../src/agent/conversation.ts";
import { allTools } from "../../src/tools/all-tools.ts";
import { look } from "../../src/tools/look.ts";
import { runTool } from "../contracts/tool.ts";
import { openPaintedEyes } from "../fakes/painted-eyes.ts";
import { cleanUpAfterwards, openToolWorld } from "./tool-world.ts";

cleanUpAfterwards();
const { signal } = new AbortController();

async function openLook() {
  const { deps } = await openToolWorld();
  const eyes = openPaintedEyes();
  return { deps, eyes, tool: look({ ...deps, eyes }) };
}

test("without eyes the tool is not offered", async () => {
  const { deps } = await openToolWorld();
  expect(allTools(deps).map(({ name }) => name)).not.toContain("look");
});

test("each frame gets the observation of its own pixels, at its exact time", async () => {
  const { tool, eyes } = await openLook();
  const result = await runTool(tool, {
    media: "street.mp4",
    timesMs: [1010, 16_010],
    question: "What colour?",
  });
  expect(result.findings).toMatchObject([
    { span: { kind: "time" }, text: expect.stringMatching(/^It is /) },
    { span: { kind: "time", startMs: 16_000, endMs: 16_000 }, text: "It is red." },
  ]);
  expect(eyes.requests.map(({ messages }) => messages[0]?.text)).toEqual([
    expect.stringMatching(/^<1\.0 seconds>\nWhat colour\?$/),
    expect.stringMatching(/^<16\.0 seconds>\nWhat colour\?$/),
  ]);
  expect(result.imagePaths).toHaveLength(2);
});

test("an image and a page are looked at as a whole", async () => {
  const { tool } = await openLook();
  const image = await runTool(tool, { media: "sign.jpg", question: "What colour?" });
  expect(image.findings).toMatchObject([{ span: { kind: "whole" }, text: "It is green." }]);
  const page = await runTool(tool, { media: "report.pdf", page: 2, question: "What colour?" });
  expect(page.findings).toMatchObject([{ span: { kind: "page", page: 2 } }]);
  await expect(runTool(tool, { media: "report.pdf", page: 9, question: "?" })).rejects.toThrow("no page 9");
});

test("a video without times is answered with what to give", async () => {
  const { tool } = await openLook();
  await expect(runTool(tool, { media: "street.mp4", question: "What?" })).rejects.toMatchObject({
    code: "invalid-input",
    remedy: expect.stringContaining("timesMs"),
  });
});

test("what the eyes said is checked by a closed question on the frame decoded again", async () => {
  const { deps, eyes, tool } = await openLook();
  const { findings } = await runTool(tool, {
    media: "street.mp4",
    timesMs: [16_010],
    question: "What colour?",
  });
  const conversation = startConversation();
  const [told] = conversation.record(findings);
  const [wrong] = conversation.record(findings.map((finding) => ({ ...finding, text: "It is blue." })));
  const check = (evidence: typeof told) => checkCitation(evidence!, { ...deps, eyes }, signal);
  expect(await check(told)).toBe("pixels");
  expect(await check(wrong)).toBe("failed");
  expect(eyes.requests.at(-1)?.messages[0]?.text).toContain("Answer with one word: yes or no.");
});
