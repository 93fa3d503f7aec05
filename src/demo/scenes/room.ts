import { type Canvas, copyInto } from "./canvas.ts";
import { expose, sensorNoise } from "./grain.ts";
import { clothes } from "./palette.ts";
import { drawPerson, somePerson } from "./person.ts";
import { type Chance, chanceFrom } from "./random.ts";
import { drawRoom } from "./room-backdrop.ts";
import { renderScene, type Scene, type SceneOptions, type SceneScript, truthOfVisit } from "./scene.ts";
import { poseAt, someWalk, visitOf, type Walk, walkTimes } from "./walk.ts";

const framesPerSecond = 12;

interface RoomPlan {
  readonly name: string;
  readonly seed: number;
  readonly walks: readonly Walk[];
  readonly durationMs: number;
  /** 1 is daylight. */
  readonly light: number;
  /** Noise of the camera, 8-bit steps. */
  readonly noise: number;
}

function paintRoom(plan: RoomPlan, pixelWidth: number): (canvas: Canvas, timeMs: number) => void {
  const chance = chanceFrom(plan.seed + 7);
  const backdrop = drawRoom(chance, pixelWidth).canvas;
  const noise = sensorNoise(chance, plan.noise);
  return (canvas, timeMs) => {
    copyInto(canvas, backdrop);
    for (const walk of plan.walks) {
      const pose = poseAt(walk, timeMs);
      if (pose) drawPerson(canvas, walk.person, pose);
    }
    if (plan.light !== 1) expose(canvas, plan.light);
    noise(canvas);
  };
}

function roomScene(plan: RoomPlan, options?: SceneOptions): Scene {
  const { name, durationMs } = plan;
  const script: SceneScript = {
    name,
    framesPerSecond,
    durationMs,
    truth: plan.walks.flatMap((walk) => truthOfVisit(visitOf(walk), durationMs, framesPerSecond)),
    prepare: (pixelWidth) => paintRoom(plan, pixelWidth),
  };
  return renderScene(script, options);
}

/** A person walks in, stands still for 30 s and walks out. */
export function roomVisit(seed: number, options?: SceneOptions): Scene {
  const chance = chanceFrom(seed);
  const person = somePerson(chance, chance.pick(clothes), chance.between(190, 235));
  const walk = someWalk(chance, person, chance.between(2500, 5000), 30_000);
  const durationMs = Math.ceil(walkTimes(walk).endMs + chance.between(2500, 4500));
  return roomScene({ name: "room-visit", seed, walks: [walk], durationMs, light: 1, noise: 1.2 }, options);
}

function walksInTurn(chance: Chance, count: number): Walk[] {
  const walks: Walk[] = [];
  let startMs = chance.between(2000, 4000);
  for (const shirt of chance.shuffled(clothes).slice(0, count)) {
    const person = somePerson(chance, shirt, chance.between(180, 235));
    const walk = someWalk(chance, person, startMs, chance.next() < 0.5 ? 0 : chance.between(1000, 3000));
    walks.push(walk);
    startMs = walkTimes(walk).endMs + chance.between(1200, 3000);
  }
  return walks;
}

/** Three people, one after another. */
export function roomThreePeople(seed: number, options?: SceneOptions): Scene {
  const chance = chanceFrom(seed + 1000);
  const walks = walksInTurn(chance, 3);
  const durationMs = Math.ceil(walkTimes(walks.at(-1)!).endMs + 3000);
  return roomScene({ name: "room-three-people", seed, walks, durationMs, light: 1, noise: 1.2 }, options);
}

/** A dim room and a camera with much noise; nobody comes. */
export function lowLightEmpty(seed: number, options?: SceneOptions): Scene {
  const chance = chanceFrom(seed + 2000);
  const light = chance.between(0.2, 0.3);
  const noise = chance.between(5, 9);
  return roomScene({ name: "low-light-empty", seed, walks: [], durationMs: 15_000, light, noise }, options);
}

/** A dim room and a camera with much noise; somebody walks through. */
export function lowLightVisit(seed: number, options?: SceneOptions): Scene {
  const chance = chanceFrom(seed + 3000);
  const person = somePerson(chance, chance.pick(clothes), chance.between(190, 235));
  const walk = someWalk(chance, person, chance.between(3000, 5000), chance.between(2000, 4000));
  const durationMs = Math.ceil(walkTimes(walk).endMs + 4000);
  const light = chance.between(0.24, 0.34);
  const noise = chance.between(4, 7);
  return roomScene({ name: "low-light-visit", seed, walks: [walk], durationMs, light, noise }, options);
}
