import { Agent, request } from "node:http";

export interface Load {
  readonly port: number;
  readonly path: string;
  /** Sent in turn. */
  readonly bodies: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
}

export interface LoadResult {
  /** Milliseconds until each request with status 200 was answered whole, ascending. */
  readonly times: readonly number[];
  /** By status, or by what broke the connection. */
  readonly failed: ReadonlyMap<string, number>;
  readonly sent: number;
  readonly tookMs: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 512 });

/** Posts at a fixed rate, and waits for all answers. */
export async function postAtRate({ port, path, bodies, perSecond, seconds }: Load): Promise<LoadResult> {
  const times: number[] = [];
  const failed = new Map<string, number>();
  const count = (what: string) => failed.set(what, (failed.get(what) ?? 0) + 1);
  const pending: Promise<void>[] = [];
  const sent = perSecond * seconds;
  const start = performance.now();
  for (let i = 0; i < sent; i++) {
    const due = start + (i * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    const since = Math.min(due, performance.now());
    const answered = postOnce(port, path, bodies[i % bodies.length]!).then(
      // From the moment that it was due: waiting behind a slow sender counts, too.
      ({ status }) => (status === 200 ? times.push(performance.now() - since) : count(String(status))),
      (error: NodeJS.ErrnoException) => count(error.code ?? error.message),
    );
    pending.push(answered.then(() => undefined));
  }
  await Promise.all(pending);
  return { times: times.sort((a, b) => a - b), failed, sent, tookMs: performance.now() - start };
}

export function postOnce(
  port: number,
  path: string,
  body: string,
): Promise<{ readonly status: number; readonly bytes: number }> {
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: "127.0.0.1", port, path, method: "POST", headers }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, bytes }));
    });
    sent.on("error", reject).end(body);
  });
}
