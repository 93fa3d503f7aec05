import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";

const perSecond = 200;
const seconds = 30;
const words = ["red car", "invoice", "someone enters", "a red object", "error", "mountain", "发票", "blue"];

/** Searches at a fixed rate, whether answers came or not, as people do; a server that falls behind shows it. */
export async function run(library: string): Promise<string> {
  const cli = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
  const server = spawn(process.execPath, [cli, "--library", library, "serve", "--port", "7899"]);
  try {
    await once(server.stdout, "data");
    await search("warm up");
    const times: number[] = [];
    const failed = new Map<number, number>();
    let mostBytes = 0;
    const pending: Promise<void>[] = [];
    const start = performance.now();
    for (let i = 0; i < perSecond * seconds; i++) {
      const due = start + (i * 1000) / perSecond;
      const early = due - performance.now();
      if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
      pending.push(
        search(words[i % words.length]!).then((status) => {
          // From the moment that it was due: waiting behind a slow sender counts, too.
          if (status === 200) times.push(performance.now() - due);
          else failed.set(status, (failed.get(status) ?? 0) + 1);
        }),
      );
      if (i % perSecond === 0) mostBytes = Math.max(mostBytes, residentBytes(server.pid!));
    }
    await Promise.all(pending);
    times.sort((a, b) => a - b);
    const at = (part: number) => `${times[Math.floor((times.length - 1) * part)]?.toFixed(1)} ms`;
    const others = [...failed].map(([status, count]) => `${count} × ${status}`).join(", ") || "none";
    const took = (performance.now() - start) / 1000;
    return (
      `${perSecond} searches/s for ${seconds} s: ${times.length} answered in ${took.toFixed(1)} s, other answers: ${others}\n` +
      `p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)}  memory ${(mostBytes / 1e6).toFixed(0)} MB`
    );
  } finally {
    server.kill("SIGTERM");
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 512 });

function search(text: string): Promise<number> {
  const body = JSON.stringify({ text, limit: 10 });
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request(
      { agent, host: "127.0.0.1", port: 7899, path: "/search", method: "POST", headers },
      (answer) => answer.resume().on("end", () => resolve(answer.statusCode ?? 0)),
    );
    sent.on("error", reject).end(body);
  });
}

/** Linux only; 0 elsewhere. */
function residentBytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

const [library] = process.argv.slice(2);
if (library === undefined) {
  process.stderr.write("Name a library that is indexed: npm run bench:load -- LIBRARY\n");
  process.exitCode = 2;
} else process.stdout.write(`${await run(library)}\n`);
