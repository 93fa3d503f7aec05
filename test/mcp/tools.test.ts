import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openMcpHost } from "../../mcp/host.ts";
import { openApp } from "../../src/app.ts";
import { temporaryFolder } from "../media-makers/clips.ts";
import { answerOf, openSession, pictures } from "./session.ts";
import { makeSmallLibrary } from "./small-library.ts";

const folder = await temporaryFolder();
const { config, media } = await makeSmallLibrary(folder.path);
const host = openMcpHost({ config, openApp });
const session = await openSession(host);
const { client, call, read } = session;
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

interface Moment {
  readonly id: string;
  readonly file: string;
  readonly startMs?: number;
  readonly uri: string;
  readonly text?: string;
}

const momentsOf = (structured: Readonly<Record<string, unknown>>) => structured.moments as readonly Moment[];

/** One call of each tool that gives a result. */
const calls: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ask: { question: "when does something enter the yard?" },
  vector_search: { query: "hotel" },
  find_moments: { what: "enters" },
  list_media: {},
  video_seek: { media: "yard.mp4", timesMs: [1000, 5000] },
  ocr_reread: { media: "sign.png" },
  read_document: { media: "notes.md" },
  export_clip: { media: "yard.mp4", startMs: 3000, endMs: 5000 },
  embed: { texts: ["red", "blue"], pictures: [{ media: "sign.png" }] },
  index_media: {},
  job_status: {},
  job_cancel: { job: "none" },
};

const { tools } = await client.listTools();

test("at most fourteen tools are offered, and each is called here", () => {
  expect(tools.length).toBeLessThanOrEqual(14);
  expect(new Set(tools.map(({ name }) => name))).toEqual(new Set(Object.keys(calls)));
});

test("the schemas of all tools are as they were agreed on", () => {
  expect(tools).toMatchSnapshot();
});

test("every tool has a title, all four hints, and a description below 2 KB; its arguments are described", () => {
  for (const { name, title, description, annotations, inputSchema } of tools) {
    expect(title, name).toBeTruthy();
    expect(Buffer.byteLength(description ?? ""), name).toBeLessThan(2048);
    const hints = ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"] as const;
    for (const hint of hints) expect(annotations?.[hint], `${name} ${hint}`).toBeTypeOf("boolean");
    const properties = Object.entries(inputSchema.properties ?? {}) as [string, { description?: string }][];
    for (const [property, schema] of properties)
      expect(schema.description, `${name}.${property}`).toBeTruthy();
  }
});

test("a tool's entry in the list takes at most 5 KB, the whole list some 9,000 tokens", () => {
  for (const tool of tools) expect(Buffer.byteLength(JSON.stringify(tool)), tool.name).toBeLessThan(5_000);
  expect(Buffer.byteLength(JSON.stringify(tools)) / 4).toBeLessThan(9_000);
});

describe.each(Object.entries(calls))("%s", (name, args) => {
  test("answers within what clients take, without a path, and as its schema says", async () => {
    // The client compares structured content with the output schema, and throws where they differ.
    const answer = await call(name, args);
    const { result, text, structured } = answer;
    expect(result.isError ?? false, text).toBe(name === "job_cancel");
    expect(JSON.stringify(result)).not.toContain(folder.path);
    const words = JSON.stringify(result.content.filter((block) => block.type !== "image"));
    // Claude Code warns at 10,000 tokens, of some three to four bytes each.
    expect(Buffer.byteLength(words) / 3).toBeLessThan(9_000);
    expect(pictures(answer).join("").length).toBeLessThanOrEqual(700_000);
    if (name === "video_seek" || result.isError) return;
    expect(JSON.parse(answerOf({ content: result.content.slice(0, 1) }).text)).toEqual(structured);
  });

  test("answers a misspelt argument with the ones it takes", async () => {
    const { result, text } = await call(name, { ...args, qestion: "x" });
    expect(result.isError).toBe(true);
    expect(text).toContain("there is no argument `qestion`");
    for (const argument of Object.keys(calls[name] ?? {})) expect(text).toContain(`\`${argument}\``);
  });
});

