import type { ActivityEvent } from "../media/activity-event.ts";
import type { SearchHit } from "../store/media-store.ts";
import { groupByKey } from "./group-by-key.ts";

/** One event of one file; for a visit, the object's whole stay as one `moves` event. */
export interface Happening {
  readonly hit: SearchHit;
  readonly event: ActivityEvent;
}

const visiting: ReadonlySet<ActivityEvent["kind"]> = new Set(["enters", "leaves", "moves"]);

/**
 * One happening for each object that came, went or passed: its whole stay, where it came from and where it went.
 * An object that was only put down or taken away, or a lamp, is no visitor.
 */
export function visitsOf(hits: readonly SearchHit[]): readonly Happening[] {
  const happenings = hits.flatMap((hit) => (hit.segment.event ? [{ hit, event: hit.segment.event }] : []));
  const tracks = groupByKey(
    happenings.filter(({ event }) => event.track >= 0),
    ({ hit, event }) => `${hit.item.id} ${event.track}`,
  );
  return [...tracks.values()].flatMap((track) => {
    if (!track.some(({ event }) => visiting.has(event.kind))) return [];
    return [visitOf(track)];
  });
}

function visitOf(track: readonly Happening[]): Happening {
  const find = (kind: ActivityEvent["kind"]) => track.find(({ event }) => event.kind === kind);
  const whole = find("moves");
  const lead = whole ?? find("enters") ?? find("leaves") ?? track[0]!;
  const side = whole?.event.side ?? find("enters")?.event.side;
  const towards = whole?.event.towards ?? find("leaves")?.event.side;
  const { side: _side, towards: _towards, ...rest } = lead.event;
  const event: ActivityEvent = {
    ...rest,
    kind: "moves",
    startMs: rest.presence.startMs,
    endMs: rest.presence.endMs,
    ...(side === undefined ? {} : { side }),
    ...(towards === undefined ? {} : { towards }),
  };
  return { hit: lead.hit, event };
}
