import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { openMcpHost } from "../../../mcp/host.ts";
import { mcpRoutes } from "../../../mcp/http.ts";
import { openApp } from "../../../src/app.ts";
import { temporaryFolder } from "../../media-makers/clips.ts";
import { makeSmallLibrary } from "../small-library.ts";
import { fixtures } from "./fixtures.ts";

// Run by the Node of the tools folder: `npm run test:conformance`.
const root = path.resolve(import.meta.dirname, "../../..");
const bin = (name: string) => path.join(root, ".tools/conformance/node_modules/.bin", name);

/** Runs a tool of that folder; answers its exit status, and what it printed. */
async function run(
  args: readonly string[],
  show: "all" | "nothing",
): Promise<{ status: number; out: string }> {
  const env = { ...process.env, PATH: `${path.dirname(process.execPath)}:${process.env.PATH}` };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (show === "all") process.stdout.write(text);
    });
  }
  const [status] = (await once(child, "close")) as [number | null];
  return { status: status ?? 1, out };
}

async function conformance(config: Parameters<typeof openMcpHost>[0]["config"]): Promise<boolean> {
  await using host = openMcpHost({ config, openApp });
  const app = new Hono().route("/mcp", mcpRoutes({ host, additions: fixtures }));
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}/mcp`;
  const { status } = await run(
    [bin("conformance"), "server", "--url", url, "--requirements", "2025-11-25"],
    "all",
  );
  if ("closeAllConnections" in server) server.closeAllConnections();
  server.close();
  return status === 0;
}

const calls: readonly (readonly [tool: string, ...args: string[]])[] = [
  ["ask", "question=when does something red enter?"],
  ["vector_search", "query=hotel"],
  ["find_moments", "what=visits"],
  ["list_media"],
  ["video_seek", "media=yard.mp4", "timesMs=[4000]"],
  ["ocr_reread", "media=sign.png"],
  ["read_document", "media=notes.md"],
  ["export_clip", "media=yard.mp4", "startMs=1000", "endMs=2000"],
  ["embed", 'texts=["red","blue"]'],
  ["index_media"],
  ["job_status"],
  // Each call has a server of its own, so there is no job to stop: the answer is an error that says how to go on.
  ["job_cancel", "job=none"],
];

async function inspector(library: string): Promise<boolean> {
  const server = [process.execPath, path.join(root, "dist/src/cli/main.js"), "--library", library, "mcp"];
  const inspect = (...method: readonly string[]) =>
    run([bin("inspector"), "--cli", ...server, "--method", ...method], "nothing");
  const list = await inspect("tools/list", "--strict");
  process.stdout.write(`inspector tools/list --strict: exit ${list.status}\n`);
  if (list.status !== 0) process.stdout.write(list.out.slice(-4_000));
  let good = list.status === 0;
  for (const [tool, ...args] of calls) {
    const given = args.flatMap((arg) => ["--tool-arg", arg]);
    const { status, out } = await inspect("tools/call", "--tool-name", tool, ...given);
    const isError = /"isError": *true/.test(out);
    const passed = tool === "job_cancel" ? isError && out.includes("index_media") : status === 0 && !isError;
    process.stdout.write(
      `inspector tools/call ${tool}: ${passed ? "ok" : `FAILED (${status})\n${out.slice(-2_000)}`}\n`,
    );
    good &&= passed;
  }
  return good;
}

await using folder = await temporaryFolder();
const { config } = await makeSmallLibrary(folder.path);
const conforms = await conformance(config);
const inspected = await inspector(config.library);
process.exitCode = conforms && inspected ? 0 : 1;
