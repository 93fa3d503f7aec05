import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import sharp from "sharp";
import { openApp } from "../../src/app.ts";
import { roomVisit } from "../../src/demo/scenes/room.ts";
import { encodeVideo } from "../../src/ingest/ffmpeg/encode.ts";
import { testTools } from "../media-makers/clips.ts";
import { runInTerminal, type TerminalRun } from "./terminal.ts";

/** The built program, as a person starts it. */
export const program = path.resolve(import.meta.dirname, "../../dist/src/cli/main.js");

export interface ChatWorld extends AsyncDisposable {
  readonly folder: string;
  readonly media: string;
  readonly video: string;
  readonly picture: string;
  /** A copy of the indexed library for one test, which writes its sessions and history there. */
  library(): Promise<string>;
}

/** What a hostile file has in its name: clear the screen, set the title, write in red. */
export const hostile = "\u001b[2J\u001b]0;owned\u0007\u009b31m";
/** How much of the scene is filmed: somebody has come in by then. */
const filmedSeconds = 12;

/** A real library: a rendered room that somebody enters, a red picture, a note, and a note that attacks terminals. */
export async function openChatWorld(): Promise<ChatWorld> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sightline-chat-"));
  const media = path.join(folder, "media");
  await mkdir(media);
  const scene = roomVisit(5, { width: 320 });
  const { width, height, framesPerSecond } = scene;
  const video = path.join(media, "room.mp4");
  const picture = path.join(media, "red car.png");
  const signal = new AbortController().signal;
  const format = { width, height, framesPerSecond, outPath: video, tools: testTools };
  await encodeVideo(firstFrames(scene.frames(), filmedSeconds * framesPerSecond), format, signal);
  await sharp({ create: { width: 320, height: 240, channels: 3, background: "#d01818" } })
    .png()
    .toFile(picture);
  await writeFile(
    path.join(media, "boiler.md"),
    "# Boiler\n\nThe boiler was serviced in May for 240 euros.\n",
  );
  await writeFile(
    path.join(media, `zebra ${hostile}.md`),
    "# Zebra\n\nThe zebra \u009b2J\u009d0;owned\u009c eats 9 kilos of hay.\n",
  );

  const indexed = path.join(folder, "library");
  const config = {
    library: indexed,
    model: "builtin",
    models: path.join(folder, "models"),
    hub: { kind: "huggingface", url: "http://127.0.0.1:9" },
    configPath: path.join(folder, "none.json"),
  } as const;
  {
    await using app = openApp({ ...config, ...testTools });
    for await (const _ of app.index({ roots: [media] }, signal));
  }
  let copies = 0;
  return {
    folder,
    media,
    video,
    picture,
    library: async () => {
      copies += 1;
      const copy = path.join(folder, `library-${copies}`);
      await cp(indexed, copy, { recursive: true });
      return copy;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function* firstFrames<Frame>(frames: Iterable<Frame> | AsyncIterable<Frame>, count: number) {
  let left = count;
  for await (const frame of frames) {
    if (left <= 0) return;
    left -= 1;
    yield frame;
  }
}

export interface ChatTerminal {
  readonly columns: number;
  readonly rows?: number;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The real program on a terminal; with colours off, so that its rows can be compared as text. */
export function startChat(
  library: string,
  { columns, rows = 24, args = ["--model", "builtin"], env = { NO_COLOR: "1" } }: ChatTerminal,
): TerminalRun {
  const tools = {
    ...(testTools.ffmpeg ? { SIGHTLINE_FFMPEG: testTools.ffmpeg } : {}),
    ...(testTools.ffprobe ? { SIGHTLINE_FFPROBE: testTools.ffprobe } : {}),
  };
  const config = { SIGHTLINE_CONFIG: path.join(library, "none.json"), LANG: "C.UTF-8" };
  return runInTerminal([program, "--library", library, ...args], {
    columns,
    rows,
    env: { ...config, ...tools, ...env },
  });
}
