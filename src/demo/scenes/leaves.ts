import { type Canvas, type Colour, copyInto, createCanvas, shade, stage } from "./canvas.ts";
import { sensorNoise, texture } from "./grain.ts";
import { clothes } from "./palette.ts";
import { drawPerson, somePerson } from "./person.ts";
import { type Chance, chanceFrom } from "./random.ts";
import { renderScene, type Scene, type SceneOptions, truthOfVisit } from "./scene.ts";
import { drawBox, drawEllipse, drawLimb } from "./shapes.ts";
import { poseAt, someWalk, visitOf, type Walk, walkTimes } from "./walk.ts";

const framesPerSecond = 12;

interface Leaf {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: Colour;
  /** Radians a second and at the start. */
  readonly rate: number;
  readonly phase: number;
  readonly sway: number;
}

function drawGarden(chance: Chance, pixelWidth: number): Canvas {
  const canvas = createCanvas(pixelWidth);
  const grass = texture(chance, 2.2);
  const meadow = texture(chance, 50);
  const hills = texture(chance, 90);
  drawBox(canvas, [0, 0, stage.width, 220], (_, y) => [170 + y * 0.22, 198 + y * 0.12, 226]);
  drawBox(canvas, [0, 150, stage.width, 240], (x, y) =>
    y > 186 + hills(x, 7) * 22 ? shade([104, 128, 100], 1 + grass(x, y) * 0.05) : [196, 214, 228],
  );
  drawBox(canvas, [0, 226, stage.width, stage.height], (x, y) =>
    shade([104, 136, 74], 1 + grass(x, y) * 0.12 + meadow(x, y) * 0.08),
  );
  drawBox(canvas, [0, 296, stage.width, 352], (x, y) => shade([176, 160, 132], 1 + grass(x, y * 2) * 0.06));
  return canvas;
}

interface Tree {
  readonly x: number;
  readonly leaves: readonly Leaf[];
}

function growTree(chance: Chance, x: number): Tree {
  const leaves = Array.from({ length: 190 }, () => {
    const angle = chance.between(0, 2 * Math.PI);
    const away = Math.sqrt(chance.next());
    return {
      x: x + Math.cos(angle) * away * 86,
      y: 108 + Math.sin(angle) * away * 78,
      radius: chance.between(5, 11),
      colour: chance.vary([74, 116, 50], 0.42),
      rate: chance.between(2.5, 7),
      phase: chance.between(0, 2 * Math.PI),
      sway: chance.between(1.5, 5),
    };
  });
  return { x, leaves };
}

function drawTree(canvas: Canvas, { x, leaves }: Tree, timeMs: number, gust: number): void {
  drawLimb(canvas, { from: { x, y: 272 }, to: { x, y: 120 }, fromRadius: 11, toRadius: 6 }, [92, 70, 50]);
  const seconds = timeMs / 1000;
  for (const { x: restX, y, radius, colour, rate, phase, sway } of leaves) {
    const swing = Math.sin(seconds * rate + phase) * sway * gust;
    const lean = Math.sin(seconds * 1.3 + restX / 70) * 4 * gust;
    drawEllipse(canvas, { x: restX + swing + lean, y: y + swing * 0.4 }, radius, radius * 0.72, colour);
  }
}

function leavesScene(
  name: string,
  seed: number,
  durationMs: number,
  walk: Walk | undefined,
  options?: SceneOptions,
): Scene {
  return renderScene(
    {
      name,
      framesPerSecond,
      durationMs,
      truth: walk ? truthOfVisit(visitOf(walk), durationMs, framesPerSecond) : [],
      prepare: (pixelWidth) => {
        const chance = chanceFrom(seed + 17);
        const backdrop = drawGarden(chance, pixelWidth);
        const trees = [chance.between(70, 190), chance.between(420, 590)].map((x) => growTree(chance, x));
        const gustPhase = chance.between(0, 6);
        const noise = sensorNoise(chance, 1.4);
        return (canvas, timeMs) => {
          const gust = 0.75 + 0.45 * Math.sin(timeMs / 2600 + gustPhase);
          copyInto(canvas, backdrop);
          for (const tree of trees) drawTree(canvas, tree, timeMs, gust);
          const pose = walk && poseAt(walk, timeMs);
          if (walk && pose) drawPerson(canvas, walk.person, pose);
          noise(canvas);
        };
      },
    },
    options,
  );
}

/** Trees in the wind; nobody comes. */
export function leavesInWind(seed: number, options?: SceneOptions): Scene {
  return leavesScene("leaves-in-wind", seed, 20_000, undefined, options);
}

/** Trees in the wind, and somebody who walks past them. */
export function leavesWithPasserBy(seed: number, options?: SceneOptions): Scene {
  const chance = chanceFrom(seed + 7000);
  const person = somePerson(chance, chance.pick(clothes), chance.between(150, 190));
  const walk = someWalk(chance, person, chance.between(4000, 7000), 0);
  const across: Walk = { ...walk, to: walk.from === "left" ? "right" : "left" };
  return leavesScene(
    "leaves-with-passer-by",
    seed,
    Math.ceil(walkTimes(across).endMs + 4000),
    across,
    options,
  );
}
