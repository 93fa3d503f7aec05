import type { ColourName } from "../../media/colour-name.ts";
import { addTally, emptyTally, tallyPixel, winningColour } from "./colour-tally.ts";
import { measureContour, slopeLikeness } from "./contour.ts";
import { findLost, isSharp, mayConfirm, retire } from "./lifecycle.ts";
import type { ActivityFrame, Planes } from "./planes.ts";
import type { Region } from "./regions.ts";
import { absorb, inLightOf, judgeResidue, putDownAt, stillShare, takenAwayAt } from "./residue.ts";
import type { Shot } from "./shot.ts";
import type { Track } from "./track.ts";
import { drop } from "./tracker.ts";

/** How long a piece of foreground rests before it is judged to be a thing, its absence, or light. */
const restMs = 900;

function colourOf(planes: Planes, region: Region): ColourName {
  const tally = emptyTally();
  for (const pixel of region.pixels) {
    const y = planes.y[pixel]!;
    const blue = y + planes.u[pixel]! / 0.564;
    const red = y + planes.v[pixel]! / 0.713;
    const green = (y - 0.299 * red - 0.114 * blue) / 0.587;
    tallyPixel(tally, red, green, blue);
  }
  return winningColour(tally);
}

/** Someone who was there when it happened, other than the thing itself setting off. */
function hadHelp(shot: Shot, atMs: number): boolean {
  const { tracks, closed } = shot.tracker;
  return [...tracks, ...closed].some(
    (track) =>
      (track.state === "confirmed" || closed.includes(track)) &&
      track.bornMs <= atMs + 600 &&
      track.lastSeenMs >= atMs - 600,
  );
}

/** The track that set off from here: a parked car that drives away uncovers its own place. */
function departedFrom(shot: Shot, region: Region): Track | undefined {
  const { tracks, closed } = shot.tracker;
  return [...tracks, ...closed].find((track) => {
    const { x, y } = track.birth;
    const inside =
      x >= region.box.left - 3 &&
      x <= region.box.right + 3 &&
      y >= region.box.top - 3 &&
      y <= region.box.bottom + 3;
    const wasWhole =
      track.first[0]!.contact.every((pixels) => pixels === 0) || track.thereSinceMs !== undefined;
    return inside && wasWhole && track.state !== "tentative";
  });
}

function settleResidue(shot: Shot, track: Track, region: Region, planes: Planes): void {
  const { background, exposure, noise, resting } = shot;
  const before = inLightOf(background, exposure);
  const { kind, contour } = judgeResidue(region, planes, before);
  const worthTelling =
    region.pixels.length >= 0.001 * planes.y.length && contour.contrast > 14 + 4 * noise && isSharp(contour);
  if (kind === "put-down" && worthTelling && track.thereSinceMs === undefined)
    resting.putDown(region, background, colourOf(planes, region), putDownAt(region, background));
  if (kind === "taken-away" && worthTelling) {
    const departed = departedFrom(shot, region);
    const atMs = takenAwayAt(region, background);
    if (departed) departed.thereSinceMs ??= shot.startMs;
    else if (resting.knows(region) || hadHelp(shot, atMs))
      resting.takenAway(region, background, colourOf(background, region), atMs, shot.startMs);
  }
  absorb(region, background, planes, exposure, noise, shot.nowMs);
  drop(shot.tracker, track);
}

function confirm(shot: Shot, track: Track, region: Region, planes: Planes): void {
  const { background, exposure, tracker } = shot;
  const before = inLightOf(background, exposure);
  if (!isSharp(measureContour(region, planes, before))) return;
  const { likeness, slope } = slopeLikeness(planes, before, region.pixels);
  if (likeness > 0.75 && slope > 3 + 2 * shot.noise) return;
  const inside = track.first[0]!.contact.every((pixels) => pixels === 0);
  const lost = inside
    ? findLost(tracker, region, (other) => winningColour(other.colours) === winningColour(track.colours))
    : undefined;
  if (lost) resume(lost, track);
  track.state = "confirmed";
}

/** `track` is `lost`, seen again: it inherits where that came from. */
function resume(lost: Track, track: Track): void {
  const { bornMs, first, thereSinceMs, freeFromMs, colours } = lost;
  Object.assign(track, { bornMs, first, thereSinceMs, freeFromMs });
  addTally(track.colours, colours);
  lost.state = "closed";
}

function judgeOne(shot: Shot, track: Track, frame: ActivityFrame, planes: Planes): void {
  const { region } = track;
  if (track.state !== "tentative" || !region || track.missing > 0) return;
  const longest = Math.max(frame.width, frame.height);
  if (mayConfirm(track, planes.y.length, longest)) confirm(shot, track, region, planes);
  else if (
    frame.timeMs - track.bornMs >= restMs &&
    stillShare(region, shot.background, frame.timeMs, restMs) > 0.65
  )
    settleResidue(shot, track, region, planes);
}

/** In the shot's first frame: what the learned background holds and the picture does not was somebody passing. */
function correctStart(shot: Shot, track: Track, planes: Planes): void {
  const { background, exposure, noise } = shot;
  const { region } = track;
  if (!region || judgeResidue(region, planes, inLightOf(background, exposure)).kind !== "taken-away") return;
  absorb(region, background, planes, exposure, noise, shot.nowMs);
  drop(shot.tracker, track);
}

/** Believes, judges and retires tracks after they have been moved on. */
export function judgeTracks(shot: Shot, frame: ActivityFrame, planes: Planes): void {
  const { tracker } = shot;
  for (const track of [...tracker.tracks]) {
    if (frame.timeMs === shot.startMs) correctStart(shot, track, planes);
    else judgeOne(shot, track, frame, planes);
  }
  for (const track of [...tracker.tracks]) if (track.state === "closed") drop(tracker, track);
  retire(tracker, frame.timeMs, frame.width, frame.height);
}
