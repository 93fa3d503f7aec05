import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  ListRootsRequestSchema,
  ToolListChangedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { afterAll, expect, test } from "vitest";
import { openMcpHost } from "../../mcp/host.ts";
import type { McpTool } from "../../mcp/mcp-tool.ts";
import { type App, openApp } from "../../src/app.ts";
import type { Config } from "../../src/config.ts";
import { openIndexJobs } from "../../src/index-jobs.ts";
import { Failure } from "../../src/media/failure.ts";
import { listMedia } from "../../src/tools/list-media.ts";
import { temporaryFolder } from "../media-makers/clips.ts";
import { openSession } from "./session.ts";
import { makeSmallLibrary } from "./small-library.ts";

const folder = await temporaryFolder();
const { config, media } = await makeSmallLibrary(folder.path);
afterAll(() => folder[Symbol.asyncDispose]());

async function folderWithNote(name: string): Promise<string> {
  const made = path.join(folder.path, name);
  await mkdir(made, { recursive: true });
  await writeFile(path.join(made, "note.md"), `A note in ${name}.`);
  return made;
}

const emptyLibrary = (): Config => ({ ...config, library: folder.at(`library-${Math.random()}`) });

test("only folders that the person indexed or allowed can be indexed, links followed", async () => {
  await using host = openMcpHost({ config, openApp });
  await using session = await openSession(host);
  const secret = await folderWithNote("secret");
  await symlink(secret, path.join(media, "link"));
  const refused = [
    "/",
    "/etc",
    secret,
    path.join(media, ".."),
    path.join(media, "link"),
    "../secret",
    `${media}-2`,
  ];
  for (const one of refused) {
    const { result, text } = await session.call("index_media", { paths: [one] });
    expect(result.isError, one).toBe(true);
    expect(text).toContain("--root");
  }
  const absent = await session.call("index_media", { paths: ["/no/such/folder"] });
  expect(absent.text.replace("/no/such/folder", "/etc")).toBe(
    (await session.call("index_media", { paths: ["/etc"] })).text,
  );
  expect((await session.call("index_media", { paths: [media] })).structured).toMatchObject({
    state: "running",
  });
  expect(host.jobs.list()).toHaveLength(1);
});

test("an empty library says how to go on; a folder of --root is indexed and then found, without a new session", async () => {
  const allowed = await folderWithNote("allowed");
  await using host = openMcpHost({ config: emptyLibrary(), openApp, allowedRoots: [allowed] });
  await using session = await openSession(host);
  const before = await session.call("vector_search", { query: "note" });
  expect(before.text).toContain("Call index_media");
  expect((await session.client.listResources()).resources.map(({ uri }) => uri)).toEqual([
    "library://overview",
  ]);
  const { job } = (await session.call("index_media", { paths: ["allowed"] })).structured;
  const done = await session.call("job_status", { job, waitSeconds: 30 });
  expect(done.structured).toMatchObject({ state: "done", result: { added: 1 } });
  expect((await session.call("read_document", { media: "note.md" })).text).toContain("A note in allowed.");
  const [overview] = await session.read("library://overview");
  expect(JSON.parse(overview?.text ?? "")).toMatchObject({ counts: { document: 1 } });
});

test("while the first files are being indexed, a question is sent to the job and not to a second one", async () => {
  const idle = openIndexJobs(() => {
    throw new Error("Nothing is started here.");
  });
  const jobs = { ...idle, list: () => [{ id: "one", roots: ["/somewhere"], state: "running" as const }] };
  await using host = openMcpHost({ config: emptyLibrary(), openApp, jobs });
  await using session = await openSession(host);
  const { result, text } = await session.call("ask", { question: "when does a car pass?" });
  expect(result.isError).toBe(true);
  expect(text).toContain("call job_status");
  expect(text).not.toContain("index_media");
});

test("a folder that is allowed twice is named once", async () => {
  const allowed = await folderWithNote("twice");
  await using host = openMcpHost({ config: emptyLibrary(), openApp, allowedRoots: [allowed, allowed] });
  await using session = await openSession(host);
  expect((await session.call("index_media", { paths: ["/etc"] })).text).toContain('Allowed: "twice".');
});

test("folders that the client works in may be indexed only where the person trusts the client", async () => {
  const work = await folderWithNote("work");
  for (const trustClientRoots of [false, true]) {
    await using host = openMcpHost({
      config: emptyLibrary(),
      openApp,
      trustClientRoots,
      allowedRoots: [media],
    });
    await using session = await openSession(host, {}, { roots: {} });
    session.client.setRequestHandler(ListRootsRequestSchema, () => ({
      roots: [{ uri: pathToFileURL(work).href }, { uri: "file://another-machine/share" }],
    }));
    const { result } = await session.call("index_media", { paths: [work] });
    expect(result.isError ?? false).toBe(!trustClientRoots);
  }
});

test("a resource is known by its id alone: no address leads to a file", async () => {
  await using host = openMcpHost({ config, openApp });
  await using session = await openSession(host);
  const wrong = [
    "media://yard.mp4",
    `media://${encodeURIComponent(path.join(media, "yard.mp4"))}`,
    "media://..%2F..%2Fetc%2Fpasswd",
    "media://../../etc/passwd",
    "file:///etc/passwd",
    "rest://00000000-0000-0000-0000-000000000000",
    "media://abc/page/0",
    "media://abc/frame?t=later",
  ];
  for (const uri of wrong) {
    const failure: unknown = await session.read(uri).catch((error: unknown) => error);
    expect(failure, uri).toMatchObject({ code: -32002 });
    expect(String(failure)).not.toContain(folder.path);
  }
});

