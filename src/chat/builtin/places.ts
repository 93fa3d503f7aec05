import { basename } from "node:path";
import type { Evidence } from "../../media/citation.ts";
import { datesOf, listMedia, mediaOf, type PlannedCall, search } from "./calls.ts";
import { pick } from "./pick.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";
import { asData, bullets, examinedLine, nameOf, paragraphs } from "./wording.ts";

const mostPictures = 3;

/** "Where was the photo of the beach taken?": the picture by its words or name, then what its file says of the place. */
export const answerPlace: Handler = (situation) => {
  const { steps, basis, question } = situation;
  if (steps.length === 0) return { calls: firstCalls(situation) };
  if (factsIn(situation).length > 0) return { answer: narrate(situation) };
  const found = evidenceIn(resultsOf(situation)).slice(0, mostPictures);
  const named = new Set(found.map((one) => basename(one.path)));
  if (steps.length === 1 && named.size > 0 && basis.length === 0) {
    return { calls: [...named].map((name) => listMedia({ name })) };
  }
  const also = question.nouns.flatMap((noun) => noun.also);
  if (steps.length === 1 && also.length > 0) {
    return { calls: [search({ query: also.join(" ") }), ...also.map((name) => listMedia({ name }))] };
  }
  return { answer: narrate(situation) };
};

function firstCalls({ question, basis }: Situation): readonly PlannedCall[] {
  const { media } = mediaOf(question);
  if (media) return [listMedia({ name: basename(media) })];
  if (question.refers !== undefined || question.ordinal !== undefined) {
    const names = new Set(pick(basis, question).map((one) => basename(one.path)));
    if (names.size > 0) return [...names].slice(0, mostPictures).map((name) => listMedia({ name }));
  }
  const kind = question.kind ?? "image";
  const name = question.terms.at(-1);
  const dates = datesOf(question);
  const sort = question.rank === "newest" || question.rank === "oldest" ? { sort: question.rank } : {};
  if (name === undefined) return [listMedia({ kind, ...dates, ...sort })];
  return [listMedia({ kind, name, ...dates }), search({ query: question.query, kinds: [kind], ...dates })];
}

interface PlaceFact {
  readonly evidence: Evidence;
  readonly place: string | undefined;
}

/** What the listed files say of their place: a name, or coordinates. */
function factsIn(situation: Situation): readonly PlaceFact[] {
  return resultsOf(situation, "list_media").flatMap((done) => {
    const items = Array.isArray(done.data.items) ? done.data.items : [];
    return done.evidence.map((evidence) => ({
      evidence,
      place: placeOf(items.find((item) => isOf(item, evidence))),
    }));
  });
}

function isOf(item: unknown, evidence: Evidence): boolean {
  return fieldOf(item, "id") === evidence.mediaId;
}

function placeOf(item: unknown): string | undefined {
  const name = fieldOf(item, "placeName");
  if (typeof name === "string" && name !== "") return asData(name, 120);
  const point = fieldOf(item, "place");
  const [latitude, longitude] = [fieldOf(point, "latitude"), fieldOf(point, "longitude")];
  if (typeof latitude !== "number" || typeof longitude !== "number") return undefined;
  return `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
}

function fieldOf(value: unknown, key: string): unknown {
  return value !== null && typeof value === "object"
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function narrate(situation: Situation): string {
  const { words, steps, question } = situation;
  const facts = [...new Map(factsIn(situation).map((fact) => [fact.evidence.handle, fact])).values()];
  if (facts.length === 0) {
    return paragraphs(
      words.notFound(question.terms.map(words.quote).join(" ")),
      examinedLine(steps.flat(), words),
    );
  }
  const said = new Map(facts.map((fact) => [fact.evidence.handle, fact.place]));
  const isOne = question.rank !== undefined || question.ordinal !== undefined;
  const line = (one: Evidence) => {
    const spot = said.get(one.handle);
    return `${spot ? words.taken(nameOf(one), spot) : words.noPlace(nameOf(one))} [${one.handle}]`;
  };
  const known = facts.filter((fact) => fact.place);
  return bullets(
    (isOne ? facts.slice(0, 1) : known.length > 0 ? known : facts).map((fact) => fact.evidence),
    words,
    line,
  );
}
