import { encodeVideo } from "../ingest/ffmpeg/encode.ts";
import { rasterize } from "./pictures/svg.ts";
import type { Scene } from "./scenes/scene.ts";
import type { Still } from "./screen-recording.ts";

const stillsPerSecond = 10;

/** Pictures that each stay for a while → a video. Each is drawn once, however long it stays. */
export async function renderStills(
  stills: readonly Still[],
  size: { readonly width: number; readonly height: number },
  outPath: string,
  signal: AbortSignal,
): Promise<void> {
  await encodeVideo(heldFrames(stills), { ...size, framesPerSecond: stillsPerSecond, outPath }, signal);
}

async function* heldFrames(stills: readonly Still[]): AsyncGenerator<Uint8Array> {
  let frame = 0;
  for (const { endMs, draw } of stills) {
    const { data } = await rasterize(draw());
    for (; (frame * 1000) / stillsPerSecond < endMs; frame++) yield data;
  }
}

export async function renderMoving(scene: Scene, outPath: string, signal: AbortSignal): Promise<void> {
  const { width, height, framesPerSecond } = scene;
  await encodeVideo(scene.frames(), { width, height, framesPerSecond, outPath }, signal);
}

/** The picture that is on screen at a time, as a JPEG. */
export async function writeStill(scene: Scene, timeMs: number, outPath: string): Promise<void> {
  const { default: sharp } = await import("sharp");
  const wanted = Math.floor((timeMs * scene.framesPerSecond) / 1000);
  let number = 0;
  for (const frame of scene.frames()) {
    if (number++ < wanted) continue;
    const raw = { width: scene.width, height: scene.height, channels: 3 as const };
    await sharp(frame, { raw }).jpeg({ quality: 88 }).toFile(outPath);
    return;
  }
  throw new RangeError(`${scene.name} ends before ${timeMs} ms`);
}
