import { type Canvas, type Colour, copyInto, createCanvas, shade, stage } from "./canvas.ts";
import { sensorNoise, texture } from "./grain.ts";
import { clothes, type NamedColour, skins } from "./palette.ts";
import { type Chance, chanceFrom } from "./random.ts";
import { gripAt, type Reach, reachTimes, truthOfReach } from "./reach.ts";
import { renderScene, type Scene, type SceneOptions } from "./scene.ts";
import { castShadow, drawBox, drawEllipse, drawLimb, type Point } from "./shapes.ts";

const framesPerSecond = 15;
const boardY = 292;

interface Bottle {
  readonly x: number;
  readonly height: number;
  readonly paint: NamedColour;
}

function drawShelf(chance: Chance, pixelWidth: number): Canvas {
  const canvas = createCanvas(pixelWidth);
  const wood = texture(chance, 6);
  const wall = chance.vary([204, 196, 182], 0.08);
  drawBox(canvas, [0, 0, stage.width, stage.height], (x, y) =>
    shade(wall, 0.95 + wood(x, y) * 0.02 + (x / stage.width) * 0.06),
  );
  const board = chance.vary([150, 110, 74], 0.12);
  drawBox(canvas, [0, boardY - 12, stage.width, boardY + 14], (x, y) =>
    shade(board, 1 + wood(x / 5, y) * 0.08),
  );
  drawBox(canvas, [0, boardY + 14, stage.width, boardY + 24], shade(board, 0.62));
  drawBox(canvas, [0, boardY + 24, stage.width, stage.height], shade(wall, 0.74));
  return canvas;
}

function drawBottle(canvas: Canvas, { height, paint }: Bottle, foot: Point): void {
  const half = height * 0.17;
  const round =
    (colour: Colour) =>
    (x: number): Colour => {
      const across = (x - foot.x) / half;
      return shade(colour, 0.98 - 0.34 * across * across + (across > -0.6 && across < -0.35 ? 0.22 : 0));
    };
  castShadow(canvas, { x: foot.x + 5, y: foot.y }, half * 1.3, half * 0.3, 0.35);
  const top = foot.y - height;
  drawBox(
    canvas,
    [foot.x - half * 0.36, top, foot.x + half * 0.36, top + height * 0.4],
    round(paint.colour),
    3,
  );
  drawBox(
    canvas,
    [foot.x - half, top + height * 0.3, foot.x + half, foot.y],
    round(paint.colour),
    half * 0.45,
  );
  drawBox(canvas, [foot.x - half * 0.42, top - 4, foot.x + half * 0.42, top + 8], [60, 56, 54], 2);
  const label = { top: foot.y - height * 0.48, bottom: foot.y - height * 0.2 };
  drawBox(canvas, [foot.x - half, label.top, foot.x + half, label.bottom], round([236, 230, 214]));
  drawBox(
    canvas,
    [foot.x - half * 0.7, label.top + 7, foot.x + half * 0.7, label.top + 12],
    round([92, 88, 84]),
  );
}

/** An arm that comes in over an edge; `grip` is the palm, `closed` whether the fingers hold something. */
function drawHand(canvas: Canvas, reach: Reach, grip: Point, closed: boolean): void {
  const direction = reach.side === "left" ? -1 : 1;
  const elbow = { x: grip.x + direction * 170, y: grip.y + 46 };
  const shoulder = { x: grip.x + direction * 420, y: grip.y + 110 };
  const sleeve = reach.sleeve.colour;
  drawLimb(canvas, { from: shoulder, to: elbow, fromRadius: 44, toRadius: 34 }, shade(sleeve, 0.94));
  const wrist = { x: grip.x + direction * 42, y: grip.y + 10 };
  drawLimb(canvas, { from: elbow, to: wrist, fromRadius: 33, toRadius: 22 }, sleeve);
  drawLimb(
    canvas,
    { from: wrist, to: { x: grip.x + direction * 18, y: grip.y + 3 }, fromRadius: 15, toRadius: 18 },
    reach.skin,
  );
  const bend = closed ? 0 : 12;
  for (let finger = 0; finger < 4; finger++) {
    const from = { x: grip.x + direction * 12, y: grip.y - 13 + finger * 9 };
    const to = { x: grip.x - direction * (18 + bend), y: grip.y - 14 + finger * 9 };
    drawLimb(canvas, { from, to, fromRadius: 6, toRadius: 4.5 }, shade(reach.skin, 0.9 + finger * 0.03));
  }
  drawEllipse(canvas, { x: grip.x + direction * 20, y: grip.y + 2 }, 17, 19, reach.skin);
}

