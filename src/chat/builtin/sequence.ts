import type { Evidence } from "../../media/citation.ts";
import { formatSpan } from "../../media/time-code.ts";
import { findMoments, mediaOf, type PlannedCall, readDocument, search, textSources } from "./calls.ts";
import { moversIn, waysOf, wishOf } from "./movers.ts";
import { pick } from "./pick.ts";
import type { Question } from "./question.ts";
import { scopeByName } from "./scope.ts";
import { evidenceIn, type Handler, type Situation } from "./situation.ts";
import { bullets, examinedLine, failuresIn, nameOf, paragraphs, place, quoted } from "./wording.ts";

const mostEvents = 6;
const mostPassages = 3;
/** Two events this close in time, in ms, may be told in either order. */
const slackMs = 150;

/** "What happens after the red car leaves?", "那之后呢?": find the anchor, then what lies before or behind it. */
export const answerSequence: Handler = (situation) => {
  const { question, steps, basis, words } = situation;
  const fromBasis = question.anchor === undefined || (isVague(question.anchor) && basis.length > 0);
  const offset = fromBasis ? 0 : 1;
  if (steps.length < offset && question.anchor) return { calls: findAnchor(question.anchor, question) };
  const anchor = fromBasis ? anchorIn(basis, question) : anchorFound(situation);
  if (!anchor) {
    return {
      answer: paragraphs(words.notFound(""), failuresIn(steps.flat()), examinedLine(steps.flat(), words)),
    };
  }
  if (steps.length === offset) return { calls: aroundAnchor(anchor, question) };
  return { answer: narrate(situation, anchor, offset) };
};

/** An anchor of which only "that", "the second one" is known. */
function isVague(anchor: Question): boolean {
  return (
    anchor.nouns.length === 0 && anchor.unknown.length === 0 && anchor.colours.length === 0 && !anchor.event
  );
}

function findAnchor(anchor: Question, question: Question): readonly PlannedCall[] {
  const media = mediaOf(question);
  const moves = anchor.event !== undefined || moversIn(anchor).length > 0;
  const isText =
    anchor.nouns.some(({ kind }) => kind === "writing" || kind === "speech") || anchor.quoted.length > 0;
  if (moves && !isText) {
    const [colour] = anchor.colours;
    return [
      findMoments({ what: wishOf(anchor), ...waysOf(anchor), ...media, ...(colour ? { colour } : {}) }),
    ];
  }
  return [search({ query: anchor.query || question.text, sources: textSources, ...media })];
}

function anchorFound({ steps, question }: Situation): Evidence | undefined {
  const { kept } = scopeByName(evidenceIn(steps[0] ?? []), question.anchor ?? question);
  const timed = kept.filter((one) => one.span.kind === "time" || one.span.kind === "page");
  return anchorIn(
    timed,
    { ...question, ...(question.anchor?.ordinal ? { ordinal: question.anchor.ordinal } : {}) },
    true,
  );
}

/** Of several, the one named by number; else the last of what was just told, or the first of what was searched for. */
function anchorIn(evidence: readonly Evidence[], question: Question, isSearch = false): Evidence | undefined {
  const [numbered] = question.ordinal ? pick(evidence, { ordinal: question.ordinal }) : [];
  if (numbered) return numbered;
  return question.relation === "before" || isSearch ? evidence[0] : evidence.at(-1);
}

function aroundAnchor(anchor: Evidence, question: Question): readonly PlannedCall[] {
  const { path: media, span } = anchor;
  const isAfter = question.relation !== "before";
  if (span.kind === "page") {
    const page = isAfter ? span.page + 1 : Math.max(1, span.page - 1);
    return [readDocument({ media, fromPage: page, toPage: page })];
  }
  if (span.kind !== "time") return [findMoments({ what: "any", media })];
  const range = isAfter
    ? { startMs: Math.max(0, span.endMs - slackMs) }
    : { endMs: Math.max(1, span.startMs + slackMs) };
  const what =
    question.event && question.event !== "any" && question.ask !== "what" ? wishOf(question) : "any";
  const [colour] = question.colours;
  const events = findMoments({ what, media, ...range, ...(colour ? { colour } : {}) });
  return anchor.source === "event" ? [events] : [readDocument({ media, ...range }), events];
}

function narrate(situation: Situation, anchor: Evidence, offset: number): string {
  const { question, words, steps } = situation;
  const isAfter = question.relation !== "before";
  const results = steps.slice(offset).flat();
  const found = evidenceIn(results).filter(
    (one) => one.handle !== anchor.handle && lies(one, anchor, isAfter),
  );
  const events = withoutWholeVisits(found.filter((one) => one.event));
  const ordered = isAfter ? events : events.toReversed();
  const passages = found.filter((one) => !one.event && one.text);
  const near = isAfter ? passages.slice(0, mostPassages) : passages.slice(-mostPassages);
  const examined = examinedLine(steps.flat(), words);
  if (ordered.length === 0 && near.length === 0) {
    const nothing = isAfter ? words.nothingAfter : words.nothingBefore;
    return paragraphs(`${place(anchor)}${words.colon}${nothing}`, failuresIn(results), examined);
  }
  const onlyNext = /\bnext\b|下一/i.test(question.text) ? 1 : mostEvents;
  const told = ordered.slice(0, onlyNext);
  const line = (one: Evidence) =>
    one.event
      ? `${place(one)}${words.colon}${words.event(one.event.kind, one.event.colour, one.event.side, one.event.towards)}`
      : `${quoted(one, words)} ${place(one)}`;
  const lines = [bullets(near, words, line), bullets(told, words, line)];
  // Without its handle: "it" in the next question is what is told here, not what was asked about.
  const from = [nameOf(anchor), formatSpan(anchor.span)].filter(Boolean).join(" ");
  return paragraphs(isAfter ? words.after(from) : words.before(from), ...lines, examined);
}

function lies(one: Evidence, anchor: Evidence, isAfter: boolean): boolean {
  if (one.span.kind !== "time" || anchor.span.kind !== "time") return true;
  if (
    one.event &&
    anchor.event &&
    one.event.track === anchor.event.track &&
    one.event.kind === anchor.event.kind
  )
    return false;
  if (isAfter) return one.span.startMs >= anchor.span.endMs - slackMs;
  return one.span.endMs <= anchor.span.startMs + slackMs;
}

/** An object's whole stay says nothing beside its entry and exit. */
function withoutWholeVisits(events: readonly Evidence[]): readonly Evidence[] {
  const key = (one: Evidence) => `${one.mediaId} ${one.event?.track}`;
  const told = new Set(events.filter((one) => one.event?.kind !== "moves").map(key));
  return events.filter((one) => one.event?.kind !== "moves" || !told.has(key(one)));
}
