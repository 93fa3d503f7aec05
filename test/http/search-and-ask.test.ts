import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventsOf, openWebWorld, type WebWorld } from "./web-world.ts";

let world: WebWorld;
beforeAll(async () => {
  world = await openWebWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

interface Hits {
  hits: {
    id: string;
    name: string;
    source: string;
    startMs?: number;
    endMs?: number;
    text?: string;
    why: { sources: string[]; words: string[]; snippet?: { text: string } };
  }[];
  coverage: { items: number; unknownWords: string[] };
}

const hitsOf = async (response: Response) => (await response.json()) as Hits;

test("words find moments, and say what was examined", async () => {
  const { hits, coverage } = await hitsOf(await world.post("/search", { text: "boiler" }));
  expect(hits[0]).toMatchObject({ name: "boiler.md" });
  expect(coverage.items).toBe(3);
  const none = await hitsOf(await world.post("/search", { text: "giraffe" }));
  expect(none.hits).toEqual([]);
  expect(none.coverage.unknownWords).toEqual(["giraffe"]);
});

test("a hit says why it is there, and its moment can be tested in the file", async () => {
  const { hits } = await hitsOf(await world.post("/search", { text: "who enters the room" }));
  const event = hits.find(({ source }) => source === "event");
  expect(event).toMatchObject({ name: "room.mp4", why: { words: ["enters"] }, event: { kind: "enters" } });
  expect(event?.why.sources[0]).toBe("event");
  const verdict = async (body: object) => (await (await world.post("/check", body)).json()) as object;
  expect(await verdict({ ...event })).toEqual({ id: event?.id, check: "pixels" });

  const [note] = (await hitsOf(await world.post("/search", { text: "boiler" }))).hits;
  expect(note).toMatchObject({ source: "text", why: { sources: ["text"], words: ["boiler"] } });
  expect(note?.why.snippet?.text).toContain("boiler");
  expect(await verdict({ ...note })).toMatchObject({ check: "text" });
  expect(await verdict({ ...note, text: "The pump was painted blue." })).toMatchObject({ check: "failed" });

  const image = { id: await world.idOf("red <b>.png") };
  const [picture] = (await hitsOf(await world.post("/search", { image }))).hits;
  expect(picture).toMatchObject({ id: image.id, source: "frame", why: { sources: ["frame"], words: [] } });
  expect(await verdict({ ...picture })).toMatchObject({ check: "pixels" });
});

test("a check of what is not there is refused or fails, and says which", async () => {
  const id = await world.idOf("room.mp4");
  const nothing = { id, source: "event", startMs: 0, endMs: 100 };
  expect(await (await world.post("/check", nothing)).json()).toEqual({ id, check: "unchecked" });
  const other = { ...nothing, event: { kind: "enters", track: 99, startMs: 0 } };
  expect(await (await world.post("/check", other)).json()).toEqual({ id, check: "unchecked" });
  expect((await world.post("/check", { ...nothing, id: "none" })).status).toBe(404);
  expect((await world.post("/check", { ...nothing, source: "guess" })).status).toBe(400);
  expect((await world.post("/check", { ...nothing, startMs: "soon" })).status).toBe(400);
  expect((await world.post("/check", {})).status).toBe(400);
});

test("a picture sent along finds itself, and is gone afterwards", async () => {
  const form = new FormData();
  form.set("image", new File([await readFile(path.join(world.media, "red <b>.png"))], "../../evil.png"));
  form.set("limit", "3");
  const { hits } = await hitsOf(await world.get("/search", { method: "POST", body: form }));
  expect(hits[0]?.name).toBe("red <b>.png");
  expect(await world.uploads()).toEqual([]);
});

test("a clip sent along, a stretch of a video and a frame of it find their place", async () => {
  const id = await world.idOf("room.mp4");
  const cut = new Uint8Array(await (await world.get(`/media/${id}/clip?t=4,8`)).arrayBuffer());
  const form = new FormData();
  form.set("clip", new File([cut], "clip.mp4"));
  const sent = await hitsOf(await world.get("/search", { method: "POST", body: form }));
  expect(sent.hits[0]?.name).toBe("room.mp4");
  const stretch = await hitsOf(await world.post("/search", { clip: { id, startMs: 4000, endMs: 8000 } }));
  expect(stretch.hits[0]?.name).toBe("room.mp4");
  const frame = await hitsOf(await world.post("/search", { image: { id, timeMs: 6000 } }));
  expect(frame.hits[0]?.name).toBe("room.mp4");
});

test("what cannot be searched by is refused with the reason", async () => {
  const refused = async (body: FormData | object) => {
    const response =
      body instanceof FormData
        ? await world.get("/search", { method: "POST", body })
        : await world.post("/search", body);
    const { error } = (await response.json()) as { error: { message: string; remedy: string } };
    expect(error.remedy).not.toBe("");
    return `${response.status} ${error.message}`;
  };
  expect(await refused({})).toBe("400 Nothing to search for.");
  expect(await refused({ text: "x", limit: 1e6 })).toContain("400");
  expect(await refused({ clip: { id: "none", startMs: 0, endMs: 10 } })).toContain("404");
  const svg = new FormData();
  svg.set("image", new File(["<svg xmlns='http://www.w3.org/2000/svg'/>"], "a.png"));
  expect(await refused(svg)).toBe("400 What was sent is no image.");
  expect((await world.get("/search", { method: "POST", body: "text=x" })).status).toBe(400);
  const bad = await world.get("/search", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{",
  });
  expect(bad.status).toBe(400);
});

test("asking streams events, from the conversation's name to one run-end with checked citations", async () => {
  const response = await world.post("/ask", { question: "when does someone enter the room?" });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const events = await eventsOf(response);
  expect(events[0]?.event).toBe("conversation");
  expect(events.filter(({ event }) => event === "run-end")).toHaveLength(1);
  const end = events.at(-1)?.data as {
    reason: string;
    citations: { name: string; check: string; path?: string }[];
  };
  expect(end.reason).toBe("answered");
  expect(end.citations[0]).toMatchObject({ name: "room.mp4", check: "pixels" });
  expect(end.citations[0]).not.toHaveProperty("path");

  const conversation = events[0]?.data.id;
  const next = await eventsOf(
    await world.post("/ask", { question: "and when do they leave?", conversation }),
  );
  expect(next.at(-1)?.data.reason).toBe("answered");
  expect((await world.post("/ask", { question: "?", conversation: "none" })).status).toBe(404);
  expect((await world.post("/ask", { question: "  " })).status).toBe(400);
});
