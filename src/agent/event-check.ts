import type { ActivityEvent, RegionBox } from "../media/activity-event.ts";
import type { Pixels } from "../media/pixels.ts";

/** A pixel counts as changed from this difference on, 0..255, after the change of the whole picture is taken off. */
const changedFrom = 18;
/** Part of the object's own area that must have changed: it may be half outside, or half behind something. */
const changedShare = 0.2;
/** How far from its side of the picture an object is looked for while it crosses that side. */
const sideBand = 0.4;
/** Mean difference from which a whole picture has moved. */
const movedFrom = 6;
const wholePicture: RegionBox = { x: 0, y: 0, width: 1, height: 1 };

/**
 * True when one picture shows something of the event's object that the other does not: enough of the picture has
 * changed, near the side that the object crosses, or where it stands. A change of exposure changes the whole
 * picture alike: the median change is taken off each channel first.
 */
export function objectDiffers(one: Pixels, other: Pixels, event: ActivityEvent): boolean {
  if (one.width !== other.width || one.height !== other.height) return false;
  const changed = changedPixels(one, other, placeOf(event));
  return changed >= changedShare * event.area * one.width * one.height;
}

/** What crosses a side is near it; what moves may be anywhere; what is put down or taken stays where it is. */
function placeOf({ kind, side, box }: ActivityEvent): RegionBox {
  const crosses = kind === "enters" || kind === "leaves";
  if (crosses && side === "left") return { ...wholePicture, width: sideBand };
  if (crosses && side === "right") return { ...wholePicture, x: 1 - sideBand, width: sideBand };
  if (crosses && side === "top") return { ...wholePicture, height: sideBand };
  if (crosses && side === "bottom") return { ...wholePicture, y: 1 - sideBand, height: sideBand };
  return kind === "moves" || crosses ? wholePicture : (box ?? wholePicture);
}

function changedPixels(one: Pixels, other: Pixels, box: RegionBox): number {
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
  return changed;
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
