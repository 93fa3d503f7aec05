import { type Extent, stage } from "./canvas.ts";
import { type Person, type Pose, personExtent } from "./person.ts";
import type { Chance } from "./random.ts";
import type { Visit } from "./scene.ts";

export type Side = "left" | "right";

/** A way through the picture: in over one edge, a rest at `restX` (none when 0 ms), out over an edge. */
export interface Walk {
  readonly person: Person;
  readonly from: Side;
  readonly to: Side;
  readonly startMs: number;
  readonly restX: number;
  readonly restMs: number;
  /** Stage units a second. */
  readonly speed: number;
  readonly ground: number;
}

const outside = (side: Side, person: Person): number =>
  side === "left" ? -person.height * 0.3 : stage.width + person.height * 0.3;

export function walkTimes(walk: Walk): {
  readonly restFromMs: number;
  readonly restToMs: number;
  readonly endMs: number;
} {
  const restFromMs =
    walk.startMs + (Math.abs(walk.restX - outside(walk.from, walk.person)) / walk.speed) * 1000;
  const restToMs = restFromMs + walk.restMs;
  const endMs = restToMs + (Math.abs(walk.restX - outside(walk.to, walk.person)) / walk.speed) * 1000;
  return { restFromMs, restToMs, endMs };
}

function walking(walk: Walk, x: number, facing: number): Pose {
  const cycle = walk.person.height * 0.85;
  return { x, ground: walk.ground, facing, phase: (x / cycle) * 2 * Math.PI, stride: 1 };
}

/** Where and how the person is; undefined before and after the walk. A standing person shifts their weight a little. */
export function poseAt(walk: Walk, timeMs: number): Pose | undefined {
  const { restFromMs, restToMs, endMs } = walkTimes(walk);
  if (timeMs < walk.startMs || timeMs > endMs) return undefined;
  if (timeMs < restFromMs) {
    const facing = walk.from === "left" ? 1 : -1;
    const x = outside(walk.from, walk.person) + (facing * walk.speed * (timeMs - walk.startMs)) / 1000;
    return walking(walk, x, facing);
  }
  if (timeMs < restToMs) {
    const sway = Math.sin(timeMs / 900) * walk.person.height * 0.004;
    return { x: walk.restX + sway, ground: walk.ground, facing: 0, phase: 0, stride: 0 };
  }
  const facing = walk.to === "left" ? -1 : 1;
  return walking(walk, walk.restX + (facing * walk.speed * (timeMs - restToMs)) / 1000, facing);
}

const nowhere: Extent = [-9999, -9999, -9998, -9998];

export function visitOf(walk: Walk): Visit {
  return {
    what: `a person in a ${walk.person.shirt.name} shirt`,
    colour: walk.person.shirt.name,
    extentAt: (timeMs) => {
      const pose = poseAt(walk, timeMs);
      return pose ? personExtent(walk.person, pose) : nowhere;
    },
  };
}

export function someWalk(chance: Chance, person: Person, startMs: number, restMs: number): Walk {
  const from = chance.pick<Side>(["left", "right"]);
  return {
    person,
    from,
    to: chance.pick<Side>(["left", "right"]),
    startMs,
    restX: stage.width * chance.between(0.35, 0.65),
    restMs,
    speed: person.height * chance.between(0.6, 0.95),
    ground: chance.between(318, 346),
  };
}
