import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startConversation } from "../../src/agent/conversation.ts";
import { type Held, openConversations } from "../../src/http/conversations.ts";
import { openWaitingModel } from "../fakes/waiting-model.ts";
import { ffmpeg, temporaryFolder } from "../media-makers/clips.ts";
import { openWebWorld, type WebWorld } from "./web-world.ts";

const model = openWaitingModel();
let world: WebWorld;
let address: string;
let close: () => void;
beforeAll(async () => {
  world = await openWebWorld({ chatModel: async () => model });
  const server = serve({ fetch: world.web.fetch, hostname: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === "object" && bound ? bound.port : 0}`;
  close = () => server.close();
});
afterAll(async () => {
  close();
  await world[Symbol.asyncDispose]();
});

const idle = async () => {
  await expect.poll(() => world.http.long.running, { timeout: 5000 }).toBe(0);
  expect(world.http.long.waiting).toBe(0);
};

/** A question over a real connection that stays open until `hangUp`. */
function askFor(route: string, body: object | FormData) {
  const stop = new AbortController();
  const sent =
    body instanceof FormData
      ? { body }
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const answer = fetch(`${address}${route}`, { method: "POST", signal: stop.signal, ...sent });
  answer.catch(() => undefined);
  return { answer, hangUp: () => stop.abort() };
}

describe("a client that goes away", () => {
  const chat = { messages: [{ role: "user", content: "how many people?" }] };
  test.each([
    ["/ask", { question: "how many people?" }],
    ["/v1/chat/completions", { ...chat, stream: true }],
    ["/v1/chat/completions", chat],
  ])("stops the model at work for it and frees its place: POST %s %o", async (route, body) => {
    const [begun, stopped] = [model.begun, model.stopped];
    const { answer, hangUp } = askFor(route, body);
    await expect.poll(() => model.begun, { timeout: 5000 }).toBe(begun + 1);
    expect([model.stopped, world.http.long.running]).toEqual([stopped, 1]);
    hangUp();
    await expect.poll(() => model.stopped, { timeout: 5000 }).toBe(stopped + 1);
    await idle();
    await expect(answer.then((response) => response.text())).rejects.toThrow();
  });

  test("leaves no upload behind, and its conversation can go on", async () => {
    const form = new FormData();
    form.set("question", "where is this?");
    form.set("image", new File([await readFile(path.join(world.media, "red <b>.png"))], "a.png"));
    const begun = model.begun;
    const { answer, hangUp } = askFor("/ask", form);
    const reader = (await answer).body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    const conversation = /"id":"([^"]+)"/.exec(new TextDecoder().decode(value))?.[1] ?? "";
    await expect.poll(() => model.begun, { timeout: 5000 }).toBe(begun + 1);
    expect(await world.uploads()).toHaveLength(1);
    expect((await world.post("/ask", { question: "and now?", conversation })).status).toBe(429);
    hangUp();
    await idle();
    await expect.poll(() => world.uploads(), { timeout: 5000 }).toEqual([]);
    const { id } = await world.http.conversations.take(conversation, () => Promise.reject(new Error("new")));
    expect(id).toBe(conversation);
  });

  test("gives up its turn while it still waits for one", async () => {
    const begun = model.begun;
    const atWork = [1, 2].map(() => askFor("/ask", { question: "who?" }));
    await expect.poll(() => model.begun, { timeout: 5000 }).toBe(begun + 2);
    const waits = askFor("/ask", { question: "who?" });
    await expect.poll(() => world.http.long.waiting, { timeout: 5000 }).toBe(1);
    waits.hangUp();
    await expect.poll(() => world.http.long.waiting, { timeout: 5000 }).toBe(0);
    for (const { hangUp } of atWork) hangUp();
    await idle();
    expect(model.begun).toBe(begun + 2);
  });
});

test("a search, a verdict or a picture that nobody waits for any more is no error of ours", async () => {
  const id = await world.idOf("room.mp4");
  const done = new AbortController();
  const atWork = () => new Promise<void>((resolve) => done.signal.addEventListener("abort", () => resolve()));
  for (const queue of [world.http.short, world.http.checks]) {
    const free = queue === world.http.short ? 8 : 2;
    for (let taken = 0; taken < free; taken++) void queue.run(atWork, done.signal);
    const { answer, hangUp } =
      queue === world.http.short
        ? askFor("/search", { text: "boiler" })
        : askFor("/check", { id, source: "frame", startMs: 0, endMs: 100 });
    await expect.poll(() => queue.waiting, { timeout: 5000 }).toBe(1);
    hangUp();
    await expect.poll(() => queue.waiting, { timeout: 5000 }).toBe(0);
    await expect(answer).rejects.toThrow();
  }
  done.abort();
  expect(world.errors).toEqual([]);
});

test("when too many ask, the next is told so with 429 and when to come again; then there is room again", async () => {
  const asked = Array.from({ length: 18 }, () => askFor("/ask", { question: "who?" }));
  await expect.poll(() => world.http.long.waiting, { timeout: 5000 }).toBe(16);
  for (const route of ["/ask", "/v1/chat/completions"]) {
    const { answer } = askFor(route, {
      question: "me?",
      messages: [{ role: "user", content: "me?" }],
      stream: true,
    });
    const response = await answer;
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(await response.json()).toMatchObject({
      error: { code: "busy", remedy: expect.stringMatching(/Wait/) },
    });
  }
  // Searches have a queue of their own.
  expect((await world.post("/search", { text: "boiler" })).status).toBe(200);
  for (const { hangUp } of asked) hangUp();
  await idle();
  const begun = model.begun;
  const { hangUp } = askFor("/ask", { question: "now?" });
  await expect.poll(() => model.begun, { timeout: 5000 }).toBe(begun + 1);
  hangUp();
  await idle();
});

describe("what is too large", () => {
  const refused = async (response: Response) => {
    const { error } = (await response.json()) as { error: { code: string; remedy: string } };
    expect(error.remedy).not.toBe("");
    return [response.status, error.code];
  };
  const send = (route: string, fields: Record<string, string | File>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return world.get(route, { method: "POST", body });
  };

  test("a body, by what its header says or by what comes", async () => {
    const headers = { "content-type": "application/json", "content-length": String(400 * 1024 * 1024) };
    const said = await world.get("/search", { method: "POST", headers, body: "{}" });
    expect(await refused(said)).toEqual([413, "too-large"]);
    const chunk = new Uint8Array(64);
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(chunk) });
    const came = await world.webWith({ largestBody: 1000 }).request("/search", {
      method: "POST",
      headers: { "content-type": "application/json", "transfer-encoding": "chunked" },
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect(await refused(came)).toEqual([413, "too-large"]);
  });

  test("a picture of many pixels, however few bytes it has, wherever one can be sent", async () => {
    const image = new File([hugePng(9000, 8000)], "bomb.png");
    expect(await refused(await send("/search", { image }))).toEqual([413, "too-large"]);
    expect(await refused(await send("/embeddings", { image }))).toEqual([413, "too-large"]);
    expect(await refused(await send("/ask", { question: "where?", image }))).toEqual([413, "too-large"]);
    const url = `data:image/png;base64,${Buffer.from(hugePng(30_000, 30_000)).toString("base64")}`;
    expect(await refused(await world.post("/v1/embeddings", { input: [{ image: url }] }))).toEqual([
      413,
      "too-large",
    ]);
  });

  test("a clip of more than a minute, sent along or named", async () => {
    await using folder = await temporaryFolder();
    await ffmpeg("-f", "lavfi", "-i", "color=c=blue:s=64x48:r=1:d=70", folder.at("long.mp4"));
    const clip = new File([await readFile(folder.at("long.mp4"))], "long.mp4");
    expect(await refused(await send("/search", { clip }))).toEqual([413, "too-large"]);
    expect(await refused(await send("/ask", { question: "what?", clip }))).toEqual([413, "too-large"]);
    const id = await world.idOf("room.mp4");
    const named = await world.post("/search", { clip: { id, startMs: 0, endMs: 61_000 } });
    expect(await refused(named)).toEqual([413, "too-large"]);
  });

  test("and nothing of it stays on the disk", async () => {
    expect(await world.uploads()).toEqual([]);
  });
});

describe("conversations in memory", () => {
  const start = async () => startConversation();

  test("an idle one is forgotten after an hour, one that is used is not", async () => {
    let now = 0;
    const conversations = openConversations(() => now);
    const [old, used] = [
      await conversations.take(undefined, start),
      await conversations.take(undefined, start),
    ];
    conversations.release(old);
    conversations.release(used);
    now = 40 * 60_000;
    conversations.release(await conversations.take(used.id, start));
    now = 70 * 60_000;
    await expect(conversations.take(old.id, start)).rejects.toMatchObject({ code: "not-found" });
    expect((await conversations.take(used.id, start)).id).toBe(used.id);
  });

  test("of too many the one unused for longest goes first, and never one at work", async () => {
    const conversations = openConversations();
    const all: Held[] = [];
    for (let count = 0; count < 230; count += 1) all.push(await conversations.take(undefined, start));
    for (const one of all.slice(10)) conversations.release(one);
    conversations.release(await conversations.take(all[229]!.id, start));
    expect(conversations.count).toBeLessThanOrEqual(201);
    const gone = async (index: number) =>
      conversations.take(all[index]!.id, start).then(
        () => "there",
        (error: { code: string }) => error.code,
      );
    expect([await gone(0), await gone(11), await gone(228)]).toEqual(["busy", "not-found", "there"]);
  });
});

test("none of all that was an error of our own", () => {
  expect(world.errors).toEqual([]);
});

/** A real PNG whose header promises far more pixels than its data holds. */
function hugePng(width: number, height: number): Uint8Array<ArrayBuffer> {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc(64));
  return new Uint8Array(
    Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]),
  );
}
