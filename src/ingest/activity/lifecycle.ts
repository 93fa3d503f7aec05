import type { Contour } from "./contour.ts";
import { areaOf, gapBetween, grow, intersection, type Region } from "./regions.ts";
import { predicted, type Track } from "./track.ts";
import { close, drop, type Tracker } from "./tracker.ts";

/** Milliseconds that a thing may be out of sight: at the picture's edge, and inside (behind a pole). */
const patience = { edge: 600, inside: 2200 } as const;

/** Whether the track has gone somewhere, rather than to and fro. */
export function travels(track: Track, longestSide: number): boolean {
  const needed = Math.max(
    0.022 * longestSide,
    Math.min(0.3 * Math.sqrt(track.largestArea), 0.06 * longestSide),
  );
  return track.farthest >= needed && track.farthest >= 0.35 * track.way;
}

/** A piece that split off counts as a thing of its own once it has left the body it came from. */
function isIndependent(track: Track): boolean {
  const { parent } = track;
  if (!parent || parent.state === "closed") return true;
  const apart = Math.hypot(track.shape.x - parent.shape.x, track.shape.y - parent.shape.y);
  const size = Math.max(parent.box.right - parent.box.left, parent.box.bottom - parent.box.top);
  return Math.abs(apart - track.parentDistance) > 0.5 * size || apart > 1.5 * size;
}

/** How far the smaller has moved against the larger since both were first seen. */
function drift(track: Track, other: Track): number {
  const since = Math.max(track.bornMs, other.bornMs, other.recent[0]!.timeMs, track.recent[0]!.timeMs);
  const mine = track.recent.find(({ timeMs }) => timeMs >= since);
  const theirs = other.recent.find(({ timeMs }) => timeMs >= since);
  const now = track.recent.at(-1)!;
  const then = other.recent.at(-1)!;
  if (!mine || !theirs) return Number.POSITIVE_INFINITY;
  return Math.hypot(
    now.centreX - mine.centreX - (then.centreX - theirs.centreX),
    now.centreY - mine.centreY - (then.centreY - theirs.centreY),
  );
}

/** A foot or a head whose body looks like the background goes along with the rest: it is no thing of its own. */
export function goesAlong(track: Track, tracks: readonly Track[]): boolean {
  return tracks.some((other) => {
    if (other === track || other.state !== "confirmed" || other.area < 1.5 * track.area) return false;
    const size = Math.max(other.box.right - other.box.left, other.box.bottom - other.box.top);
    const above = Math.min(other.box.right, track.box.right) > Math.max(other.box.left, track.box.left);
    return gapBetween(other.box, track.box) < (above ? 1.5 : 0.6) * size && drift(track, other) < 0.5 * size;
  });
}

/** An object's outline is sharp; light and soft shade fade out. */
export const isSharp = ({ inPicture, inBackground, contrast }: Contour): boolean =>
  Math.max(inPicture, inBackground) > 0.3 * contrast;

export function mayConfirm(
  track: Track,
  tracks: readonly Track[],
  pixelCount: number,
  longestSide: number,
): boolean {
  return (
    track.state === "tentative" &&
    track.ages >= 3 &&
    track.missing === 0 &&
    track.largestArea >= 0.0014 * pixelCount &&
    travels(track, longestSide) &&
    isIndependent(track) &&
    !goesAlong(track, tracks)
  );
}

export function touchesEdge(track: Track): boolean {
  return track.recent.at(-1)!.contact.some((pixels) => pixels > 0);
}

function isOutside(track: Track, width: number, height: number): boolean {
  const box = predicted(track, Math.max(1, track.missing));
  const inside = areaOf(intersection(box, { left: 0, top: 0, right: width, bottom: height }));
  return inside < 0.12 * Math.max(1, areaOf(box));
}

/** Would it have crossed an edge by now? Quick things are gone from one frame to the next. */
function isLeaving(track: Track, width: number, height: number): boolean {
  if (touchesEdge(track)) return true;
  const { left, right, top, bottom } = predicted(track, 2);
  return left <= 1 || right >= width - 1 || top <= 1 || bottom >= height - 1;
}

/** Closes tracks that are gone, and forgets those that never were anything. */
export function retire(tracker: Tracker, timeMs: number, width: number, height: number): void {
  for (const track of [...tracker.tracks]) {
    const unseenMs = timeMs - track.lastSeenMs;
    if (track.state === "tentative") {
      if (track.missing > 2) drop(tracker, track);
    } else if (track.merged && isOutside(track, width, height)) close(tracker, track);
    else if (
      track.missing > 0 &&
      unseenMs > (isLeaving(track, width, height) ? patience.edge : patience.inside)
    )
      close(tracker, track);
  }
}

/** A newcomer in the middle of the picture, where one was lost from sight, is that one. */
export function findLost(
  tracker: Tracker,
  region: Region,
  colourMatches: (track: Track) => boolean,
): Track | undefined {
  return tracker.tracks.find((track) => {
    if (track.state !== "confirmed" || track.missing < 2) return false;
    const ratio = region.pixels.length / Math.max(1, track.area);
    const place = grow(predicted(track, track.missing), 8 + 2 * track.missing);
    return ratio > 0.3 && ratio < 3 && areaOf(intersection(place, region.box)) > 0 && colourMatches(track);
  });
}