test("completion offers the ids of files whose names hold what was typed, and a prompt's files by name", async () => {
  await using host = openMcpHost({ config, openApp });
  await using session = await openSession(host);
  const complete = async (
    ref: Parameters<typeof session.client.complete>[0]["ref"],
    name: string,
    value: string,
  ) => (await session.client.complete({ ref, argument: { name, value } })).completion.values;
  const [id = ""] = await complete({ type: "ref/resource", uri: "media://{id}" }, "id", "yard");
  const [facts, preview] = await session.read(`media://${id}`);
  expect(JSON.parse(facts?.text ?? "")).toMatchObject({
    file: "yard.mp4",
    kind: "video",
    durationMs: 10_000,
  });
  expect(preview?.mimeType).toBe("image/jpeg");
  expect(await complete({ type: "ref/prompt", name: "summarise_video" }, "file", "YA")).toEqual(["yard.mp4"]);
  const asked = await session.client.getPrompt({
    name: "find_moment",
    arguments: { what: 'a "red" box\n\nIgnore', file: "yard.mp4" },
  });
  expect(asked.messages[0]?.content).toMatchObject({ text: expect.stringContaining(`"a 'red' box Ignore"`) });
  await expect(session.client.getPrompt({ name: "find_moment", arguments: {} })).rejects.toThrow("`what`");
});

test("where the chosen model does not run, every other tool works, and ask searches and says so", async () => {
  const missing = new Failure({ code: "unavailable", message: "No model at /m.gguf.", remedy: "Pull one." });
  const withoutModel = (given: Config): App => {
    const app = openApp(given);
    const openLibrary: App["openLibrary"] = async (scope) => {
      if (given.model !== "builtin") throw missing;
      return await app.openLibrary(scope);
    };
    return { ...app, openLibrary };
  };
  await using host = openMcpHost({ config: { ...config, model: "local" }, openApp: withoutModel });
  await using session = await openSession(host);
  expect((await session.call("list_media")).structured.data).toMatchObject({ total: 3 });
  const { structured } = await session.call("ask", { question: "what does the hotel cost?" });
  expect(structured).toMatchObject({ reason: "search" });
  expect(structured.warnings).toContain("No model at /m.gguf. Pull one.");
  expect(structured.citations).toContainEqual(expect.objectContaining({ file: "notes.md" }));
});

test("a tool that the library brings when it opens appears by itself, and clients are told", async () => {
  const withEyes = (given: Config): App => {
    const app = openApp(given);
    const openLibrary: App["openLibrary"] = async (scope) => {
      const library = await app.openLibrary(scope);
      const look = { ...listMedia(library), name: "look", title: "Look", readOnly: true };
      return { ...library, tools: [...library.tools, look] };
    };
    return { ...app, openLibrary };
  };
  await using host = openMcpHost({ config, openApp: withEyes });
  await using session = await openSession(host);
  const told = new Promise<void>((resolve) => {
    session.client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve());
  });
  await session.call("list_media");
  await told;
  const look = (await session.client.listTools()).tools.find(({ name }) => name === "look");
  expect(look?.outputSchema).toBeUndefined();
  expect((await session.call("look")).result.isError).toBeUndefined();
});

test("an app and jobs that are shared serve both, and outlive the host", async () => {
  await using app = openApp(config);
  await using jobs = openIndexJobs((request, signal) => app.index(request, signal));
  {
    await using host = openMcpHost({ config, openApp, app, jobs });
    await using session = await openSession(host);
    const { job } = (await session.call("index_media")).structured as { job: string };
    expect(jobs.get(job)?.state).toBe("running");
    await session.call("job_status", { job, waitSeconds: 30 });
    expect(jobs.get(job)?.state).toBe("done");
  }
  expect((await app.state()).counts?.items).toBeGreaterThanOrEqual(3);
});

test("a cancelled call aborts what the tool is doing, and a client that leaves aborts all of its calls", async () => {
  await using host = openMcpHost({ config, openApp });
  const started: Deferred[] = [deferred(), deferred()];
  const stopped: Deferred[] = [deferred(), deferred()];
  let calls = 0;
  const slow: McpTool = {
    name: "slow",
    title: "Slow",
    description: "Works until it is stopped.",
    inputSchema: { type: "object" },
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    call: async (_, { signal }) => {
      const turn = calls++;
      started[turn]?.resolve();
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      stopped[turn]?.resolve();
      throw signal.reason;
    },
  };
  const session = await openSession(host, { tools: [slow] });
  const cancel = new AbortController();
  const first = session.client.callTool({ name: "slow" }, undefined, { signal: cancel.signal });
  await started[0]?.promise;
  cancel.abort(new Error("enough"));
  await expect(first).rejects.toThrow("enough");
  await stopped[0]?.promise;
  const second = session.client.callTool({ name: "slow" });
  await started[1]?.promise;
  await session.client.close();
  await expect(second).rejects.toThrow();
  await stopped[1]?.promise;
});

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function deferred(): Deferred {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
