import type { PictureSide } from "../../media/activity-event.ts";
import { type ColourTally, emptyTally } from "./colour-tally.ts";
import type { Box, Region } from "./regions.ts";

export const pictureSides = ["left", "right", "top", "bottom"] as const satisfies readonly PictureSide[];

/** How many pixels of a region lie on each edge of the picture, in the order of `pictureSides`. */
export type EdgeContact = readonly [left: number, right: number, top: number, bottom: number];

export interface Sighting {
  readonly timeMs: number;
  readonly contact: EdgeContact;
  readonly centreX: number;
  readonly centreY: number;
  /** Pixels. */
  readonly area: number;
}

/** Centre and size of a region, smoothed; its way tells an object that travels from one that flutters. */
interface Shape {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One moving thing. Mutable: it belongs to the tracker. */
export interface Track {
  id: number;
  state: "tentative" | "confirmed" | "closed";
  readonly bornMs: number;
  /** It did not come in: it was there from this time on, in the shot's first frames or at rest. */
  thereSinceMs: number | undefined;
  readonly first: Sighting[];
  /** The newest last. */
  readonly recent: Sighting[];
  box: Box;
  velocityX: number;
  velocityY: number;
  /** Pixels, smoothed; the box and the pixels at the largest. */
  area: number;
  largest: Box;
  largestArea: number;
  region: Region | undefined;
  lastSeenMs: number;
  /** Since when no edge of the picture cuts it; undefined while one does. */
  freeFromMs: number | undefined;
  lastFreeMs: number | undefined;
  ages: number;
  missing: number;
  merged: boolean;
  /** Of whom it split off, and how far its centre was from theirs then. */
  readonly parent: Track | undefined;
  readonly parentDistance: number;
  readonly birth: Shape;
  shape: Shape;
  way: number;
  farthest: number;
  readonly colours: ColourTally;
}

export function contactOf(region: Region, width: number, height: number): EdgeContact {
  const contact: [number, number, number, number] = [0, 0, 0, 0];
  const { left, right, top, bottom } = region.box;
  if (left > 1 && right < width - 1 && top > 1 && bottom < height - 1) return contact;
  for (const pixel of region.pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    if (x < 2) contact[0]++;
    if (x > width - 3) contact[1]++;
    if (y < 2) contact[2]++;
    if (y > height - 3) contact[3]++;
  }
  return contact;
}

const shapeOf = ({ box, centreX, centreY }: Region): Shape => ({
  x: centreX,
  y: centreY,
  width: (box.right - box.left) / 2,
  height: (box.bottom - box.top) / 2,
});

const distance = (a: Shape, b: Shape): number =>
  Math.hypot(a.x - b.x, a.y - b.y, 0.5 * (a.width - b.width), 0.5 * (a.height - b.height));

export function startTrack(
  id: number,
  region: Region,
  sighting: Sighting,
  thereSinceMs: number | undefined,
  parent: Track | undefined,
): Track {
  const { box } = region;
  const shape = shapeOf(region);
  const split = parent && Math.hypot(shape.x - parent.shape.x, shape.y - parent.shape.y);
  const area = region.pixels.length;
  return {
    id,
    state: "tentative",
    bornMs: sighting.timeMs,
    thereSinceMs,
    first: [sighting],
    recent: [sighting],
    box,
    velocityX: 0,
    velocityY: 0,
    area,
    largest: box,
    largestArea: area,
    region,
    lastSeenMs: sighting.timeMs,
    freeFromMs: undefined,
    lastFreeMs: undefined,
    ages: 1,
    missing: 0,
    merged: false,
    parent,
    parentDistance: split ?? 0,
    birth: shape,
    shape,
    way: 0,
    farthest: 0,
    colours: emptyTally(),
  };
}

const keptSightings = 24;

function remember(track: Track, sighting: Sighting): void {
  if (track.first.length < 4) track.first.push(sighting);
  track.recent.push(sighting);
  if (track.recent.length > keptSightings) track.recent.shift();
  const cut = sighting.contact.some((pixels) => pixels > 0);
  if (cut) return;
  track.freeFromMs ??= sighting.timeMs;
  track.lastFreeMs = sighting.timeMs;
}

/** Two edges of the box in front and behind; an edge that the picture cuts says nothing about the speed. */
function edgeVelocity(before: [number, number], now: [number, number], cut: [boolean, boolean]): number {
  const low = now[0] - before[0];
  const high = now[1] - before[1];
  if (cut[0] && !cut[1]) return high;
  if (cut[1] && !cut[0]) return low;
  return (low + high) / 2;
}

/** Takes in where the object is now. */
export function follow(track: Track, region: Region, sighting: Sighting): void {
  const { box } = region;
  const { contact } = sighting;
  const cut = contact.map((pixels) => pixels > 0) as [boolean, boolean, boolean, boolean];
  if (!track.merged && track.missing === 0) {
    const vx = edgeVelocity([track.box.left, track.box.right], [box.left, box.right], [cut[0], cut[1]]);
    const vy = edgeVelocity([track.box.top, track.box.bottom], [box.top, box.bottom], [cut[2], cut[3]]);
    const rate = track.ages < 4 ? 0.6 : 0.35;
    track.velocityX += rate * (vx - track.velocityX);
    track.velocityY += rate * (vy - track.velocityY);
  }
  const now = shapeOf(region);
  const last = track.shape;
  const shape: Shape = {
    x: last.x + 0.5 * (now.x - last.x),
    y: last.y + 0.5 * (now.y - last.y),
    width: last.width + 0.5 * (now.width - last.width),
    height: last.height + 0.5 * (now.height - last.height),
  };
  track.way += distance(last, shape);
  track.shape = shape;
  track.farthest = Math.max(track.farthest, distance(track.birth, shape));
  track.box = box;
  track.region = region;
  track.area += 0.3 * (region.pixels.length - track.area);
  if (region.pixels.length > track.largestArea) {
    track.largestArea = region.pixels.length;
    track.largest = box;
  }
  track.ages++;
  track.missing = 0;
  track.merged = false;
  track.lastSeenMs = sighting.timeMs;
  remember(track, sighting);
}

export const predicted = ({ box, velocityX, velocityY }: Track, steps: number): Box => ({
  left: box.left + velocityX * steps,
  right: box.right + velocityX * steps,
  top: box.top + velocityY * steps,
  bottom: box.bottom + velocityY * steps,
});
