import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writePdf } from "../../src/demo/pdf.ts";
import { searchAnswer } from "../../src/http/answer-schemas.ts";
import { failureAnswer } from "../../src/http/failure-answer.ts";
import { describedRoute, expectAsDescribed, type Spec } from "./described-answers.ts";
import { openWebWorld, type WebWorld } from "./web-world.ts";

let world: WebWorld;
const ids = new Map<string, string>();
beforeAll(async () => {
  world = await openWebWorld();
  const text = { kind: "text", text: "Invoice 1041", x: 56, y: 78, size: 18, colour: "#000000" } as const;
  await writeFile(
    path.join(world.media, "invoice.pdf"),
    writePdf([{ kind: "text", marks: [text] }], "Invoice"),
  );
  for await (const _ of world.http.app.index({ roots: [world.media] }, new AbortController().signal));
  for (const name of ["room.mp4", "red <b>.png", "boiler.md", "invoice.pdf"])
    ids.set(name, await world.idOf(name));
});
afterAll(() => world[Symbol.asyncDispose]());

const media = (name: string, part = "") => `/media/${ids.get(name)}${part}`;
type Call = () => Promise<Response> | Response;

interface Calls {
  /** Answers that are as they should be. */
  readonly good: Call;
  /** The same of another kind of content, or with other parts in it. */
  readonly alsoGood?: readonly Call[];
  /** A request that is refused, and the status that says why; what takes nothing refuses nothing but strangers. */
  readonly bad?: readonly [status: number, Call];
}

const get =
  (address: () => string): Call =>
  () =>
    world.get(address());
const post =
  (address: string, body: () => object): Call =>
  () =>
    world.post(address, body());
const form =
  (address: string, fields: () => Promise<Record<string, string | File>>): Call =>
  async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries(await fields())) body.set(name, value);
    return world.get(address, { method: "POST", body });
  };
const picture = async () => new File([await readFile(path.join(world.media, "red <b>.png"))], "a.png");
const unknown = "/media/sha256:none";

const calls: Readonly<Record<string, Calls>> = {
  "GET /health": { good: get(() => "/health") },
  "GET /metrics": { good: get(() => "/metrics") },
  "GET /openapi.json": { good: get(() => "/openapi.json") },
  "GET /docs": { good: get(() => "/docs") },
  "GET /docs/style.css": { good: get(() => "/docs/style.css") },
  "GET /media": {
    good: get(() => `/media?kind=image&limit=2&in=${encodeURIComponent(world.media)}`),
    bad: [400, get(() => "/media?limit=0")],
  },
  "GET /media/:id": {
    good: get(() => media("room.mp4")),
    alsoGood: ["red <b>.png", "boiler.md", "invoice.pdf"].map((name) => get(() => media(name))),
    bad: [404, get(() => unknown)],
  },
  "GET /media/:id/content": {
    good: get(() => media("invoice.pdf", "/content")),
    bad: [404, get(() => `${unknown}/content`)],
  },
  "GET /media/:id/transcript": {
    good: get(() => media("boiler.md", "/transcript")),
    bad: [404, get(() => `${unknown}/transcript`)],
  },
  "GET /media/:id/frame": {
    good: get(() => media("room.mp4", "/frame?t=1.5&w=64")),
    bad: [400, get(() => media("room.mp4", "/frame?t=99999"))],
  },
  "GET /media/:id/page/:page{[0-9]{1,6}}": {
    good: get(() => media("invoice.pdf", "/page/1?w=200")),
    bad: [404, get(() => media("invoice.pdf", "/page/2"))],
  },
  "GET /media/:id/picture": {
    good: get(() => media("red <b>.png", "/picture?w=64")),
    bad: [400, get(() => media("red <b>.png", "/picture?w=9000"))],
  },
  "GET /media/:id/clip": {
    good: get(() => media("room.mp4", "/clip?t=2,3")),
    bad: [400, get(() => media("room.mp4", "/clip?t=3,2"))],
  },
  "POST /search": {
    good: form("/search", async () => ({ image: await picture(), text: "red", kind: "image", limit: "2" })),
    alsoGood: ["who enters the room?", "boiler", "a red zeppelin"].map((text) =>
      post("/search", () => ({ text, refine: 1 })),
    ),
    bad: [400, post("/search", () => ({ kind: "music", text: "red" }))],
  },
  "POST /check": {
    good: post("/check", () => ({ id: ids.get("boiler.md"), source: "text", page: 1, text: "boiler" })),
    bad: [400, post("/check", () => ({ id: ids.get("boiler.md") }))],
  },
  "POST /ask": {
    good: form("/ask", async () => ({ image: await picture(), question: "where is this?" })),
    alsoGood: [post("/ask", () => ({ question: "when does someone enter the room?" }))],
    bad: [400, form("/ask", async () => ({ question: "what is it?", image: new File(["words"], "a.png") }))],
  },
  "GET /library": { good: get(() => "/library") },
  // Before the jobs below: they hold the library.
  "DELETE /library": {
    good: async () => {
      const file = path.join(world.folder, "elsewhere.md");
      await writeFile(file, "# Elsewhere\n\nA note of no use.\n");
      for await (const _ of world.http.app.index({ roots: [file] }, new AbortController().signal));
      return world.get(`/library?path=${encodeURIComponent(file)}`, { method: "DELETE" });
    },
    bad: [400, () => world.get("/library?path=relative", { method: "DELETE" })],
  },
  "POST /library": {
    good: post("/library", () => ({ paths: [world.media] })),
    bad: [400, post("/library", () => ({ paths: [] }))],
  },
  "DELETE /library/jobs/:id": {
    good: async () => {
      const { job } = (await (await world.post("/library", { paths: [world.media] })).json()) as {
        job: { id: string };
      };
      return world.get(`/library/jobs/${job.id}`, { method: "DELETE" });
    },
    bad: [404, () => world.get("/library/jobs/none", { method: "DELETE" })],
  },
  // Jobs were begun above: their news comes at once.
  "GET /library/events": { good: get(() => "/library/events") },
  "POST /feedback": {
    good: post("/feedback", () => ({ verdict: "like", query: "boiler", id: ids.get("boiler.md"), page: 1 })),
    bad: [400, post("/feedback", () => ({ verdict: "like" }))],
  },
  "POST /embeddings": {
    good: form("/embeddings", async () => ({ image: await picture(), text: "red" })),
    bad: [400, form("/embeddings", async () => ({ other: "red" }))],
  },
  "POST /v1/embeddings": {
    good: post("/v1/embeddings", () => ({ input: ["red", { text: "blue" }] })),
    alsoGood: [post("/v1/embeddings", () => ({ input: "red", encoding_format: "base64" }))],
    bad: [400, post("/v1/embeddings", () => ({ input: "red", dimensions: 3 }))],
  },
  "GET /v1/models": { good: get(() => "/v1/models") },
  "GET /v1/models/:id{.+}": {
    good: get(() => "/v1/models/built-in%2C%20no%20language%20model"),
    bad: [404, get(() => "/v1/models/nowhere/none")],
  },
  "POST /v1/chat/completions": {
    good: post("/v1/chat/completions", () => ({
      messages: [{ role: "user", content: "what was serviced?" }],
    })),
    alsoGood: [
      post("/v1/chat/completions", () => ({
        messages: [{ role: "user", content: "when does someone enter the room?" }],
        ...{ stream: true, stream_options: { include_usage: true } },
      })),
    ],
    bad: [400, post("/v1/chat/completions", () => ({ messages: [] }))],
  },
};

