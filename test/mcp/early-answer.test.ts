import { writeFile } from "node:fs/promises";
import path from "node:path";
import { PassThrough } from "node:stream";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { SUPPORTED_PROTOCOL_VERSIONS } from "@modelcontextprotocol/sdk/types.js";
import { expect, test } from "vitest";
import { answerEarly } from "../../mcp/early-answer.ts";
import { openMcpHost } from "../../mcp/host.ts";
import { protocolVersions } from "../../mcp/identity.ts";
import { instructionsFor } from "../../mcp/instructions.ts";
import { createMcpServer } from "../../mcp/server.ts";
import { openApp } from "../../src/app.ts";
import { isMcp, libraryOf } from "../../src/cli/early-mcp.ts";
import { loadConfig } from "../../src/config.ts";
import { temporaryFolder } from "../media-makers/clips.ts";

const initialize = (protocolVersion: unknown, id: unknown = 7) => ({
  jsonrpc: "2.0",
  id,
  method: "initialize",
  params: { protocolVersion, capabilities: {}, clientInfo: { name: "test", version: "1" } },
});

async function early(library: string, line: string) {
  const input = new PassThrough();
  const output = new PassThrough();
  const listening = answerEarly(library, input, output);
  input.write(`${line}\n`);
  await new Promise((resolve) => setImmediate(resolve));
  const said = output.read() as Buffer | null;
  return {
    said: said === null ? undefined : (JSON.parse(said.toString()) as unknown),
    ...listening.handOver(),
  };
}

test("the early answer is the server's own, for versions that it knows and one that it does not", async () => {
  await using folder = await temporaryFolder();
  const { config } = {
    config: loadConfig({ library: folder.at("library") }, { SIGHTLINE_CONFIG: folder.at("none") }),
  };
  await using host = openMcpHost({ config, openApp });
  for (const version of [...protocolVersions, "2099-01-01"]) {
    const request = initialize(version);
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    const server = createMcpServer(host);
    await server.connect(serverEnd);
    const answer = new Promise<unknown>((resolve) => {
      clientEnd.onmessage = resolve;
    });
    await clientEnd.send(request as Parameters<typeof clientEnd.send>[0]);
    const { said, answered, received } = await early(config.library, JSON.stringify(request));
    expect(said).toEqual(await answer);
    expect(answered).toBe(7);
    expect(received.toString()).toBe(`${JSON.stringify(request)}\n`);
    await server.close();
  }
});

test("the versions are the ones that the protocol's library supports", () => {
  expect(protocolVersions).toEqual(SUPPORTED_PROTOCOL_VERSIONS);
});

test("anything but a whole initialize request is left to the server", async () => {
  const lines = [
    "not JSON",
    JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }),
    JSON.stringify(initialize(undefined)),
    JSON.stringify(initialize("2025-11-25", null)),
    JSON.stringify({ ...initialize("2025-11-25"), params: { protocolVersion: "2025-11-25" } }),
  ];
  for (const line of lines) {
    const { said, answered, received } = await early("/nowhere", line);
    expect(said, line).toBeUndefined();
    expect(answered).toBeUndefined();
    expect(received.toString()).toBe(`${line}\n`);
  }
});

test("the library is the one that the settings name, however they name it", async () => {
  await using folder = await temporaryFolder();
  const SIGHTLINE_CONFIG = folder.at("config.json");
  await writeFile(SIGHTLINE_CONFIG, JSON.stringify({ library: folder.at("from-file") }));
  const none = folder.at("none.json");
  const cases = [
    {
      args: ["--library", folder.at("a"), "mcp"],
      flags: { library: folder.at("a") },
      env: { SIGHTLINE_CONFIG },
    },
    { args: ["mcp", `--library=${folder.at("b")}`], flags: { library: folder.at("b") }, env: {} },
    { args: ["mcp"], flags: {}, env: { SIGHTLINE_LIBRARY: "relative", SIGHTLINE_CONFIG } },
    { args: ["mcp"], flags: {}, env: { SIGHTLINE_CONFIG } },
    { args: ["mcp"], flags: {}, env: { SIGHTLINE_CONFIG: none } },
  ];
  for (const { args, flags, env } of cases) {
    const environment = { SIGHTLINE_CONFIG: none, ...env };
    expect(libraryOf(args, environment)).toBe(loadConfig(flags, environment).library);
  }
});

test("only the command itself is mcp, not a word of a question", () => {
  expect(isMcp(["mcp"])).toBe(true);
  expect(isMcp(["--library", "mcp", "mcp", "--root", "x"])).toBe(true);
  expect(isMcp(["ask", "what", "is", "mcp"])).toBe(false);
  expect(isMcp(["--library", "mcp", "ask", "x"])).toBe(false);
  expect(isMcp(["mcp", "--help"])).toBe(false);
});

test("the instructions say what is indexed and what to call first, in less than 2 KB", () => {
  const newest = Array.from({ length: 6 }, (_, i) => `${i}-${"名".repeat(19)}.mp4`);
  const counts = { video: 12_345, image: 1, document: 234, audio: 2 };
  const text = instructionsFor({ counts, videoMs: 3_600_000, newest });
  expect(text).toContain("12345 videos, 1 picture, 234 documents, 2 audio files (1:00:00.0 of video)");
  expect(Buffer.byteLength(text)).toBeLessThan(2048);
  expect(instructionsFor(undefined)).toContain("index_media");
  expect(path.isAbsolute(text)).toBe(false);
});
