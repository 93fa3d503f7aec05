import { tallyPixels } from "./colour-tally.ts";
import type { ActivityFrame } from "./planes.ts";
import { areaOf, type Box, gapBetween, grow, intersection, joinRegions, type Region } from "./regions.ts";
import { contactOf, follow, predicted, type Sighting, type Track } from "./track.ts";
import type { Tracker } from "./tracker.ts";

export function sightingOf(region: Region, frame: ActivityFrame): Sighting {
  const { timeMs, width, height } = frame;
  const contact = contactOf(region, width, height);
  const { centreX, centreY, pixels } = region;
  return { timeMs, contact, centreX, centreY, area: pixels.length };
}

/** The track is where the region is. `brighten` is for naming its colour. */
export function see(track: Track, region: Region, frame: ActivityFrame, brighten: number): void {
  follow(track, region, sightingOf(region, frame));
  tallyPixels(track.colours, frame.data, region.pixels, brighten);
}

/** Share of a region's pixels inside a box. */
function shareInside(region: Region, box: Box, width: number): number {
  let inside = 0;
  for (const pixel of region.pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    if (x >= box.left && x < box.right && y >= box.top && y < box.bottom) inside++;
  }
  return inside / region.pixels.length;
}

/** Pieces of one body stay together; a piece that has got away from the body is left for a track of its own. */
export function seeAlone(
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

/** How well a region fits a track's expected place (0..1) and size (0..0.5). */
export function kinship(region: Region, expected: Box, track: Track): number {
  const shared = areaOf(intersection(region.box, expected));
  const overlap = shared / Math.max(1, areaOf(expected) + areaOf(region.box) - shared);
  const alike = Math.min(region.pixels.length, track.area) / Math.max(region.pixels.length, track.area);
  return overlap + 0.5 * alike;
}

/** Several tracks before one piece of foreground: each goes on as it went, held inside the piece. */
export function passThrough(tracks: readonly Track[], region: Region, frame: ActivityFrame): void {
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

/** Several tracks before several pieces: each piece to the track it fits best; returns what fits none. */
export function shareOut(
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
