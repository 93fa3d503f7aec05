import { type Canvas, copyInto, mix } from "./canvas.ts";
import { expose, sensorNoise } from "./grain.ts";
import { clothes } from "./palette.ts";
import { drawPerson, somePerson } from "./person.ts";
import { chanceFrom } from "./random.ts";
import { drawRoom, lightLamp } from "./room-backdrop.ts";
import { renderScene, type Scene, type SceneOptions, truthOfVisit } from "./scene.ts";
import { poseAt, someWalk, visitOf, type Walk, walkTimes } from "./walk.ts";

const framesPerSecond = 12;
const dusk = 0.42;

interface LampPlan {
  readonly name: string;
  readonly seed: number;
  readonly onAtMs: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  readonly walk?: Walk;
}

/** Between two pictures of one size, written into `canvas`; `share` 0..1. */
function blend(canvas: Canvas, from: Canvas, to: Canvas, share: number): void {
  for (let index = 0; index < canvas.data.length; index++)
    canvas.data[index] = from.data[index]! + (to.data[index]! - from.data[index]!) * share;
}

function paintLamp(plan: LampPlan, pixelWidth: number): (canvas: Canvas, timeMs: number) => void {
  const dark = drawRoom(chanceFrom(plan.seed + 7), pixelWidth).canvas;
  expose(dark, dusk);
  const litRoom = drawRoom(chanceFrom(plan.seed + 7), pixelWidth);
  expose(litRoom.canvas, dusk);
  lightLamp(litRoom);
  const noise = sensorNoise(chanceFrom(plan.seed + 8), 1.6);
  return (canvas, timeMs) => {
    const share = Math.max(0, Math.min(1, (timeMs - plan.onAtMs) / plan.warmUpMs));
    if (share > 0 && share < 1) blend(canvas, dark, litRoom.canvas, share);
    else copyInto(canvas, share === 0 ? dark : litRoom.canvas);
    const pose = plan.walk && poseAt(plan.walk, timeMs);
    if (plan.walk && pose) drawPerson(canvas, inLight(plan.walk, share).person, pose);
    noise(canvas);
  };
}

function inLight(walk: Walk, share: number): Walk {
  const light = dusk + (0.95 - dusk) * share;
  const { person } = walk;
  const dim = (colour: readonly [number, number, number]) => mix([0, 0, 0], colour, light);
  return {
    ...walk,
    person: {
      ...person,
      shirt: { ...person.shirt, colour: dim(person.shirt.colour) },
      trousers: dim(person.trousers),
      skin: dim(person.skin),
      hair: dim(person.hair),
    },
  };
}

function lampScene(plan: LampPlan, options?: SceneOptions): Scene {
  const { name, durationMs, walk } = plan;
  const truth = walk ? truthOfVisit(visitOf(walk), durationMs, framesPerSecond) : [];
  return renderScene(
    { name, framesPerSecond, durationMs, truth, prepare: (pixelWidth) => paintLamp(plan, pixelWidth) },
    options,
  );
}

/** A lamp is switched on in an empty, dusky room. */
export function lampSwitchedOn(seed: number, options?: SceneOptions): Scene {
  const chance = chanceFrom(seed + 4000);
  const onAtMs = chance.between(5000, 8000);
  const warmUpMs = chance.between(40, 350);
  return lampScene({ name: "lamp-switched-on", seed, onAtMs, warmUpMs, durationMs: 15_000 }, options);
}

/** Somebody comes in, stands while a lamp is switched on, and goes out. */
export function lampWithVisitor(seed: number, options?: SceneOptions): Scene {
  const chance = chanceFrom(seed + 4500);
  const person = somePerson(chance, chance.pick(clothes), chance.between(190, 235));
  const walk = someWalk(chance, person, chance.between(2500, 4000), 8000);
  const { restFromMs, endMs } = walkTimes(walk);
  const onAtMs = restFromMs + chance.between(2500, 4000);
  const durationMs = Math.ceil(endMs + 3500);
  return lampScene(
    { name: "lamp-with-visitor", seed, onAtMs, warmUpMs: chance.between(40, 350), durationMs, walk },
    options,
  );
}
