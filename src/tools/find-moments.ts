import { z } from "zod";
import type { PictureReader } from "../ingest/picture-reader.ts";
import { eventText } from "../ingest/video/event-text.ts";
import type { ActivityEvent } from "../media/activity-event.ts";
import type { Finding } from "../media/citation.ts";
import { colourNames } from "../media/colour-name.ts";
import type { Coverage } from "../media/coverage.ts";
import { timeSpan } from "../media/span.ts";
import { coverageOf, everything } from "../retrieval/coverage.ts";
import { refineEvent } from "../retrieval/refine-event.ts";
import { type Happening, visitsOf } from "../retrieval/visits.ts";
import type { Filter, SearchHit } from "../store/media-store.ts";
import { filterInput, filterOf } from "./common-input.ts";
import { examined, plural } from "./short-result.ts";
import { defineTool } from "./tool.ts";
import type { ToolDeps } from "./tool-deps.ts";

const whats = [
  "visits",
  "enters",
  "leaves",
  "appears",
  "disappears",
  "moves",
  "camera-moves",
  "any",
] as const;

const input = z.strictObject({
  what: z
    .enum(whats)
    .default("visits")
    .describe(
      "visits: each object that came, passed or went, once, with its whole stay (use it to count). enters, leaves: " +
        "crosses the picture's edge. appears, disappears: put down or taken away inside the picture. any: every event.",
    ),
  colour: z.enum(colourNames).optional().describe("Only objects of this main colour."),
  side: z
    .enum(["left", "right", "top", "bottom"])
    .optional()
    .describe(
      "Only what enters from, or leaves towards, this side of the picture; for visits, where they came from.",
    ),
  towards: z
    .enum(["left", "right", "top", "bottom"])
    .optional()
    .describe("For visits: only those that left there."),
  size: z.enum(["small", "medium", "large"]).optional().describe("Only objects of this size in the picture."),
  ...filterInput,
  limit: z
    .int()
    .min(1)
    .max(50)
    .default(20)
    .describe("At most this many findings; the count is always of all."),
});

type Input = z.output<typeof input>;

/** Each bound costs one short decode. */
const mostRefined = 6;

/** What happened before cameras that stand still, found without a model. */
export const findMoments = (deps: Pick<ToolDeps, "store" | "pictures">) =>
  defineTool({
    name: "find_moments",
    title: "Find what happened",
    description:
      "Find when something enters, leaves, passes, appears or disappears in videos of a camera that stands still, with " +
      "exact start and end, side, size and main colour. It counts and times objects, and does not know what they are. " +
      "Where the camera moves there are no events, and it says so.",
    input,
    readOnly: true,
    execute: async (asked, { signal }) => {
      const filter = { ...(await filterOf(deps.store, asked, signal)), kinds: ["video" as const] };
      const [hits, coverage] = await Promise.all([
        // All events of a visit, even those outside the time range: `fits` decides by the whole visit.
        deps.store.scan({ ...withoutRange(filter), sources: ["event"], limit: everything }),
        coverageOf(deps.store, filter, []),
      ]);
      signal.throwIfAborted();
      const ofKind = happeningsOf(hits, asked.what);
      const found = ofKind.filter(({ event }) => fits(event, asked)).sort(inOrder);
      const shown = await refined(deps.pictures, found.slice(0, asked.limit), signal);
      const cameraMovesIn = movingCameras(hits);
      return {
        text: summary({ found, shown, ofKind, cameraMovesIn }, asked.what, coverage),
        findings: shown.map(toFinding),
        coverage,
        data: {
          what: asked.what,
          count: found.length,
          videos: new Set(found.map(({ hit }) => hit.item.id)).size,
          byColour: countColours(found),
          ...(found.length === 0 ? { othersByColour: countColours(ofKind) } : {}),
          ...(cameraMovesIn.length > 0 ? { cameraMovesIn } : {}),
        },
      };
    },
  });

