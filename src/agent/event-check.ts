import type { RegionBox } from "../media/activity-event.ts";
import type { Pixels } from "../media/pixels.ts";

/** A pixel counts as changed from this difference on, 0..255, after the change of the whole picture is taken off. */
const changedFrom = 18;
/** Part of the box that must have changed. */
const changedShare = 0.08;
/** Mean difference from which a whole picture has moved. */
const movedFrom = 6;
const wholePicture: RegionBox = { x: 0, y: 0, width: 1, height: 1 };

/**
 * True when the region shows something else in one picture than in the other. A change of exposure changes the
 * whole picture alike: the median change is taken off each channel first.
 */
export function boxDiffers(one: Pixels, other: Pixels, box: RegionBox = wholePicture): boolean {
  if (one.width !== other.width || one.height !== other.height) return false;
  const shift = medianChange(one, other);
  const left = Math.floor(clamp(box.x) * one.width);
  const top = Math.floor(clamp(box.y) * one.height);
  const right = Math.min(one.width, Math.max(left + 1, Math.ceil((box.x + box.width) * one.width)));
  const bottom = Math.min(one.height, Math.max(top + 1, Math.ceil((box.y + box.height) * one.height)));
  let changed = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (differenceAt(one, other, (y * one.width + x) * 3, shift) >= changedFrom) changed += 1;
    }
  }
  return changed >= changedShare * (right - left) * (bottom - top);
}

/** True when the two pictures differ all over, as before a camera that moves. */
export function pictureMoves(one: Pixels, other: Pixels): boolean {
  if (one.width !== other.width || one.height !== other.height) return false;
  const shift = medianChange(one, other);
  let sum = 0;
  for (let at = 0; at + 2 < one.data.length; at += 3) sum += differenceAt(one, other, at, shift);
  return sum / (one.width * one.height) >= movedFrom;
}

function differenceAt(one: Pixels, other: Pixels, at: number, shift: readonly number[]): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel++) {
    const change = (one.data[at + channel] ?? 0) - (other.data[at + channel] ?? 0) - (shift[channel] ?? 0);
    most = Math.max(most, Math.abs(change));
  }
  return most;
}

/** Median of the change of each channel, over a sample of the picture. */
function medianChange(one: Pixels, other: Pixels): readonly number[] {
  const step = 3 * Math.max(1, Math.floor((one.width * one.height) / 4000));
  return [0, 1, 2].map((channel) => {
    const changes: number[] = [];
    for (let at = channel; at < one.data.length; at += step) {
      changes.push((one.data[at] ?? 0) - (other.data[at] ?? 0));
    }
    return changes.sort((a, b) => a - b)[changes.length >> 1] ?? 0;
  });
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
