import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { type LoadResult, postAtRate, postOnce } from "./post-at-rate.ts";

/** By colour, by event, by text, in two languages, and with words that nothing holds. */
const words = (
  "red car|invoice|someone enters|a red object|error|mountain|发票|blue|sunset|green car leaves|total amount|" +
  "March|红色的车|a person walks from the left|budget|yellow flower|street sign|dark|unheard-of thing|snow"
).split("|");
const bodies = words.map((text) => JSON.stringify({ text, limit: 10 }));

/**
 * Searches at a fixed rate, whether answers came or not, as people do; a server that falls behind shows it. The limit
 * is a bare route that answers a constant of the usual size, under the same load from the same client.
 */
async function run(library: string, perSecond: number, seconds: number): Promise<string> {
  const own = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  const load = { path: "/search", bodies, perSecond, seconds };
  const port = String(await freePort());
  const serve = [own("../src/cli/main.js"), "--library", library, "serve", "--port", port];
  const subject = await withServer(serve, async (pid) => {
    const warm = await Promise.all(bodies.map((body) => postOnce(Number(port), "/search", body)));
    const bytes = warm.reduce((sum, answer) => sum + answer.bytes, 0) / warm.length;
    return { bytes, ...(await measured(pid, () => postAtRate({ ...load, port: Number(port) }))) };
  });
  const limitPort = String(await freePort());
  const constant = [own("constant-route.js"), limitPort, String(Math.round(subject.bytes))];
  const limit = await withServer(constant, (pid) =>
    measured(pid, () => postAtRate({ ...load, port: Number(limitPort) })),
  );
  const cpuRatio = (subject.cpuMs / limit.cpuMs).toFixed(1);
  return [
    `${perSecond} searches/s for ${seconds} s, ${words.length} different ones, ${Math.round(subject.bytes)} bytes an answer`,
    `sightline serve   ${inWords(subject)}`,
    `a constant        ${inWords(limit)}`,
    `÷ limit           p50 ${ratio(subject, limit, 0.5)}  p99 ${ratio(subject, limit, 0.99)}  processor ${cpuRatio}`,
  ].join("\n");
}

interface Measured extends LoadResult {
  /** Most resident memory of the server. */
  readonly bytesAtMost: number;
  /** Processor time of the server, all its threads, for each answer. */
  readonly cpuMs: number;
}

async function measured(pid: number, load: () => Promise<LoadResult>): Promise<Measured> {
  const before = cpuMsOf(pid);
  const result = await load();
  const cpuMs = (cpuMsOf(pid) - before) / result.times.length;
  return { ...result, cpuMs, bytesAtMost: peakBytesOf(pid) };
}

async function withServer<T>(command: readonly string[], work: (pid: number) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await Promise.race([once(server.stdout, "data"), once(server, "exit").then(notStarted)]);
    return await work(server.pid!);
  } finally {
    server.kill("SIGTERM");
  }
}

function notStarted(): never {
  throw new Error("The server ended before it listened.");
}

function inWords(result: Measured): string {
  const { times, failed, tookMs, cpuMs, bytesAtMost } = result;
  const others = [...failed].map(([what, count]) => `${count} × ${what}`).join(", ") || "none";
  const rate = (times.length / (tookMs / 1000)).toFixed(0);
  const shares = [0.5, 0.95, 0.99, 1].map((share) => `${at(result, share).toFixed(1)}`).join(" / ");
  return (
    `${times.length} answered, ${rate}/s; other answers: ${others}; p50 / p95 / p99 / most ${shares} ms; ` +
    `processor ${cpuMs.toFixed(2)} ms each; memory ${(bytesAtMost / 1e6).toFixed(0)} MB at most`
  );
}

function at({ times }: LoadResult, share: number): number {
  return times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
}

function ratio(subject: LoadResult, limit: LoadResult, share: number): string {
  return (at(subject, share) / at(limit, share)).toFixed(1);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}

/** Linux only; 0 elsewhere. The kernel counts in hundredths of a second. */
function cpuMsOf(pid: number): number {
  const [, , user, system] = /\) \S(?: \S+){10} ((\d+) (\d+))/.exec(textOf(`/proc/${pid}/stat`)) ?? [];
  return (Number(user ?? 0) + Number(system ?? 0)) * 10;
}

function peakBytesOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

const [library, perSecond = "200", seconds = "30"] = process.argv.slice(2);
if (library === undefined) {
  process.stderr.write(
    "Name a library that is indexed: npm run bench:load -- LIBRARY [PER_SECOND] [SECONDS]\n",
  );
  process.exitCode = 2;
} else process.stdout.write(`${await run(library, Number(perSecond), Number(seconds))}\n`);
