import type { ActivityEvent, PictureSide, RegionBox, RegionSize } from "../../media/activity-event.ts";
import { winningColour } from "./colour-tally.ts";
import type { Box } from "./regions.ts";
import { pictureSides, type Sighting, type Track } from "./track.ts";

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export function toRegionBox({ left, top, right, bottom }: Box, { width, height }: PictureSize): RegionBox {
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const x = Math.max(0, left) / width;
  const y = Math.max(0, top) / height;
  return {
    x: round(x),
    y: round(y),
    width: round(Math.min(1, right / width) - x),
    height: round(Math.min(1, bottom / height) - y),
  };
}

export function sizeOf(area: number): RegionSize {
  if (area < 0.015) return "small";
  return area < 0.1 ? "medium" : "large";
}

/** The edge with the longest contact; between near equals the one that the motion (`dx`, `dy` inwards) names. */
function edgeOf(sightings: readonly Sighting[], dx: number, dy: number): PictureSide | undefined {
  const lengths = [0, 0, 0, 0];
  for (const { contact } of sightings)
    for (const side of [0, 1, 2, 3]) lengths[side] = lengths[side]! + contact[side]!;
  const way = Math.hypot(dx, dy) || 1;
  const inward = [dx / way, -dx / way, dy / way, -dy / way];
  let best: PictureSide | undefined;
  let most = 0;
  for (const [side, length] of lengths.entries()) {
    const weight = length * (1 + 0.6 * inward[side]!);
    if (weight <= most) continue;
    most = weight;
    best = pictureSides[side]!;
  }
  return best;
}

function cameFrom(track: Track): PictureSide | undefined {
  const from = track.first[0]!;
  const to = track.first.at(-1)!;
  return edgeOf(track.first.slice(0, 3), to.centreX - from.centreX, to.centreY - from.centreY);
}

/** The edge it is about to cross: by contact, or where its speed takes it within half a second. */
function wentTo(track: Track, { width, height }: PictureSize): PictureSide | undefined {
  const from = track.recent.at(-4) ?? track.recent[0]!;
  const to = track.recent.at(-1)!;
  const side = edgeOf(track.recent.slice(-3), from.centreX - to.centreX, from.centreY - to.centreY);
  if (side && !track.merged) return side;
  const steps = 3;
  const { left, right, top, bottom } = track.box;
  const over = [
    -(left + track.velocityX * steps),
    right + track.velocityX * steps - width,
    -(top + track.velocityY * steps),
    bottom + track.velocityY * steps - height,
  ];
  const most = Math.max(...over);
  return most > 0 ? pictureSides[over.indexOf(most)] : side;
}

/** Of its size half a second later, so much of a thing that crosses the edge cannot be in sight at once. */
const wholeAtOnce = 0.75;

/**
 * True of a thing that is there at once and nearly whole, though an edge cuts it: the recording jumped, and it did not
 * come in before the camera. One that rushes in is whole a frame later, but has moved away from the edge by then.
 */
function isThereAtOnce({ first, freeFromMs }: Track): boolean {
  const [born] = first;
  const isFree = freeFromMs !== undefined && freeFromMs <= first.at(-1)!.timeMs;
  if (first.length < 4 || isFree) return false;
  return born!.area >= wholeAtOnce * Math.max(...first.map(({ area }) => area));
}

type Common = Omit<ActivityEvent, "kind" | "startMs" | "endMs" | "side" | "towards">;

function arrival(track: Track, common: Common, side: PictureSide | undefined): ActivityEvent[] {
  if (track.thereSinceMs !== undefined) return [];
  const startMs = Math.round(track.bornMs);
  if (!side) return [{ ...common, kind: "appears", startMs, endMs: startMs }];
  return [{ ...common, kind: "enters", startMs, endMs: Math.round(track.freeFromMs ?? startMs), side }];
}

function departure(
  track: Track,
  common: Common,
  side: PictureSide | undefined,
  frameMs: number,
): ActivityEvent[] {
  const { endMs } = common.presence;
  if (!side) return [{ ...common, kind: "disappears", startMs: endMs, endMs }];
  const startMs = Math.min(endMs, Math.round((track.lastFreeMs ?? track.lastSeenMs) + frameMs));
  return [{ ...common, kind: "leaves", startMs, endMs, side }];
}

/** The events of one track; `endsInside`: when the shot ended while it was there. */
export function eventsOf(
  track: Track,
  id: number,
  picture: PictureSize,
  frameMs: number,
  endsInside: number | undefined,
): ActivityEvent[] {
  const area = track.largestArea / (picture.width * picture.height);
  const endMs = Math.round(endsInside ?? track.lastSeenMs + frameMs);
  const startMs = Math.round(track.bornMs);
  const came = track.thereSinceMs === undefined;
  const atOnce = came && isThereAtOnce(track);
  const side = came && !atOnce ? cameFrom(track) : undefined;
  const towards = endsInside === undefined ? wentTo(track, picture) : undefined;
  const common: Common = {
    track: id,
    presence: { startMs: Math.round(track.thereSinceMs ?? startMs), endMs },
    size: sizeOf(area),
    area,
    colour: winningColour(track.colours),
    box: toRegionBox(track.largest, picture),
  };
  const visit = { ...common, startMs, endMs, ...(side && { side }), ...(towards && { towards }) };
  return [
    ...(atOnce ? [] : arrival(track, common, side)),
    { ...visit, kind: "moves" },
    ...(endsInside === undefined ? departure(track, common, towards, frameMs) : []),
  ];
}
