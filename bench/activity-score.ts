import { handTakesBottle } from "../src/demo/scenes/hand.ts";
import { lampSwitchedOn, lampWithVisitor } from "../src/demo/scenes/lamp.ts";
import { leavesInWind, leavesWithPasserBy } from "../src/demo/scenes/leaves.ts";
import { cameraPan } from "../src/demo/scenes/pan.ts";
import { lowLightEmpty, lowLightVisit, roomThreePeople, roomVisit } from "../src/demo/scenes/room.ts";
import type { Scene, SceneOptions, TrueEvent } from "../src/demo/scenes/scene.ts";
import { streetWithCars } from "../src/demo/scenes/street.ts";
import { activityStream, createActivityAnalyser } from "../src/ingest/activity/analyser.ts";
import { shrink } from "../src/ingest/video/picture-grid.ts";
import type { ActivityEvent } from "../src/media/activity-event.ts";

export const scenes: readonly ((seed: number, options?: SceneOptions) => Scene)[] = [
  roomVisit,
  roomThreePeople,
  lampSwitchedOn,
  lampWithVisitor,
  lowLightEmpty,
  lowLightVisit,
  leavesInWind,
  leavesWithPasserBy,
  cameraPan,
  handTakesBottle,
  streetWithCars,
];

export interface Score {
  readonly found: number;
  readonly real: number;
  readonly matched: number;
  /** Matched events whose truth has a colour, and those named right. */
  readonly coloured: number;
  readonly colourRight: number;
  readonly missed: readonly TrueEvent[];
  readonly invented: readonly ActivityEvent[];
  /** The largest error of a matched event's time. */
  readonly worstMs: number;
}

/** The times that an event of this kind is about: a crossing counts when the thing is first or last visible. */
function momentsOf({ kind, startMs, endMs }: TrueEvent | ActivityEvent): number[] {
  if (kind === "moves" || kind === "camera-moves") return [startMs, endMs];
  return [kind === "leaves" ? endMs : startMs];
}

function errorMs(found: ActivityEvent, real: TrueEvent): number {
  if (found.kind !== real.kind || found.side !== real.side || found.towards !== real.towards)
    return Number.POSITIVE_INFINITY;
  const wanted = momentsOf(real);
  return Math.max(...momentsOf(found).map((moment, index) => Math.abs(moment - wanted[index]!)));
}

/** Pairs found with true events of one kind, side and time (within `toleranceMs`), the nearest first. */
export function scoreEvents(
  found: readonly ActivityEvent[],
  truth: readonly TrueEvent[],
  toleranceMs = 500,
): Score {
  const pairs = found
    .flatMap((event) => truth.map((real) => ({ event, real, error: errorMs(event, real) })))
    .filter(({ error }) => error <= toleranceMs)
    .sort((a, b) => a.error - b.error);
  const missed = new Set(truth);
  const invented = new Set(found);
  let worstMs = 0;
  let coloured = 0;
  let colourRight = 0;
  for (const { event, real, error } of pairs) {
    if (!missed.has(real) || !invented.has(event)) continue;
    missed.delete(real);
    invented.delete(event);
    worstMs = Math.max(worstMs, error);
    if (real.colour === undefined) continue;
    coloured++;
    if (real.colour === event.colour) colourRight++;
  }
  return {
    found: found.length,
    real: truth.length,
    matched: truth.length - missed.size,
    coloured,
    colourRight,
    missed: [...missed],
    invented: [...invented],
    worstMs,
  };
}

/** Processor time of this process: other processes on the machine do not count. */
const cpuMs = (): number => process.cpuUsage().user / 1000;

/** The scene's frames as indexing would choose and shrink them, analysed. `msPerFrame` counts the analyser alone. */
export function analyseScene(scene: Scene): { events: ActivityEvent[]; msPerFrame: number } {
  const analyser = createActivityAnalyser();
  const slotMs = 1000 / activityStream.framesPerSecond;
  let slot = -1;
  let index = 0;
  let pushed = 0;
  let spentMs = 0;
  for (const data of scene.frames()) {
    const timeMs = (index++ * 1000) / scene.framesPerSecond;
    if (Math.floor(timeMs / slotMs) === slot) continue;
    slot = Math.floor(timeMs / slotMs);
    const small = shrink({ width: scene.width, height: scene.height, data }, activityStream.longestSide);
    const start = cpuMs();
    analyser.push({ timeMs, ...small });
    spentMs += cpuMs() - start;
    pushed++;
  }
  const start = cpuMs();
  const events = analyser.finish(scene.durationMs);
  return { events, msPerFrame: (spentMs + cpuMs() - start) / pushed };
}
