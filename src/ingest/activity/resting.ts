import type { ActivityEvent } from "../../media/activity-event.ts";
import type { ColourName } from "../../media/colour-name.ts";
import { gapBetween, joinRegions, type Region } from "./regions.ts";
import { type PictureSize, sizeOf, toRegionBox } from "./track-events.ts";

interface Thing {
  region: Region;
  readonly picture: PictureSize;
  colour: ColourName;
  /** Undefined: it was there from the start of the shot, `startMs`. */
  appearedMs: number | undefined;
  readonly startMs: number;
  disappearedMs: number | undefined;
}

/** Things that were put down and taken away. Pieces of one thing may come one by one. */
export interface RestingObjects {
  putDown(region: Region, picture: PictureSize, colour: ColourName, atMs: number): void;
  takenAway(region: Region, picture: PictureSize, colour: ColourName, atMs: number, sinceMs: number): void;
  /** Is something there that was put down before? */
  knows(region: Region): boolean;
  events(endMs: number, nextId: () => number): ActivityEvent[];
}

function overlap(a: Region, b: Region): number {
  const pixels = new Set(a.pixels);
  let shared = 0;
  for (const pixel of b.pixels) if (pixels.has(pixel)) shared++;
  return shared / Math.min(a.pixels.length, b.pixels.length);
}

const shared = (from: number, to: number, otherFrom: number, otherTo: number): boolean =>
  Math.min(to, otherTo) - Math.max(from, otherFrom) > 0.5 * Math.min(to - from, otherTo - otherFrom);

/** A thing whose middle looks like its background, or is hidden by a hand, is found in pieces at nearly one time. */
function isPieceOf(thing: Thing, region: Region, thenMs: number | undefined, atMs: number): boolean {
  if (thenMs === undefined || Math.abs(thenMs - atMs) > 1500) return false;
  const a = thing.region.box;
  const b = region.box;
  const inLine = shared(a.left, a.right, b.left, b.right) || shared(a.top, a.bottom, b.top, b.bottom);
  const size = Math.max(a.right - a.left, a.bottom - a.top, b.right - b.left, b.bottom - b.top);
  return gapBetween(a, b) <= Math.max(5, (inLine ? 2 : 0.8) * size);
}

function addPiece(thing: Thing, region: Region, colour: ColourName): void {
  if (region.pixels.length > thing.region.pixels.length) thing.colour = colour;
  thing.region = joinRegions([thing.region, region], thing.picture.width);
}

export function createRestingObjects(): RestingObjects {
  const things: Thing[] = [];
  const standing = (region: Region): Thing | undefined =>
    things.find((thing) => thing.disappearedMs === undefined && overlap(thing.region, region) > 0.5);
  return {
    knows: (region) => standing(region) !== undefined,
    putDown(region, picture, colour, atMs) {
      const whole = things.find((thing) => isPieceOf(thing, region, thing.appearedMs, atMs));
      if (whole) {
        addPiece(whole, region, colour);
        whole.appearedMs = Math.min(whole.appearedMs!, atMs);
      } else
        things.push({ region, picture, colour, appearedMs: atMs, startMs: atMs, disappearedMs: undefined });
    },
    takenAway(region, picture, colour, atMs, sinceMs) {
      const whole =
        things.find((thing) => isPieceOf(thing, region, thing.disappearedMs, atMs)) ?? standing(region);
      if (!whole) {
        const disappearedMs = atMs;
        things.push({ region, picture, colour, appearedMs: undefined, startMs: sinceMs, disappearedMs });
        return;
      }
      if (whole.disappearedMs !== undefined) addPiece(whole, region, colour);
      whole.disappearedMs = Math.max(whole.disappearedMs ?? atMs, atMs);
    },
    events: (endMs, nextId) => things.flatMap((thing) => eventsOfThing(thing, endMs, nextId())),
  };
}

function eventsOfThing(thing: Thing, endMs: number, id: number): ActivityEvent[] {
  const { region, picture, colour, appearedMs, startMs, disappearedMs } = thing;
  const area = region.pixels.length / (picture.width * picture.height);
  const common = {
    track: id,
    presence: { startMs: Math.round(startMs), endMs: Math.round(disappearedMs ?? endMs) },
    size: sizeOf(area),
    area,
    colour,
    box: toRegionBox(region.box, picture),
  };
  const at = (kind: "appears" | "disappears", ms: number): ActivityEvent => ({
    ...common,
    kind,
    startMs: Math.round(ms),
    endMs: Math.round(ms),
  });
  return [
    ...(appearedMs === undefined ? [] : [at("appears", appearedMs)]),
    ...(disappearedMs === undefined ? [] : [at("disappears", disappearedMs)]),
  ];
}