function bottles(chance: Chance): Bottle[] {
  const paints = chance.shuffled(clothes);
  const count = 4;
  return Array.from({ length: count }, (_, index) => ({
    x: stage.width * ((index + 0.9) / (count + 0.8)) + chance.between(-14, 14),
    height: chance.between(112, 150),
    paint: paints[index]!,
  }));
}

interface ShelfPlan {
  readonly seed: number;
  readonly shelf: readonly Bottle[];
  readonly taken: Bottle;
  /** The hand takes the bottle, then brings it back. */
  readonly reaches: readonly [takes: Reach, brings: Reach];
}

function paintReach(canvas: Canvas, reach: Reach, bottle: Bottle, timeMs: number): void {
  const grip = gripAt(reach, timeMs);
  if (!grip) return;
  const foot = { x: grip.palm.x, y: grip.palm.y + reach.gripUp };
  if (grip.holds) drawBottle(canvas, bottle, foot);
  drawHand(canvas, reach, grip.palm, grip.holds);
}

function paintShelf(plan: ShelfPlan, pixelWidth: number): (canvas: Canvas, timeMs: number) => void {
  const chance = chanceFrom(plan.seed + 19);
  const backdrop = drawShelf(chance, pixelWidth);
  const stands = (bottle: Bottle): Point => ({ x: bottle.x, y: boardY });
  for (const bottle of plan.shelf) if (bottle !== plan.taken) drawBottle(backdrop, bottle, stands(bottle));
  const noise = sensorNoise(chance, 1.4);
  const [takes, brings] = plan.reaches;
  const goneMs = reachTimes(takes).gripMs;
  const backMs = reachTimes(brings).gripMs;
  return (canvas, timeMs) => {
    copyInto(canvas, backdrop);
    if (timeMs < goneMs || timeMs >= backMs) drawBottle(canvas, plan.taken, stands(plan.taken));
    for (const reach of plan.reaches) paintReach(canvas, reach, plan.taken, timeMs);
    noise(canvas);
  };
}

function planShelf(seed: number): ShelfPlan {
  const chance = chanceFrom(seed + 8000);
  const shelf = bottles(chance);
  const taken = chance.pick(shelf.slice(1, 3));
  const base = {
    side: chance.pick(["left", "right"] as const),
    sleeve: chance.pick(clothes.filter((cloth) => cloth.name !== taken.paint.name)),
    skin: chance.pick(skins),
    foot: { x: taken.x, y: boardY },
    gripUp: taken.height * 0.5,
  };
  const speed = (): number => chance.between(260, 400);
  const takes: Reach = { ...base, startMs: chance.between(3000, 4500), speed: speed(), holdsOn: "way back" };
  const startMs = reachTimes(takes).endMs + chance.between(3000, 5000);
  const brings: Reach = { ...base, startMs, speed: speed(), holdsOn: "way in" };
  return { seed, shelf, taken, reaches: [takes, brings] };
}

/** A hand takes a bottle off a shelf and later brings it back. */
export function handTakesBottle(seed: number, options?: SceneOptions): Scene {
  const plan = planShelf(seed);
  const colour = plan.taken.paint.name;
  const durationMs = Math.ceil(reachTimes(plan.reaches[1]).endMs + 4000);
  const truth = plan.reaches.flatMap((reach) =>
    truthOfReach(reach, `a ${colour} bottle`, colour, durationMs, framesPerSecond),
  );
  const prepare = (pixelWidth: number) => paintShelf(plan, pixelWidth);
  return renderScene({ name: "hand-takes-bottle", framesPerSecond, durationMs, truth, prepare }, options);
}