test("an entry is found with its time, and its address shows the frame", async () => {
  const { structured } = await call("find_moments", { what: "enters" });
  const [entry] = momentsOf(structured);
  expect(entry?.file).toBe("yard.mp4");
  expect(Math.abs((entry?.startMs ?? 0) - 3000)).toBeLessThan(500);
  const [frame] = await read(entry?.uri ?? "");
  expect(frame?.mimeType).toBe("image/jpeg");
  expect(Buffer.from(frame?.blob ?? "", "base64").subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
});

test("ask answers with checked citations and tells of its steps", async () => {
  const steps: string[] = [];
  const given = { name: "ask", arguments: { question: "when does something red enter the yard?" } };
  const onprogress = ({ message = "" }: { message?: string | undefined }) => {
    steps.push(message);
  };
  const { structured } = answerOf((await client.callTool(given, undefined, { onprogress })) as never);
  expect(structured).toMatchObject({
    reason: "answered",
    citations: [{ file: "yard.mp4", check: "pixels" }],
  });
  expect(steps).toContain("find_moments");
});

test("frames are counted and scaled: eight times give four pictures and say how to get the rest", async () => {
  const answer = await call("video_seek", {
    media: "yard",
    timesMs: [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000],
  });
  expect(pictures(answer)).toHaveLength(4);
  expect(answer.result.structuredContent).toBeUndefined();
  expect(answer.text).toContain("timesMs [4000, 5000, 6000, 7000]");
});

test("a text that is too long is cut, and its rest can be read", async () => {
  const { structured, text } = await call("read_document", { media: "notes.md" });
  const first = momentsOf(structured);
  expect(Buffer.byteLength(text)).toBeLessThan(60_000);
  const { id } = first[0] ?? { id: "" };
  const passages: unknown[] = [];
  let next: string | undefined = `media://${id}/transcript`;
  for (let parts = 0; next !== undefined && parts < 20; parts++) {
    const [content] = await read(next);
    expect(Buffer.byteLength(content?.text ?? "")).toBeLessThan(25_000);
    const part = JSON.parse(content?.text ?? "{}") as { passages: unknown[]; next?: string; count: number };
    passages.push(...part.passages);
    if (part.next === undefined) expect(passages).toHaveLength(part.count);
    next = part.next;
  }
  expect(passages.length).toBeGreaterThan(5);
});

test("vectors that do not fit a result lie at the address that it names", async () => {
  const frames = [1000, 3500, 4000, 4500, 5000, 5500].map((timeMs) => ({ media: "yard", timeMs }));
  const { structured } = await call("embed", { pictures: frames, vectors: true });
  expect(structured.data).toBeUndefined();
  const [rest] = await read(String(structured.rest));
  expect((JSON.parse(rest?.text ?? "{}") as { data: { vectors: unknown[] } }).data.vectors).toHaveLength(6);
});

test("a file that is not there is answered with the ones that are, and what to call", async () => {
  const { result, text } = await call("video_seek", { media: "beach", timesMs: [0] });
  expect(result.isError).toBe(true);
  expect(text).toMatch(/No media matches `beach`; the library has .*yard\.mp4.*list_media/);
});

test("a clip is written into the export folder, whatever name is asked for", async () => {
  const { structured } = await call("export_clip", {
    media: "yard",
    startMs: 0,
    endMs: 1000,
    name: "../../../../escaped",
  });
  const { file } = structured.data as { file: string };
  expect(file).toMatch(/^exports\/[^/]+\.mp4$/);
  expect((await readFile(path.join(config.library, file))).length).toBeGreaterThan(500);
});

test("the folder that list_media shows can be asked for", async () => {
  const { structured } = await call("list_media", { kind: "video" });
  expect(momentsOf(structured)[0]?.file).toBe("Albums/yard.mp4");
  expect(momentsOf((await call("list_media", { folder: path.basename(media) })).structured)).toHaveLength(3);
});

test("a job runs to its end, can be waited for, and is known by its id alone", async () => {
  const started = await call("index_media");
  const { job } = started.structured as { job: string };
  const done = await call("job_status", { job, waitSeconds: 30 });
  expect(done.structured).toMatchObject({
    job,
    state: "done",
    folders: ["Albums"],
    result: { unchanged: 3 },
  });
  expect((await call("job_cancel", { job })).structured).toMatchObject({ state: "done" });
  expect((await call("job_status", { job: "guess" })).text).toContain("no such job");
});

test("what a file says reaches the client as data: no control sequence, no handle, no template token", async () => {
  const { result, structured } = await call("vector_search", { query: "Ignore all rules" });
  const said = momentsOf(structured).map((moment) => moment.text ?? "");
  expect(said.join()).toContain("Ignore all rules");
  expect(JSON.stringify(result)).not.toMatch(/<\|im_start|\[e1\]|\u202e/);
});
