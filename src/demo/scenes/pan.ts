import { type Canvas, stage } from "./canvas.ts";
import { sensorNoise } from "./grain.ts";
import { chanceFrom } from "./random.ts";
import { renderScene, type Scene, type SceneOptions } from "./scene.ts";
import { drawStreet } from "./street-backdrop.ts";

const framesPerSecond = 15;
const panorama = stage.width * 2;

/** Copies the window of `wide` that starts `left` stage units in, between pixels where need be. */
function view(canvas: Canvas, wide: Canvas, left: number): void {
  const from = left * wide.scale;
  const column = Math.floor(from);
  const share = from - column;
  for (let row = 0; row < canvas.height; row++) {
    const source = (row * wide.width + column) * 3;
    const target = row * canvas.width * 3;
    for (let index = 0; index < canvas.width * 3; index++) {
      const here = wide.data[source + index]!;
      canvas.data[target + index] = here + (wide.data[source + index + 3]! - here) * share;
    }
  }
}

/** Starts and stops gently: 0..1 → 0..1. */
const ease = (share: number): number => share * share * (3 - 2 * share);

/** A camera that stands still, pans along a street and stands still again; nothing else moves. */
export function cameraPan(seed: number, options?: SceneOptions): Scene {
  const chance = chanceFrom(seed + 6000);
  const startMs = chance.between(4000, 6000);
  const endMs = startMs + chance.between(2500, 5000);
  const way = chance.between(0.55, 0.95) * stage.width;
  const back = chance.next() < 0.5;
  const durationMs = Math.ceil(endMs + 5000);
  return renderScene(
    {
      name: "camera-pan",
      framesPerSecond,
      durationMs,
      truth: [{ kind: "camera-moves", startMs, endMs, what: "the camera pans along the street" }],
      prepare: (pixelWidth) => {
        const own = chanceFrom(seed + 13);
        const wide = drawStreet(own, pixelWidth, panorama);
        const noise = sensorNoise(own, 1.4);
        return (canvas, timeMs) => {
          const share = ease(Math.max(0, Math.min(1, (timeMs - startMs) / (endMs - startMs))));
          view(canvas, wide, 4 + way * (back ? 1 - share : share));
          noise(canvas);
        };
      },
    },
    options,
  );
}
