import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { Failure } from "../../media/failure.ts";
import { plainText } from "../../media/plain-text.ts";
import { sendRequest } from "../openai-server/http.ts";
import { type ServerChild, startChild } from "./child.ts";

export interface StartOptions {
  /** Absolute path of llama-server. */
  readonly binary: string;
  readonly modelFile: string;
  readonly mmproj?: string;
  readonly contextTokens: number;
  /** Further arguments for llama-server. */
  readonly args?: readonly string[];
  /** Reading a large file from a slow disk takes minutes. */
  readonly startMs: number;
}

export interface RunningServer {
  readonly child: ServerChild;
  readonly url: string;
  readonly key: string;
}

const firstPauseMs = 25;
const longestPauseMs = 400;

/** Starts llama-server on a free port of this machine and waits until its model is loaded. */
export async function startLlamaServer(options: StartOptions, signal?: AbortSignal): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const key = randomBytes(24).toString("base64url");
    const child = startChild(options.binary, serverArguments(options, port), key);
    try {
      await untilReady(child, port, options, signal);
      return { child, url: `http://127.0.0.1:${port}/v1`, key };
    } catch (error) {
      await child.stop();
      // Someone else may have taken the port between our look and the server's start.
      if (attempt < 3 && child.log.includes("couldn't bind")) continue;
      throw error;
    }
  }
}

function serverArguments(options: StartOptions, port: number): readonly string[] {
  const { modelFile, mmproj, contextTokens, args = [] } = options;
  return [
    ...["--model", modelFile],
    ...(mmproj === undefined ? [] : ["--mmproj", mmproj]),
    ...["--host", "127.0.0.1", "--port", String(port)],
    ...["--ctx-size", String(contextTokens), "--parallel", "1", "--jinja"],
    ...args,
  ];
}

async function untilReady(
  child: ServerChild,
  port: number,
  options: StartOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = performance.now() + options.startMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    signal?.throwIfAborted();
    if (await child.endsWithin(pauseMs)) throw couldNotStart(child, options);
    if ((await health(port)) === 200) return;
    if (performance.now() > deadline) throw tooSlow(child, options);
  }
}

/** The status of `/health`: 503 while the model loads; undefined while nothing listens. */
async function health(port: number): Promise<number | undefined> {
  try {
    const url = new URL(`http://127.0.0.1:${port}/health`);
    const answer = await sendRequest({ method: "GET", url, signal: AbortSignal.timeout(2000), idleMs: 2000 });
    for await (const _ of answer.body) break;
    return answer.status;
  } catch {
    return undefined;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function couldNotStart(child: ServerChild, { binary, modelFile }: StartOptions): Failure {
  const trouble = child.log.trouble();
  return new Failure({
    code: "unavailable",
    message: `llama-server could not start with ${plainText(modelFile, 200)} (it ended with ${child.ended()})${trouble === "" ? "." : `: ${trouble}`}`,
    remedy: `Try it by hand: "${binary}" --model "${modelFile}"; or build it anew: sightline models engine`,
  });
}

function tooSlow(child: ServerChild, { startMs, modelFile }: StartOptions): Failure {
  return new Failure({
    code: "timeout",
    message: `llama-server did not load ${plainText(modelFile, 200)} within ${Math.round(startMs / 1000)} seconds: ${child.log.trouble()}`,
    remedy: "Try again (the file may now be in memory), or choose a smaller model.",
  });
}
