import type { ColourName } from "../../media/colour-name.ts";
import { addTally, emptyTally, tallyPixel, winningColour } from "./colour-tally.ts";
import { measureContour, slopeLikeness } from "./contour.ts";
import { findLost, goesAlong, isSharp, mayConfirm, retire } from "./lifecycle.ts";
import type { ActivityFrame, Planes } from "./planes.ts";
import { gapBetween, type Region } from "./regions.ts";
import { absorb, inLightOf, isGuess, judgeResidue, putDownAt, stillShare, takenAwayAt } from "./residue.ts";
import type { Shot } from "./shot.ts";
import { startTrack, type Track } from "./track.ts";
import { close, drop } from "./tracker.ts";

/** How long a piece of foreground rests before it is judged to be a thing, its absence, or light. */
const restMs = 900;
/** How long what is left of a followed object must rest before it is taken for remains. */
const remainsMs = 1500;

function colourOf(planes: Planes, region: Region, brighten: number): ColourName {
  const tally = emptyTally();
  for (const pixel of region.pixels) {
    const y = planes.y[pixel]!;
    const blue = y + planes.u[pixel]! / 0.564;
    const red = y + planes.v[pixel]! / 0.713;
    const green = (y - 0.299 * red - 0.114 * blue) / 0.587;
    tallyPixel(tally, red * brighten, green * brighten, blue * brighten);
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

/** Beside somebody who is there: it may be a part of them. */
function isHeld(shot: Shot, region: Region): boolean {
  return shot.tracker.tracks.some(({ state, missing, area, box }) => {
    if (state !== "confirmed" || missing > 0 || area < 1.2 * region.pixels.length) return false;
    const size = Math.max(box.right - box.left, box.bottom - box.top);
    const inLine = Math.min(box.right, region.box.right) > Math.max(box.left, region.box.left);
    return gapBetween(box, region.box) < (inLine ? 1 : 0.2) * size;
  });
}

function settleResidue(shot: Shot, track: Track, region: Region, planes: Planes): void {
  const { background, exposure, noise, resting, brighten } = shot;
  const before = inLightOf(background, exposure);
  const { kind, contour } = judgeResidue(region, planes, before);
  if (kind === "put-down" && isHeld(shot, region)) return;
  const worthTelling =
    region.pixels.length >= 0.001 * planes.y.length &&
    contour.contrast > 14 + 4 * noise &&
    isSharp(contour) &&
    !isGuess(region, background);
  if (kind === "put-down" && worthTelling && track.thereSinceMs === undefined)
    resting.putDown(region, background, colourOf(planes, region, brighten), putDownAt(region, background));
  if (kind === "taken-away" && worthTelling) {
    const departed = departedFrom(shot, region);
    const atMs = takenAwayAt(region, background);
    if (departed) departed.thereSinceMs ??= shot.startMs;
    else if (resting.knows(region) || hadHelp(shot, atMs))
      resting.takenAway(region, background, colourOf(background, region, brighten), atMs, shot.startMs);
  }
  absorb(region, background, planes, exposure, noise, shot.nowMs);
  drop(shot.tracker, track);
}

function confirm(shot: Shot, track: Track, region: Region, planes: Planes): void {
  const { background, exposure, tracker } = shot;
  const before = inLightOf(background, exposure);
  const contour = measureContour(region, planes, before);
  if (!isSharp(contour) || contour.inPicture < 0.7 * contour.inBackground) return;
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

/**
 * A followed object that has come to rest and is no body: the object left unnoticed, and what remains is light or the
 * empty place of something that it took.
 */
function leavesRemains(shot: Shot, track: Track, planes: Planes): void {
  const { region } = track;
  if (!region || track.missing > 0 || track.merged || track.ages < 12) return;
  const { background, exposure, nowMs, noise, tracker } = shot;
  if (stillShare(region, background, nowMs, remainsMs) < 0.8 || isGuess(region, background)) return;
  const { kind, contour } = judgeResidue(region, planes, inLightOf(background, exposure));
  if (kind === "put-down" || contour.inBackground + 4 + 2 * noise < 1.3 * contour.inPicture) return;
  if (kind === "taken-away" && contour.inBackground < 1.5 * contour.inPicture) return;
  rewind(track, nowMs - remainsMs);
  close(tracker, track);
  const remains = startTrack(tracker.nextId++, region, track.recent.at(-1)!, undefined, undefined);
  settleResidue(shot, remains, region, planes);
}

/** The object was last seen before it left its remains. */
function rewind(track: Track, untilMs: number): void {
  const kept = track.recent.filter(({ timeMs }) => timeMs <= untilMs);
  if (kept.length > 0) track.recent.splice(0, track.recent.length, ...kept);
  track.lastSeenMs = Math.min(track.lastSeenMs, untilMs);
}

function judgeOne(shot: Shot, track: Track, frame: ActivityFrame, planes: Planes): void {
  const { region } = track;
  if (track.state === "confirmed") leavesRemains(shot, track, planes);
  if (track.state === "confirmed" && track.ages < 20 && goesAlong(track, shot.tracker.tracks))
    track.state = "tentative";
  if (track.state !== "tentative" || !region || track.missing > 0) return;
  const longest = Math.max(frame.width, frame.height);
  if (mayConfirm(track, shot.tracker.tracks, planes.y.length, longest)) confirm(shot, track, region, planes);
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
