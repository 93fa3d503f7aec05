import type { Evidence } from "../../media/citation.ts";
import { evidenceIn, resultsOf, type Situation } from "./situation.ts";
import { bullets, paragraphs, place, quoted } from "./wording.ts";

/** Answers from what is already known of earlier findings. */
export function narrateEarlier(situation: Situation, meant: readonly Evidence[]): string {
  const { question, words, basis } = situation;
  if (question.colours.length > 0) return byColour(situation, basis);
  if (question.ask === "how-many")
    return paragraphs(words.found(count(meant, situation), ""), list(meant, situation));
  const ends = endsOf(situation, meant);
  if (ends.length > 0) return list(ends, situation);
  return list(meant, situation);
}

function byColour(situation: Situation, basis: readonly Evidence[]): string {
  const { question, words } = situation;
  const fitting = basis.filter(({ event }) => event && question.colours.includes(event.colour));
  if (fitting.length > 0) return list(fitting, situation);
  const colours = words.or(question.colours.map(words.colour));
  return paragraphs(words.noneOfThem(colours), list(basis, situation));
}

function count(meant: readonly Evidence[], { words }: Situation): string {
  return meant.every((one) => one.event) ? words.objects(meant.length, []) : words.eventsFound(meant.length);
}

/** The entries or exits of the objects that are meant. */
function endsOf(situation: Situation, meant: readonly Evidence[]): readonly Evidence[] {
  // Tracks are numbered in each file anew.
  const object = ({ mediaId, event }: Evidence) => `${mediaId} ${event?.track}`;
  const wanted = new Set(meant.map(object));
  return evidenceIn(resultsOf(situation, "find_moments")).filter(
    (one) => one.event && wanted.has(object(one)),
  );
}

function list(evidence: readonly Evidence[], situation: Situation): string {
  const { words } = situation;
  const [only] = evidence;
  if (evidence.length === 1 && only) return line(only, situation);
  return bullets(evidence, words, (one) => line(one, situation));
}

function line(one: Evidence, { question, words }: Situation): string {
  const { event, span } = one;
  const stay = event?.presence ?? (span.kind === "time" ? span : undefined);
  const length = stay ? words.lasts(((stay.endMs - stay.startMs) / 1000).toFixed(1)) : "";
  const lasts = question.ask === "how-long" && length ? ` (${length})` : "";
  if (event)
    return `${place(one)}${words.colon}${words.event(event.kind, event.colour, event.side, event.towards)}${lasts}`;
  return `${one.text ? `${quoted(one, words)} ` : ""}${place(one)}${lasts}`;
}
