import { assignGroups, type Group } from "./association.ts";
import { tallyPixels } from "./colour-tally.ts";
import type { ActivityFrame } from "./planes.ts";
import { areaOf, gapBetween, grow, intersection, joinRegions, type Region } from "./regions.ts";
import { contactOf, follow, predicted, type Sighting, startTrack, type Track } from "./track.ts";

export interface Tracker {
  /** Open ones, confirmed or not. */
  readonly tracks: Track[];
  readonly closed: Track[];
  /** How much of a region changes from frame to frame, 0..1. */
  readonly liveliness: (region: Region) => number;
  /** Whether a still region is a body, rather than light, shade or the empty place of something. */
  readonly isBody: (region: Region) => boolean;
  /** Whether nothing of the region has changed for more than half a second. */
  readonly rests: (region: Region) => boolean;
  nextId: number;
}

export const createTracker = (looks: Pick<Tracker, "liveliness" | "isBody" | "rests">): Tracker => ({
  ...looks,
  tracks: [],
  closed: [],
  nextId: 0,
});

function sightingOf(region: Region, frame: ActivityFrame): Sighting {
  const { timeMs, width, height } = frame;
  const contact = contactOf(region, width, height);
  return { timeMs, contact, centreX: region.centreX, centreY: region.centreY };
}

function see(track: Track, region: Region, frame: ActivityFrame, brighten: number): void {
  follow(track, region, sightingOf(region, frame));
  tallyPixels(track.colours, frame.data, region.pixels, brighten);
}

/** Share of a region's pixels inside a box. */
export function shareInside(
  region: Region,
  box: { left: number; top: number; right: number; bottom: number },
  width: number,
): number {
  let inside = 0;
  for (const pixel of region.pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    if (x >= box.left && x < box.right && y >= box.top && y < box.bottom) inside++;
  }
  return inside / region.pixels.length;
}

/** Pieces of one body stay together; a piece that has got away from the body is left for a track of its own. */
function seeAlone(
  { liveliness, isBody, rests }: Tracker,
  track: Track,
  regions: readonly Region[],
  frame: ActivityFrame,
  brighten: number,
): Region[] {
  const expected = grow(predicted(track, 1 + track.missing), 2);
  const claim = (region: Region): number =>
    kinship(region, expected, track) + (regions.length > 1 ? liveliness(region) : 0);
  const main = [...regions].sort((a, b) => claim(b) - claim(a))[0]!;
  const reach = Math.max(3, 0.25 * Math.max(main.box.right - main.box.left, main.box.bottom - main.box.top));
  const isLeftBehind = (region: Region): boolean =>
    liveliness(region) < 0.2 &&
    (!isBody(region) || (gapBetween(region.box, main.box) >= 4 && rests(region) && liveliness(main) > 0.3));
  const own = regions.filter(
    (region) =>
      region === main ||
      ((gapBetween(region.box, main.box) <= reach || shareInside(region, expected, frame.width) > 0.7) &&
        !isLeftBehind(region)),
  );
  see(track, joinRegions(own, frame.width), frame, brighten);
  return regions.filter((region) => !own.includes(region));
}

function kinship(region: Region, expected: Parameters<typeof areaOf>[0], track: Track): number {
  const shared = areaOf(intersection(region.box, expected));
  const overlap = shared / Math.max(1, areaOf(expected) + areaOf(region.box) - shared);
  const alike = Math.min(region.pixels.length, track.area) / Math.max(region.pixels.length, track.area);
  return overlap + 0.5 * alike;
}

/** Several tracks before one piece of foreground: each goes on as it went, held inside the piece. */
function passThrough(tracks: readonly Track[], region: Region, frame: ActivityFrame): void {
  for (const track of tracks) {
    const box = predicted(track, 1);
    const right = Math.min(0, region.box.right - box.right);
    const left = Math.max(0, region.box.left - box.left);
    const down = Math.min(0, region.box.bottom - box.bottom);
    const up = Math.max(0, region.box.top - box.top);
    // A box that is wider than the piece is being cut by the picture's edge: let it go on.
    const dx = right && left ? 0 : right + left;
    const dy = down && up ? 0 : down + up;
    track.box = { left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy };
    track.merged = true;
    track.missing = 0;
    track.lastSeenMs = frame.timeMs;
    track.ages++;
  }
}

