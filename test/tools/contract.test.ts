import { expect, test } from "vitest";
import { allTools } from "../../src/tools/all-tools.ts";
import { type ToolCase, toolContract } from "../contracts/tool.ts";
import { openPaintedEyes } from "../fakes/painted-eyes.ts";
import { cleanUpAfterwards, openToolWorld } from "./tool-world.ts";

cleanUpAfterwards();

type Arguments = Readonly<Record<string, unknown>>;
const nowhere = "no such file.mp4";

const cases: Readonly<Record<string, { valid: Arguments; invalid: Arguments; unknownMedia?: Arguments }>> = {
  vector_search: {
    valid: { query: "red car" },
    invalid: { query: "red", limit: 0 },
    unknownMedia: { query: "red", media: nowhere },
  },
  find_moments: {
    valid: { what: "any" },
    invalid: { what: "explodes" },
    unknownMedia: { media: nowhere },
  },
  list_media: { valid: {}, invalid: { from: "yesterday" } },
  video_seek: {
    valid: { media: "street.mp4", timesMs: [0, 15_010] },
    invalid: { media: "street.mp4", timesMs: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    unknownMedia: { media: nowhere, timesMs: [0] },
  },
  look: {
    valid: { media: "street.mp4", timesMs: [0, 16_000], question: "What colour is it?" },
    invalid: { media: "street.mp4", timesMs: [0] },
    unknownMedia: { media: nowhere, timesMs: [0], question: "What?" },
  },
  ocr_reread: {
    valid: { media: "talk.mp4", timeMs: 9500 },
    invalid: { media: "talk.mp4", region: { x: 0.8, y: 0, width: 0.5, height: 0.5 } },
    unknownMedia: { media: nowhere },
  },
  read_document: {
    valid: { media: "report.pdf" },
    invalid: { media: "report.pdf", fromPage: 0 },
    unknownMedia: { media: nowhere },
  },
  export_clip: {
    valid: { media: "street.mp4", startMs: 15_000, endMs: 18_900 },
    invalid: { media: "street.mp4", startMs: -1, endMs: 5 },
    unknownMedia: { media: nowhere, startMs: 0, endMs: 1000 },
  },
  embed: {
    valid: { texts: ["red"], pictures: [{ media: "street.mp4", timeMs: 16_000 }] },
    invalid: { texts: [""] },
    unknownMedia: { pictures: [{ media: nowhere }] },
  },
};

async function open(name: string): Promise<ToolCase> {
  const { deps } = await openToolWorld();
  const tool = allTools({ ...deps, eyes: openPaintedEyes() }).find((candidate) => candidate.name === name);
  const arguments_ = cases[name];
  if (tool === undefined || arguments_ === undefined) throw new Error(`no case for ${name}`);
  return { tool, store: deps.store, ...arguments_ };
}

test("every tool has a case here, and only what writes is not read-only", async () => {
  const { deps } = await openToolWorld();
  const tools = allTools({ ...deps, eyes: openPaintedEyes() });
  expect(tools.map((tool) => tool.name).sort()).toEqual(Object.keys(cases).sort((a, b) => (a < b ? -1 : 1)));
  expect(tools.filter((tool) => !tool.readOnly).map((tool) => tool.name)).toEqual(["export_clip"]);
});

for (const name of Object.keys(cases)) toolContract(name, () => open(name));
