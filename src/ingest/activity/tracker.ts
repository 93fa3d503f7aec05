import { assignGroups, type Group } from "./association.ts";
import { tallyPixels } from "./colour-tally.ts";
import type { ActivityFrame } from "./planes.ts";
import { gapBetween, grow, type Region } from "./regions.ts";
import { kinship, passThrough, see, seeAlone, shareOut, sightingOf } from "./sharing.ts";
import { predicted, startTrack, type Track } from "./track.ts";

export interface Tracker {
  /** Open ones, confirmed or not. */
  readonly tracks: Track[];
  readonly closed: Track[];
  /** How much of a region changes from frame to frame, 0..1. */
  readonly liveliness: (region: Region) => number;
  /** Whether a still region is a body, rather than light, shade or the empty place of something. */
  readonly isBody: (region: Region) => boolean;
  /** Whether nothing of the region has changed for almost half a second. */
  readonly rests: (region: Region) => boolean;
  nextId: number;
}

export const createTracker = (looks: Pick<Tracker, "liveliness" | "isBody" | "rests">): Tracker => ({
  ...looks,
  tracks: [],
  closed: [],
  nextId: 0,
});

function sameEntry(a: Track, b: Track): boolean {
  const sameEdge = a.first[0]!.contact.some((pixels, side) => pixels > 0 && b.first[0]!.contact[side]! > 0);
  const apart = Math.hypot(a.birth.x - b.birth.x, a.birth.y - b.birth.y);
  return sameEdge && b.bornMs - a.bornMs < 600 && b.lastSeenMs - b.bornMs < 1000 && apart < 50;
}

/** Two that came in over one edge at nearly one time and met at once are pieces of one body. */
function fuse(tracker: Tracker, tracks: readonly Track[]): Track[] {
  const [eldest, ...others] = [...tracks].sort((a, b) => a.bornMs - b.bornMs);
  const kept = [eldest!];
  for (const track of others) {
    if (sameEntry(eldest!, track)) drop(tracker, track);
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

/** Pieces that the confirmed tracks of a group leave over go to the others; those that get none were parts of them. */
function handOn(
  tracker: Tracker,
  tracks: readonly Track[],
  regions: Region[],
  frame: ActivityFrame,
  brighten: number,
): Region[] {
  const free = [...regions];
  for (const track of tracks) {
    const expected = predicted(track, 1);
    const kin = (region: Region): number => kinship(region, expected, track);
    const best = free.sort((a, b) => kin(b) - kin(a))[0];
    if (best && kin(best) > 0.15) see(track, free.shift()!, frame, brighten);
    else drop(tracker, track);
  }
  return free;
}

function settleGroup(tracker: Tracker, group: Group, frame: ActivityFrame, brighten: number): Region[] {
  const eldest = [...group.tracks].sort((a, b) => a.bornMs - b.bornMs)[0]!;
  const confirmed = group.tracks.filter(({ state }) => state === "confirmed");
  const sure = confirmed.length > 0 ? confirmed : [eldest];
  const others = group.tracks.filter((track) => !sure.includes(track));
  const tracks = sure.length > 1 && group.regions.length === 1 ? fuse(tracker, sure) : sure;
  let left: Region[] = [];
  if (tracks.length === 1) left = seeAlone(tracker, tracks[0]!, group.regions, frame, brighten);
  else if (group.regions.length > 1) left = shareOut(tracks, group.regions, frame, brighten);
  else passThrough(tracks, group.regions[0]!, frame);
  return handOn(tracker, others, left, frame, brighten);
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