function sameEntry(a: Track, b: Track): boolean {
  const sameEdge = a.first[0]!.contact.some((pixels, side) => pixels > 0 && b.first[0]!.contact[side]! > 0);
  const apart = Math.hypot(a.birth.x - b.birth.x, a.birth.y - b.birth.y);
  return sameEdge && b.bornMs - a.bornMs < 600 && b.lastSeenMs - b.bornMs < 1000 && apart < 50;
}

/** Two that came in over one edge at nearly one time and met at once are pieces of one body. */
function fuse(tracker: Tracker, tracks: readonly Track[]): Track[] {
  const rank = (track: Track): number => (track.state === "confirmed" ? 0 : 1e12) + track.bornMs;
  const [eldest, ...others] = [...tracks].sort((a, b) => rank(a) - rank(b));
  const kept = [eldest!];
  for (const track of others) {
    if (track.state === "tentative" || sameEntry(eldest!, track)) drop(tracker, track);
    else kept.push(track);
  }
  return kept;
}

export function drop(tracker: Tracker, track: Track): void {
  track.state = "closed";
  const index = tracker.tracks.indexOf(track);
  if (index >= 0) tracker.tracks.splice(index, 1);
}

export function close(tracker: Tracker, track: Track): void {
  drop(tracker, track);
  tracker.closed.push(track);
}

function shareOut(
  tracks: readonly Track[],
  regions: readonly Region[],
  frame: ActivityFrame,
  brighten: number,
): Region[] {
  const free = new Set(regions);
  const waiting = new Set(tracks);
  const pairs = tracks
    .flatMap((track) =>
      regions.map((region) => ({ track, region, fit: kinship(region, predicted(track, 1), track) })),
    )
    .sort((a, b) => b.fit - a.fit);
  for (const { track, region, fit } of pairs) {
    if (!waiting.has(track) || !free.has(region) || fit < 0.15) continue;
    waiting.delete(track);
    free.delete(region);
    see(track, region, frame, brighten);
  }
  for (const track of waiting) {
    const nearest = [...regions].sort(
      (a, b) => gapBetween(a.box, track.box) - gapBetween(b.box, track.box),
    )[0]!;
    passThrough([track], nearest, frame);
  }
  return [...free].filter(
    (region) => !tracks.some((track) => shareInside(region, grow(track.box, 2), frame.width) > 0.5),
  );
}

function settleGroup(tracker: Tracker, group: Group, frame: ActivityFrame, brighten: number): Region[] {
  const tracks =
    group.tracks.length > 1 && group.regions.length === 1 ? fuse(tracker, group.tracks) : group.tracks;
  if (tracks.length === 1) return seeAlone(tracker, tracks[0]!, group.regions, frame, brighten);
  if (group.regions.length > 1) return shareOut(tracks, group.regions, frame, brighten);
  passThrough(tracks, group.regions[0]!, frame);
  return [];
}

function parentOf(tracker: Tracker, region: Region): Track | undefined {
  return tracker.tracks.find(
    (track) =>
      track.state === "confirmed" &&
      gapBetween(grow(track.box, 1), region.box) < 0.5 * (track.box.bottom - track.box.top),
  );
}

/** One frame: moves the tracks on, starts new ones, counts those not seen. */
export function track(
  tracker: Tracker,
  regions: readonly Region[],
  frame: ActivityFrame,
  brighten: number,
  thereSinceMs: number | undefined,
): void {
  const { groups, unseen, newcomers } = assignGroups(tracker.tracks, regions, frame.width);
  const left = groups.flatMap((group) => settleGroup(tracker, group, frame, brighten));
  for (const missed of unseen) {
    missed.missing++;
    missed.region = undefined;
  }
  for (const region of [...newcomers, ...left]) {
    const parent = parentOf(tracker, region);
    const born = startTrack(tracker.nextId++, region, sightingOf(region, frame), thereSinceMs, parent);
    tallyPixels(born.colours, frame.data, region.pixels, brighten);
    tracker.tracks.push(born);
  }
}
