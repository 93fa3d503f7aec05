import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { ReadBuffer, serializeMessage } from "@modelcontextprotocol/sdk/shared/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../media-makers/clips.ts";
import { answerOf } from "./session.ts";
import { makeSmallLibrary } from "./small-library.ts";

const folder = await temporaryFolder();
const { config } = await makeSmallLibrary(folder.path);
afterAll(() => folder[Symbol.asyncDispose]());

const dist = path.resolve(import.meta.dirname, "../../dist");
const program = [path.join(dist, "src/cli/main.js"), "--library", config.library, "mcp"];

/** The official client over a child's pipes, keeping each line of its stdout. */
async function connect(args: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: "/nonexistent", LANG: "C" },
  });
  let stdout = "";
  let stderr = "";
  const buffer = new ReadBuffer();
  const transport: Transport = {
    start: async () => undefined,
    send: async (message) => {
      child.stdin?.write(serializeMessage(message));
    },
    close: async () => {
      child.stdin?.end();
    },
  };
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    buffer.append(chunk);
    for (let message = buffer.readMessage(); message; message = buffer.readMessage())
      transport.onmessage?.(message);
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  const call = async (name: string, given: Readonly<Record<string, unknown>>) =>
    answerOf((await client.callTool({ name, arguments: given })) as CallToolResult);
  return {
    client,
    call,
    stderr: () => stderr,
    /** Ends the child's input and returns its lines and exit status. */
    end: async () => {
      const closed = once(child, "close");
      await client.close();
      const [status] = (await closed) as [number | null];
      return { status, lines: stdout.split("\n").filter(Boolean) };
    },
  };
}

test("over stdio: a question is answered, an abort is heard, fifty calls at once are answered, stdout is JSON alone", async () => {
  const { client, call, end } = await connect(program);
  expect(client.getServerVersion()?.name).toBe("sightline");
  expect((await call("ask", { question: "when does something enter the yard?" })).structured).toMatchObject({
    citations: [{ file: "yard.mp4" }],
  });

  const abort = new AbortController();
  const given = { name: "ocr_reread", arguments: { media: "yard.mp4", timeMs: 5000 } };
  const onprogress = () => abort.abort(new Error("enough"));
  const aborted = client.callTool(given, undefined, { signal: abort.signal, onprogress });
  setTimeout(onprogress, 500);
  await expect(aborted).rejects.toThrow("enough");
  expect((await call("list_media", {})).structured.data).toMatchObject({ total: 3 });

  const kinds: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ["vector_search", { query: "hotel" }],
    ["find_moments", { what: "visits" }],
    ["video_seek", { media: "yard", timesMs: [4000] }],
    ["read_document", { media: "notes" }],
    ["list_media", { limt: 1 }],
  ];
  const kindOf = (i: number) => kinds[i % kinds.length]!;
  const many = await Promise.all(Array.from({ length: 50 }, (_, i) => call(...kindOf(i))));
  expect(many.filter(({ result }) => result.isError)).toHaveLength(10);

  const { status, lines } = await end();
  expect(status).toBe(0);
  expect(lines.length).toBeGreaterThanOrEqual(53);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: "2.0" });
});

test("a tool that crashes is an error result; the server goes on and keeps stdout clean", async () => {
  const script = `
    import { openMcpHost } from ${JSON.stringify(path.join(dist, "mcp/host.js"))};
    import { serveStdio } from ${JSON.stringify(path.join(dist, "mcp/stdio.js"))};
    import { openApp } from ${JSON.stringify(path.join(dist, "src/app.js"))};
    const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
    const crash = { name: "crash", title: "Crash", description: "Crashes.", inputSchema: { type: "object" }, annotations,
      call: async () => undefined.nothing };
    const host = openMcpHost({ config: ${JSON.stringify(config)}, openApp });
    await serveStdio(host, new AbortController().signal, undefined, { tools: [crash] });
    await host[Symbol.asyncDispose]();
  `;
  const { call, end, stderr } = await connect(["--input-type=module", "-e", script]);
  const { result, text } = await call("crash", {});
  expect(result.isError).toBe(true);
  expect(text).toContain("the server goes on");
  expect(text).not.toContain("nothing");
  expect(stderr()).toContain("TypeError");
  expect((await call("list_media", {})).result.isError).toBeUndefined();
  const { status, lines } = await end();
  expect(status).toBe(0);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: "2.0" });
});

/** Milliseconds until a child's first byte, or until its end where it says nothing. */
async function firstByteMs(args: readonly string[], input: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [...args], { stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.write(input);
  await (input === "" ? once(child, "close") : once(child.stdout, "data"));
  const ms = performance.now() - started;
  child.kill();
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return ms;
}

test("initialize is answered within twice the time of a Node that does nothing", { retry: 2 }, async () => {
  const params = {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "test", version: "1" },
  };
  const request = `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params })}\n`;
  const empty: number[] = [];
  const answered: number[] = [];
  for (let i = 0; i < 7; i++) {
    empty.push(await firstByteMs(["-e", "0"], ""));
    answered.push(await firstByteMs(program, request));
  }
  // The best of several: other tests run beside this one.
  expect(Math.min(...answered)).toBeLessThan(2 * Math.min(...empty));
});
