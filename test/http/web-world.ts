import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Hono } from "hono";
import sharp from "sharp";
import { vi } from "vitest";
import { type GivenParts, openApp } from "../../src/app.ts";
import type { Config } from "../../src/config.ts";
import { roomVisit } from "../../src/demo/scenes/room.ts";
import { type HttpContext, openHttpContext } from "../../src/http/http-context.ts";
import { openWebApp, type WebOptions } from "../../src/http/web-app.ts";
import { encodeVideo } from "../../src/ingest/ffmpeg/encode.ts";
import { testTools } from "../media-makers/clips.ts";

export interface WebWorld extends AsyncDisposable {
  readonly folder: string;
  readonly media: string;
  /** What the app was opened with. */
  readonly config: Config;
  readonly http: HttpContext;
  readonly web: Hono;
  readonly errors: unknown[];
  webWith(options: Partial<WebOptions>): Hono;
  /** Folders of uploads that are on the disk now. */
  uploads(): Promise<readonly string[]>;
  idOf(name: string): Promise<string>;
  get(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>;
}

/** A real library of a rendered room, a red picture and a note, behind the real app; no port is opened. */
export async function openWebWorld(given: GivenParts = {}): Promise<WebWorld> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sightline-http-"));
  const media = path.join(folder, "media");
  await mkdir(media);
  // Uploads go where the system keeps temporary files: a place of our own shows which are ours.
  const temporary = path.join(folder, "temporary");
  await mkdir(temporary);
  vi.stubEnv("TMPDIR", temporary);
  const scene = roomVisit(5, { width: 320 });
  const { width, height, framesPerSecond } = scene;
  const outPath = path.join(media, "room.mp4");
  await encodeVideo(
    scene.frames(),
    { width, height, framesPerSecond, outPath, tools: testTools },
    new AbortController().signal,
  );
  await sharp({ create: { width: 320, height: 240, channels: 3, background: "#d01818" } })
    .png()
    .toFile(path.join(media, "red <b>.png"));
  await writeFile(
    path.join(media, "boiler.md"),
    "# Boiler\n\nThe boiler was serviced in May for 240 euros.\n",
  );

  const config: Config = {
    library: path.join(folder, "library"),
    model: "builtin",
    models: path.join(folder, "models"),
    hub: { kind: "huggingface", url: "http://127.0.0.1:9" },
    configPath: path.join(folder, "none.json"),
    ...testTools,
  };
  const app = openApp(config, given);
  for await (const _ of app.index({ roots: [media] }, new AbortController().signal));
  const errors: unknown[] = [];
  const http = openHttpContext(app, (error) => errors.push(error));
  const webWith = (options: Partial<WebOptions>) => openWebApp(http, { version: "0.0.0", ...options });
  const web = webWith({});
  const get = async (address: string, init?: RequestInit) => web.request(address, init);
  return {
    folder,
    media,
    config,
    http,
    web,
    errors,
    webWith,
    get,
    post: (address, body, init = {}) =>
      get(address, {
        ...init,
        method: "POST",
        headers: { "content-type": "application/json", ...init.headers },
        body: JSON.stringify(body),
      }),
    uploads: async () => (await readdir(temporary)).filter((name) => name.startsWith("sightline-upload-")),
    idOf: async (name) => {
      const { items } = (await (await get("/media")).json()) as { items: { id: string; name: string }[] };
      const found = items.find((item) => item.name === name);
      if (!found) throw new Error(`${name} is not in the library`);
      return found.id;
    },
    [Symbol.asyncDispose]: async () => {
      await http[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The events of a server-sent stream, whole. */
export async function eventsOf(
  response: Response,
): Promise<{ event: string; data: Record<string, unknown> }[]> {
  const text = await response.text();
  return text
    .split("\n\n")
    .filter((block) => block.includes("data:"))
    .map((block) => {
      const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1] ?? "";
      const data = field("data");
      return {
        event: field("event"),
        data: data === "[DONE]" ? {} : (JSON.parse(data) as Record<string, unknown>),
      };
    });
}
