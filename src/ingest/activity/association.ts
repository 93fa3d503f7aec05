import { areaOf, type Box, gapBetween, grow, type Region } from "./regions.ts";
import { predicted, type Track } from "./track.ts";

/** Tracks and pieces of foreground that touch each other. */
export interface Group {
  readonly tracks: Track[];
  readonly regions: Region[];
}

export interface Assignment {
  readonly groups: Group[];
  readonly unseen: Track[];
  readonly newcomers: Region[];
}

function pixelsInside(region: Region, box: Box, width: number): number {
  let inside = 0;
  for (const pixel of region.pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    if (x >= box.left && x < box.right && y >= box.top && y < box.bottom) inside++;
  }
  return inside;
}

function meets(track: Track, region: Region, width: number): boolean {
  const box = grow(predicted(track, 1 + track.missing), 1);
  if (gapBetween(box, region.box) > 0) return false;
  const smaller = Math.max(1, Math.min(track.area, region.pixels.length));
  return pixelsInside(region, box, width) / smaller > 0.2;
}

/** A small or quick thing that does not overlap its expected place: the nearest piece of like size. */
function nearby(track: Track, regions: readonly Region[]): Region | undefined {
  const steps = 1 + track.missing;
  const box = predicted(track, steps);
  const size = Math.sqrt(areaOf(track.box));
  const reach = steps * (4 + 0.5 * size + 0.5 * Math.hypot(track.velocityX, track.velocityY));
  let best: Region | undefined;
  let nearest = Math.min(reach, 0.25 * 160);
  for (const region of regions) {
    const ratio = region.pixels.length / Math.max(1, track.area);
    if (ratio < 0.2 || ratio > 5) continue;
    const gap = gapBetween(box, region.box);
    if (gap >= nearest) continue;
    nearest = gap;
    best = region;
  }
  return best;
}

function join(groups: Group[], track: Track, regions: readonly Region[]): void {
  const touching = groups.filter((group) => group.regions.some((region) => regions.includes(region)));
  const merged: Group = { tracks: [track], regions: [...regions] };
  for (const group of touching) {
    merged.tracks.push(...group.tracks);
    for (const region of group.regions) if (!merged.regions.includes(region)) merged.regions.push(region);
    groups.splice(groups.indexOf(group), 1);
  }
  groups.push(merged);
}

/** Confirmed tracks choose first; one that is not confirmed never binds two confirmed ones together. */
export function assignGroups(
  tracks: readonly Track[],
  regions: readonly Region[],
  width: number,
): Assignment {
  const groups: Group[] = [];
  const unseen: Track[] = [];
  const taken = new Set<Region>();
  const order = [...tracks].sort((a, b) => Number(b.state === "confirmed") - Number(a.state === "confirmed"));
  for (const track of order) {
    const meeting = regions.filter((region) => meets(track, region, width));
    const own = track.state === "confirmed" ? meeting : meeting.slice(0, 1);
    if (own.length === 0) {
      const near = nearby(
        track,
        regions.filter((region) => !taken.has(region)),
      );
      if (near) own.push(near);
    }
    if (own.length === 0) {
      unseen.push(track);
      continue;
    }
    join(groups, track, own);
    for (const region of own) taken.add(region);
  }
  return { groups, unseen, newcomers: regions.filter((region) => !taken.has(region)) };
}
