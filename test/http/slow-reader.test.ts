import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChatChunk } from "../../src/chat/chat-model.ts";
import { type EventSink, eventStream } from "../../src/http/event-stream.ts";
import { openWebApp } from "../../src/http/web-app.ts";
import { openScriptedModel } from "../fakes/scripted-model.ts";
import { openWebWorld, type WebWorld } from "./web-world.ts";

const patienceMs = 300;
const thoughts = Array.from(
  { length: 50 },
  (_, n): ChatChunk => ({ type: "thinking", text: `Thought ${n}. ` }),
);
const model = openScriptedModel(Array.from({ length: 4 }, () => thoughts));
let world: WebWorld;
beforeAll(async () => {
  world = await openWebWorld({ chatModel: async () => model });
});
afterAll(() => world[Symbol.asyncDispose]());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const question = "who is there?";
const questions = {
  "/ask": { question },
  "/v1/chat/completions": { stream: true, messages: [{ role: "user", content: question }] },
};

test.each(Object.entries(questions))(
  "a reader of %s who reads nothing is let go, and the run's place is free again",
  async (address, body) => {
    const web = openWebApp({ ...world.http, patienceMs }, { version: "0.0.0" });
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const unread = await Promise.all([web.request(address, init), web.request(address, init)]);
    await expect.poll(() => world.http.long.running, { interval: 5 }).toBe(2);
    await expect.poll(() => world.http.long.running, { timeout: 5_000 }).toBe(0);
    await expect.poll(() => world.uploads()).toEqual([]);
    expect(unread.map(({ status }) => status)).toEqual([200, 200]);
  },
);

/** A server of one stream that never ends by itself, and what became of its work. */
async function openEndless(patience = patienceMs) {
  const seen = { sent: 0, ended: "" };
  const work = async ({ send, signal }: EventSink) => {
    try {
      for (;;) {
        await send("and then ".repeat(8_000));
        seen.sent += 1;
      }
    } catch {
      seen.ended = String(signal.reason);
    }
  };
  const app = new Hono().get("/", (context) => eventStream(context, { patienceMs: patience }, work));
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  return {
    seen,
    socket,
    connections: () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))),
    [Symbol.asyncDispose]: async () => {
      socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("whoever reads nothing loses the connection, too", async () => {
  await using endless = await openEndless();
  endless.socket.pause();
  await expect.poll(() => endless.seen.ended, { timeout: 5_000 }).toBe("Error: The reader reads nothing.");
  await expect.poll(endless.connections).toBe(0);
  // What the two ends of a connection hold between them, and no more.
  expect(endless.seen.sent).toBeLessThan(1_000);
});

test("a reader who is slow, but reads, is waited for", async () => {
  // Long beside what a busy machine takes, which counts as the reader's.
  const patience = 3_000;
  await using endless = await openEndless(patience);
  const { seen, socket } = endless;
  const until = performance.now() + patience * 1.5;
  while (performance.now() < until) {
    socket.resume();
    await pause(20);
    socket.pause();
    await pause(20);
  }
  expect(seen.ended).toBe("");
  socket.destroy();
  await expect.poll(() => seen.ended).toBe("Error: The reader has gone.");
});

test("news of jobs that nobody reads do not pile up: of each the newest state is kept", async () => {
  const { jobs } = world.http;
  const job = { id: "a-job", roots: ["/0"], state: "running" as const };
  const listeners = new Set<Parameters<typeof jobs.subscribe>[0]>();
  const subscribe: typeof jobs.subscribe = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const spoken = { ...jobs, list: () => [job], subscribe };
  const web = openWebApp({ ...world.http, jobs: spoken }, { version: "0.0.0" });
  const reader = (await web.request("/library/events")).body?.getReader();
  const read = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await read()).toContain('"/0"');
  for (let n = 1; n < 1000; n += 1) for (const tell of listeners) tell({ ...job, roots: [`/${n}`] });
  let reads = 0;
  for (let text = ""; !text.includes('"/999"'); reads += 1) text = await read();
  expect(reads).toBeLessThanOrEqual(2);
  await reader?.cancel();
  await expect.poll(() => listeners.size).toBe(0);
});
