import type { ColourName } from "../../media/colour-name.ts";
import { type Colour, type Extent, stage } from "./canvas.ts";
import type { NamedColour } from "./palette.ts";
import { type TrueEvent, truthOfVisit } from "./scene.ts";
import type { Point } from "./shapes.ts";

/** An arm that reaches in over an edge to where a thing stands, and back. */
export interface Reach {
  readonly side: "left" | "right";
  readonly sleeve: NamedColour;
  readonly skin: Colour;
  /** Where the thing stands, and how far above it the hand grips. */
  readonly foot: Point;
  readonly gripUp: number;
  readonly startMs: number;
  /** Stage units a second. */
  readonly speed: number;
  /** Takes the thing away, or brings it. */
  readonly holdsOn: "way in" | "way back";
}

const restMs = 450;
const liftMs = 350;
const lift = 46;
/** How far outside the edge the palm starts: farther than the fingers or a bottle reach. */
const margin = 60;

export interface ReachTimes {
  /** The palm is there; `gripMs` is when the thing starts to be carried, or stands again. */
  readonly thereMs: number;
  readonly gripMs: number;
  readonly backMs: number;
  readonly endMs: number;
}

export function reachTimes(reach: Reach): ReachTimes {
  const way = reach.side === "left" ? reach.foot.x + margin : stage.width - reach.foot.x + margin;
  const travelMs = (way / reach.speed) * 1000;
  const takes = reach.holdsOn === "way back";
  const thereMs = reach.startMs + travelMs + (takes ? 0 : liftMs);
  const gripMs = takes ? thereMs + restMs : thereMs;
  const backMs = takes ? gripMs + liftMs : thereMs + restMs;
  return { thereMs, gripMs, backMs, endMs: backMs + travelMs };
}

const clamp = (share: number): number => Math.max(0, Math.min(1, share));

/** Where the palm is, and whether the hand holds the thing; undefined while the arm is away. */
export function gripAt(reach: Reach, timeMs: number): { palm: Point; holds: boolean } | undefined {
  const { thereMs, gripMs, backMs, endMs } = reachTimes(reach);
  if (timeMs < reach.startMs || timeMs > endMs) return undefined;
  const takes = reach.holdsOn === "way back";
  const outside = reach.side === "left" ? -margin : stage.width + margin;
  const arrivesMs = takes ? thereMs : thereMs - liftMs;
  const inward = clamp((timeMs - reach.startMs) / (arrivesMs - reach.startMs));
  const outward = clamp((timeMs - backMs) / (endMs - backMs));
  const raised = takes ? clamp((timeMs - gripMs) / liftMs) : 1 - clamp((timeMs - arrivesMs) / liftMs);
  const x = outside + (reach.foot.x - outside) * (inward - outward);
  const y = reach.foot.y - reach.gripUp - raised * lift;
  return { palm: { x, y }, holds: takes ? timeMs >= gripMs : timeMs < gripMs };
}

function armExtent(reach: Reach, timeMs: number): Extent {
  const grip = gripAt(reach, timeMs);
  if (!grip) return [-9999, -9999, -9998, -9998];
  const { x, y } = grip.palm;
  const tip = grip.holds ? 26 : 34;
  return reach.side === "left" ? [-999, y - 60, x + tip, y + 90] : [x - tip, y - 60, 1999, y + 90];
}

/** The arm's visit, and the thing that disappears when it is lifted or appears when it stands. */
export function truthOfReach(
  reach: Reach,
  what: string,
  colour: ColourName,
  durationMs: number,
  framesPerSecond: number,
): TrueEvent[] {
  const { gripMs } = reachTimes(reach);
  const thing: TrueEvent = {
    kind: reach.holdsOn === "way back" ? "disappears" : "appears",
    startMs: gripMs,
    endMs: gripMs,
    colour,
    what,
  };
  const arm = { what: "an arm", extentAt: (timeMs: number) => armExtent(reach, timeMs) };
  const visit = truthOfVisit(arm, durationMs, framesPerSecond);
  return [...visit.map((event) => ({ ...event, ...sides(event, reach.side) })), thing];
}

function sides(event: TrueEvent, side: "left" | "right"): Partial<TrueEvent> {
  return event.kind === "moves" ? { side, towards: side } : { side };
}