/** Bounds to the frame, where so few were asked for that they matter more than the time it takes. */
async function refined(
  pictures: PictureReader,
  happenings: readonly Happening[],
  signal: AbortSignal,
): Promise<readonly Happening[]> {
  if (happenings.length > mostRefined) return happenings;
  const exact: Happening[] = [];
  for (const { hit, event } of happenings) {
    exact.push({ hit, event: await refineEvent(pictures, hit.item, event, signal) });
  }
  return exact;
}

interface Outcome {
  readonly found: readonly Happening[];
  readonly shown: readonly Happening[];
  /** Everything of the asked kind, whatever its colour, side or size. */
  readonly ofKind: readonly Happening[];
  readonly cameraMovesIn: readonly string[];
}

function summary(outcome: Outcome, what: Input["what"], coverage: Coverage): string {
  const { found, shown, ofKind, cameraMovesIn } = outcome;
  const listed = shown.length < found.length ? `, the first ${shown.length} listed` : "";
  const head = found.length > 0 ? `${countOf(found.length, what)}${listed}` : "None found";
  const lines = [`${head}; ${examined(coverage)}.`];
  if (found.length === 0 && ofKind.length > 0)
    lines.push(`Of other colours, sides or sizes: ${coloursLine(ofKind)}.`);
  if (cameraMovesIn.length > 0) {
    lines.push(
      `The camera itself moves in ${plural(cameraMovesIn.length, "video")}: no events are told there.`,
    );
  }
  return lines.join("\n");
}

function withoutRange({ within: _, ...filter }: Filter): Filter {
  return filter;
}

function happeningsOf(hits: readonly SearchHit[], what: Input["what"]): readonly Happening[] {
  if (what === "visits") return visitsOf(hits);
  return hits.flatMap((hit) => {
    const { event } = hit.segment;
    return event !== undefined && (what === "any" || event.kind === what) ? [{ hit, event }] : [];
  });
}

function fits(event: ActivityEvent, { what, colour, side, towards, size, startMs, endMs }: Input): boolean {
  const overlaps = event.startMs <= (endMs ?? Number.POSITIVE_INFINITY) && event.endMs >= (startMs ?? 0);
  const sideOf = what === "any" && event.kind === "moves" ? [event.side, event.towards] : [event.side];
  return (
    overlaps &&
    (colour === undefined || event.colour === colour) &&
    (side === undefined || sideOf.includes(side)) &&
    (towards === undefined || event.towards === towards) &&
    (size === undefined || event.size === size)
  );
}

function inOrder(a: Happening, b: Happening): number {
  return a.hit.item.path.localeCompare(b.hit.item.path) || a.event.startMs - b.event.startMs;
}

function countOf(count: number, what: Input["what"]): string {
  return what === "visits"
    ? plural(count, "visit")
    : plural(count, what === "any" ? "event" : `"${what}" event`);
}

function countColours(happenings: readonly Happening[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { event } of happenings) counts[event.colour] = (counts[event.colour] ?? 0) + 1;
  return counts;
}

function coloursLine(happenings: readonly Happening[]): string {
  const counts = Object.entries(countColours(happenings));
  return counts.map(([colour, count]) => `${count} ${colour}`).join(", ");
}

function movingCameras(hits: readonly SearchHit[]): readonly string[] {
  const moving = hits.filter(({ segment }) => segment.event?.kind === "camera-moves");
  return [...new Set(moving.map(({ item }) => item.path))];
}

function toFinding({ hit, event }: Happening): Finding {
  const { item, segment } = hit;
  const endMs = Math.min(event.endMs, item.durationMs ?? event.endMs);
  return {
    mediaId: item.id,
    kind: item.kind,
    path: item.path,
    span: timeSpan(Math.min(event.startMs, endMs), endMs),
    source: "event",
    text: eventText(event),
    event,
    ...(segment.preview === undefined ? {} : { preview: segment.preview }),
  };
}
