import { readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { testClient } from "hono/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiRoutes, openWebApp } from "../../src/http/web-app.ts";
import { openWorkQueue } from "../../src/work-queue.ts";
import { openWebWorld, type WebWorld } from "./web-world.ts";

let world: WebWorld;
beforeAll(async () => {
  world = await openWebWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe("the library", () => {
  test("tells its roots, counts and model; indexing more is a job whose end can be seen", async () => {
    await writeFile(path.join(world.media, "garden.md"), "# Garden\n\nTulips by the shed.\n");
    const started = await world.post("/library", { paths: [world.media] });
    expect(started.status).toBe(202);
    const { job } = (await started.json()) as { job: { id: string } };
    await expect.poll(() => world.http.jobs.get(job.id)?.state, { timeout: 20_000 }).toBe("done");
    const state = (await (await world.get("/library")).json()) as {
      roots: string[];
      counts: { items: number };
      jobs: { id: string; event: { type: string; added: number } }[];
      model: { name: string; sees: boolean };
    };
    expect(state.roots).toEqual([world.media]);
    expect(state.counts.items).toBe(4);
    expect(state.jobs[0]?.event).toMatchObject({ type: "index-end", added: 1 });
    expect(state.model).toMatchObject({ name: "built-in, no language model", sees: false });
    expect((await world.post("/library", { paths: ["relative"] })).status).toBe(400);
    expect((await world.get("/library/jobs/none", { method: "DELETE" })).status).toBe(404);
  });

  test("lists the newest media first, and cuts the oldest", async () => {
    const dated = async (name: string, date: string) => {
      await writeFile(path.join(world.media, name), `# ${name}\n\nA note of ${date}.\n`);
      await utimes(path.join(world.media, name), new Date(date), new Date(date));
    };
    await dated("a-old.md", "2001-01-01");
    await dated("z-new.md", "2099-01-01");
    for await (const _ of world.http.app.index({ roots: [world.media] }, new AbortController().signal));
    const names = async (limit: number) => {
      const { items } = (await (await world.get(`/media?limit=${limit}`)).json()) as {
        items: { name: string }[];
      };
      return items.map(({ name }) => name);
    };
    const all = await names(50);
    expect([all.at(0), all.at(-1), all.length]).toEqual(["z-new.md", "a-old.md", 6]);
    expect(await names(1)).toEqual(["z-new.md"]);
    expect(await names(5)).toEqual(all.slice(0, 5));
  });

  test("changes of jobs are told as they come", async () => {
    const stop = new AbortController();
    const response = await world.get("/library/events", { signal: stop.signal });
    const reader = response.body!.getReader();
    const { job } = (await (await world.post("/library", { paths: [world.media] })).json()) as {
      job: { id: string };
    };
    let text = "";
    while (!/"state":"done"/.test(text.slice(text.lastIndexOf(job.id)))) {
      const { value, done } = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
    }
    expect(text).toContain("event: job");
    await reader.cancel();
  });

  test("whoever leaves before the first of the news is not told any more", async () => {
    await world.post("/library", { paths: [world.media] });
    let came = 0;
    let there = 0;
    const { jobs } = world.http;
    const subscribe: typeof jobs.subscribe = (listener) => {
      const stop = jobs.subscribe(listener);
      came += 1;
      there += 1;
      return () => {
        there -= 1;
        stop();
      };
    };
    const web = openWebApp({ ...world.http, jobs: { ...jobs, subscribe } }, { version: "0.0.0" });
    const response = await web.request("/library/events");
    await response.body?.cancel();
    await expect.poll(() => [came, there]).toEqual([1, 0]);
  });

  test("feedback is kept in the library's folder, for media that exist", async () => {
    const id = await world.idOf("room.mp4");
    const feedback = {
      verdict: "wrong",
      query: "cat",
      id,
      startMs: 1,
      endMs: 2,
    };
    expect((await world.post("/feedback", feedback)).status).toBe(200);
    const kept = await readFile(path.join(world.folder, "library", "feedback.jsonl"), "utf8");
    expect(JSON.parse(kept.trim())).toMatchObject({
      verdict: "wrong",
      query: "cat",
      mediaId: id,
      span: { kind: "time", startMs: 1, endMs: 2 },
    });
    expect((await world.post("/feedback", { ...feedback, id: "none" })).status).toBe(404);
    expect((await world.post("/feedback", { ...feedback, verdict: "maybe" })).status).toBe(400);
  });
});

describe("the guard", () => {
  test("other hosts and pages of other sites are refused before anything else", async () => {
    const status = async (headers: Record<string, string>, init: RequestInit = {}) =>
      (await world.get("http://127.0.0.1/media", { ...init, headers })).status;
    expect(await status({ host: "127.0.0.1:7860" })).toBe(200);
    expect(await status({ host: "[::1]:7860", origin: "http://localhost:7860" })).toBe(200);
    expect(await status({ host: "evil.example" })).toBe(403);
    expect(await status({ host: "127.0.0.1.evil.example" })).toBe(403);
    expect(await status({ host: "127.0.0.1", origin: "https://evil.example" })).toBe(403);
    expect(await status({ host: "127.0.0.1", origin: "null" })).toBe(403);
    expect(await status({ host: "127.0.0.1", "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await status({ host: "" })).toBe(403);
    expect(await status({ host: "127.0.0.1:7860", origin: "file://" })).toBe(403);
    expect(await status({ host: "user@evil.example:7860" })).toBe(403);
  });

  test("a link on another site opens the page, and nothing else of it is reached from there", async () => {
    const followed = {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    const status = async (address: string, headers: Record<string, string>, method = "GET") =>
      (await world.get(`http://127.0.0.1${address}`, { method, headers })).status;
    // The world here mounts no page: 404 has passed the guard, 403 has not.
    expect(await status("/", followed)).toBe(404);
    expect(await status("/media", followed)).toBe(403);
    expect(await status("/", followed, "POST")).toBe(403);
    expect(await status("/", { ...followed, "sec-fetch-dest": "iframe" })).toBe(403);
    expect(await status("/", { ...followed, "sec-fetch-mode": "no-cors" })).toBe(403);
  });

  test("with a token nothing is served without it; the printed link leaves a cookie", async () => {
    const web = world.webWith({ token: "long-secret" });
    const ask = (address: string, headers: Record<string, string> = {}) => web.request(address, { headers });
    expect((await ask("http://nas:7860/media")).status).toBe(403);
    expect((await ask("http://nas:7860/media", { authorization: "Bearer wrong" })).status).toBe(403);
    expect((await ask("http://nas:7860/media", { authorization: "Bearer long-secret" })).status).toBe(200);
    // What watches over a container has no token, and gets none.
    const health = await ask("http://127.0.0.1:7860/health?token=wrong");
    expect([health.status, health.headers.get("set-cookie")]).toEqual([200, null]);
    const read = await ask("http://nas:7860/", { accept: "text/html,application/xhtml+xml" });
    expect([read.status, read.headers.get("content-type")]).toEqual([
      403,
      expect.stringContaining("text/html"),
    ]);
    expect(await read.text()).toContain("Open the link that `sightline serve` printed");
    const link = await ask("http://nas:7860/?token=long-secret");
    const cookie = link.headers.get("set-cookie") ?? "";
    expect([link.status, cookie]).toEqual([303, expect.stringMatching(/HttpOnly.*SameSite=Lax/)]);
    const held = cookie.split(";")[0] ?? "";
    expect((await ask("http://nas:7860/media", { cookie: held })).status).toBe(200);
    const foreign = { cookie: held, origin: "https://evil.example", host: "nas:7860" };
    expect((await ask("http://nas:7860/media", foreign)).status).toBe(403);
  });

  test("answers carry headers that keep browsers strict", async () => {
    const { headers } = await world.get("/media");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });
});

describe("the server around it", () => {
  test("says that it is well, counts its requests, and describes itself", async () => {
    expect(await (await world.get("/health")).json()).toMatchObject({ status: "ok" });
    const metrics = await (await world.get("/metrics")).text();
    expect(metrics).toMatch(
      /sightline_http_request_seconds_count\{method="GET",route="\/media",status="200"\} \d+/,
    );
    expect(metrics).toMatch(/sightline_library_items \d/);
    const spec = (await (await world.get("/openapi.json")).json()) as { openapi: string; paths: object };
    expect(spec.openapi).toMatch(/^3\.1/);
    expect(Object.keys(spec.paths)).toEqual(
      expect.arrayContaining([
        "/media",
        "/media/{id}",
        "/search",
        "/ask",
        "/library",
        "/v1/chat/completions",
      ]),
    );
    const docs = await (await world.get("/docs")).text();
    expect(docs).toContain("/search");
    expect(docs).not.toContain("<script");
    expect((await world.get("/nowhere")).status).toBe(404);
  });

  test("a typed client knows the routes", async () => {
    const client = testClient<ApiRoutes>(world.web as unknown as ApiRoutes);
    const answer = await client.media.$get({ query: { limit: "1" } });
    const { items } = await answer.json();
    expect(items).toHaveLength(1);
  });

  test("when too many wait, the next is told so at once", async () => {
    const queue = openWorkQueue(1, 1);
    const { signal } = new AbortController();
    let finish = () => {};
    const first = queue.run(() => new Promise<void>((resolve) => (finish = resolve)), signal);
    const second = queue.run(async () => "second", signal);
    await expect(queue.run(async () => "third", signal)).rejects.toMatchObject({ code: "busy" });
    const stop = new AbortController();
    finish();
    await first;
    expect(await second).toBe("second");
    stop.abort(new Error("gone"));
    await expect(queue.run(async () => "late", stop.signal)).rejects.toThrow("gone");
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
  });

  test("none of all that was an error of our own", () => {
    expect(world.errors).toEqual([]);
  });
});
