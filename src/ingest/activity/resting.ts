import type { ActivityEvent } from "../../media/activity-event.ts";
import type { ColourName } from "../../media/colour-name.ts";
import type { Region } from "./regions.ts";
import { type PictureSize, sizeOf, toRegionBox } from "./track-events.ts";

interface Thing {
  readonly region: Region;
  readonly picture: PictureSize;
  readonly colour: ColourName;
  /** Undefined: it was there from the start of the shot, `startMs`. */
  readonly appearedMs: number | undefined;
  readonly startMs: number;
  disappearedMs: number | undefined;
}

/** Things that were put down and taken away. */
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

export function createRestingObjects(): RestingObjects {
  const things: Thing[] = [];
  const standing = (region: Region): Thing | undefined =>
    things.find((thing) => thing.disappearedMs === undefined && overlap(thing.region, region) > 0.5);
  return {
    knows: (region) => standing(region) !== undefined,
    putDown(region, picture, colour, atMs) {
      things.push({ region, picture, colour, appearedMs: atMs, startMs: atMs, disappearedMs: undefined });
    },
    takenAway(region, picture, colour, atMs, sinceMs) {
      const known = standing(region);
      if (known) known.disappearedMs = atMs;
      else
        things.push({
          region,
          picture,
          colour,
          appearedMs: undefined,
          startMs: sinceMs,
          disappearedMs: atMs,
        });
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