/** What is served beside the API: its description itself. */
const isOfTheApi = (route: string) => !/ \/(?:openapi\.json|docs|docs\/style\.css)$/.test(route);
const readSpec = async () => (await (await world.get("/openapi.json")).json()) as Spec;

describe("every route", () => {
  test("stands in the table below, and every one of the API in its description", async () => {
    const served = world.web.routes.filter(({ method }) => method !== "ALL");
    expect(new Set(served.map(({ method, path: pattern }) => `${method} ${pattern}`))).toEqual(
      new Set(Object.keys(calls)),
    );
    const { paths } = await readSpec();
    const told = Object.entries(paths).flatMap(([address, methods]) =>
      Object.keys(methods).map((method) => `${method} ${address}`),
    );
    const wanted = Object.keys(calls).filter(isOfTheApi);
    expect(new Set(told)).toEqual(new Set(wanted.map((route) => describedRoute(route).join(" "))));
  });

  test.each(Object.entries(calls))("%s answers what is right, as it is described", async (route, calls) => {
    const spec = await readSpec();
    for (const call of [calls.good, ...(calls.alsoGood ?? [])]) {
      const response = await call();
      expect(response.ok, `${response.status}`).toBe(true);
      expect(response.headers.get("content-type") ?? "").not.toBe("");
      if (isOfTheApi(route)) await expectAsDescribed(spec, route, response);
    }
  });

  test("events, words and places of a search are as they are described", async () => {
    for (const text of ["who enters the room?", "boiler", "invoice", "red"]) {
      const found: unknown = await (await world.post("/search", { text })).json();
      expect(searchAnswer.safeParse(found).error).toBeUndefined();
      expect(searchAnswer.parse(found).hits.length).toBeGreaterThan(0);
    }
  });

  test("of the API says that it refuses strangers, and that it may fail", async () => {
    const { paths } = await readSpec();
    for (const [path, methods] of Object.entries(paths))
      for (const { responses } of Object.values(methods))
        expect(Object.keys(responses), path).toEqual(expect.arrayContaining(["403", "4XX", "5XX"]));
  });

  test.each(Object.entries(calls).flatMap(([route, { bad }]) => (bad ? [[route, ...bad] as const] : [])))(
    "%s refuses with %i what is wrong, and says what to do",
    async (route, status, bad) => {
      const response = await bad();
      expect(response.status).toBe(status);
      await expectAsDescribed(await readSpec(), route, response.clone());
      const { error } = failureAnswer.parse(await response.json());
      expect(error.message).toMatch(/./);
      expect(error.remedy).toMatch(/./);
    },
  );

  test.each(Object.keys(calls))("%s is closed to pages of other sites", async (route) => {
    const [method = "", pattern = ""] = route.split(" ");
    const address = pattern.replace(/:\w+(?:\{.*\})?/g, "1");
    const init = { method, headers: { origin: "https://evil.example" } };
    const response = await world.get(address, init);
    expect(response.status).toBe(403);
    if (isOfTheApi(route)) await expectAsDescribed(await readSpec(), route, response);
  });

  test("none of all that was an error of our own", () => {
    expect(world.errors).toEqual([]);
  });
});
